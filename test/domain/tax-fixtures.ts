import type { CustomerTaxId } from '../../shared/domain/account.ts';
import type { TaxCode } from '../../shared/domain/catalog.ts';
import type { TaxLine } from '../../shared/domain/invoice.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { computeTaxes, type TaxableLine } from '../../shared/domain/tax/compute.ts';
import { type TaxRules, taxRules } from '../../shared/domain/tax/rules.ts';
import { addressIn, seller } from '../support/accounts.ts';

export interface Options {
  readonly from?: string;
  readonly registered?: readonly string[];
  readonly taxIds?: readonly CustomerTaxId[];
  readonly currency?: Currency;
  readonly postalCode?: string;
}

/** The seller is of the customer's country unless told otherwise. */
export const rulesFor = (place: string, date: string, options: Options = {}): TaxRules =>
  taxRules(
    {
      billingAddress: {
        ...addressIn(place),
        ...(options.postalCode === undefined ? {} : { postalCode: options.postalCode }),
      },
      taxIds: options.taxIds ?? [],
    },
    seller(options.from ?? place.slice(0, 2), 'EUR', { taxRegistrations: options.registered ?? [] }),
    date,
  );

export const linesFor = (
  place: string,
  date: string,
  lines: readonly TaxableLine[],
  options: Options = {},
): TaxLine[] => {
  const rules = rulesFor(place, date, options);
  if (rules.kind === 'missing') throw new Error(`no rule for ${rules.place}`);
  return computeTaxes(lines, rules, options.currency ?? 'CAD');
};

export const telecom = (amount: number, taxCode: TaxCode = 'telecom'): TaxableLine => ({ amount, taxCode });

export const taxes = (place: string, date: string, amounts: readonly number[], options: Options = {}) =>
  linesFor(
    place,
    date,
    amounts.map((amount) => telecom(amount)),
    options,
  ).map(({ tax, amount }) => [tax, amount]);
