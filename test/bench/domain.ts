import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import { account, input, monthly, product, seller, subscription } from '../support/accounts.ts';
import { type Rate, rate } from './measure.ts';

/** A customer in Québec (two taxes) with three products, one addition and one removal in the month before. */
export function composeRate(seconds: number): Rate {
  const canada = seller('CA', 'CAD');
  const products = [
    product('phone', 2500, 'CAD'),
    product('conference-phone', 4900, 'CAD'),
    product('number', 300, 'CAD', { group: 'standard-phone-numbers', unit: 'number' }),
  ];
  const of = account('CA-QC', 'CAD', { billedThrough: { date: '2026-11-01', month: '2026-11', change: 3 } });
  const everything = input(of, [
    subscription('phone', [1, '2026-01-01', 12], [4, '2026-11-15', 2]),
    subscription('conference-phone', [2, '2026-01-01', 2]),
    subscription('number', [3, '2026-01-01', 20], [5, '2026-11-10', -3]),
  ]);
  return rate('invoices composed in the pure domain', seconds, () =>
    composeInvoice(everything, canada, products, '2026-12-01', '2026-12-01'),
  );
}

/** A large customer: 25 lines, of which five are parts of the month before; a catalog of 40 products with 20 prices each. */
export function composeLongRate(seconds: number): Rate {
  const canada = seller('CA', 'CAD');
  const prices = Array.from({ length: 20 }, (_, year) =>
    monthly(2500 + year, 'CAD', { version: `v${year}`, from: `${2010 + year}-01-01` }),
  );
  const products = Array.from({ length: 40 }, (_, index) => product(`product-${index}`, 2500, 'CAD', { prices }));
  const of = account('CA-QC', 'CAD', { billedThrough: { date: '2026-11-01', month: '2026-11', change: 20 } });
  const everything = input(
    of,
    Array.from({ length: 20 }, (_, index) =>
      subscription(
        `product-${index * 2}`,
        [index + 1, '2026-01-01', 10 + index],
        ...(index % 4 === 0 ? [[21 + index, '2026-11-15', 2] as [number, string, number]] : []),
      ),
    ),
  );
  return rate('the same with 25 lines', seconds, () =>
    composeInvoice(everything, canada, products, '2026-12-01', '2026-12-01'),
  );
}

/** The baseline of the same run: copying the account once through JSON, which any storage does at least. */
export function jsonRate(seconds: number): Rate {
  const of = account('CA-QC', 'CAD');
  const everything = input(of, [subscription('phone', [1, '2026-01-01', 12], [4, '2026-11-15', 2])]);
  return rate('baseline: one account through JSON and back', seconds, () => JSON.parse(JSON.stringify(everything)));
}
