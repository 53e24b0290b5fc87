import type { Account } from '../account.ts';
import { addDays, type PlainDate } from '../calendar.ts';
import { findProduct, isRecurring, type Product } from '../catalog.ts';
import { INTERVAL_OF, MONTHS, onCalendar, scheduleOn } from '../schedule.ts';
import { onceFaults } from './once.ts';
import type { QuoteLineRequest, QuoteRequest } from './quote.ts';
import { listPricing, quotedPricing } from './quoted-price.ts';

interface Fault {
  readonly field: string;
  readonly reason: string;
}

/** Further ahead neither prices nor taxes are known. */
const DAYS_AHEAD = 366;

/**
 * Why a quote cannot be made as it is asked for, by field. It must be accepted on its billing start date at the latest, so
 * that nothing is charged for days on which nothing was agreed on (R92). `today` is the seller's.
 */
export function quoteFaults(
  request: QuoteRequest,
  account: Account,
  products: readonly Product[],
  today: PlainDate,
): Fault[] {
  const { billingStartDate, validUntil, lines, once } = request;
  const faults = lines.flatMap((line, index) =>
    lineFaults(line, request, account, products).map(({ field, reason }) => ({
      field: `lines.${index}.${field}`,
      reason,
    })),
  );
  if (once !== undefined) faults.push(...onceFaults(once, account.currency, products, today));
  if (validUntil < today) faults.push({ field: 'validUntil', reason: 'is over' });
  else if (billingStartDate < validUntil)
    faults.push({ field: 'validUntil', reason: `must not be later than the billing start date, ${billingStartDate}` });
  if (billingStartDate > addDays(today, DAYS_AHEAD))
    faults.push({ field: 'billingStartDate', reason: 'must not be more than a year ahead' });
  return faults;
}

function lineFaults(
  line: QuoteLineRequest,
  { billingStartDate, contractMonths, renewalMonths = contractMonths }: QuoteRequest,
  account: Account,
  products: readonly Product[],
): Fault[] {
  const { productId, interval } = line;
  const product = findProduct(products, productId);
  if (product === undefined) return [{ field: 'productId', reason: `the catalog has no product "${productId}"` }];
  if (!isRecurring(product))
    return [
      {
        field: 'productId',
        reason: `"${productId}" is bought once, and not for a contract period: put it under "once"`,
      },
    ];
  const faults: Fault[] = [];
  const { schedule } = scheduleOn(account, billingStartDate);
  if (!onCalendar({ schedule }) && INTERVAL_OF[schedule] !== interval)
    faults.push({ field: 'interval', reason: `must be ${INTERVAL_OF[schedule]}: the account is billed ${schedule}` });
  for (const months of new Set([contractMonths, renewalMonths]))
    if (months % MONTHS[interval] !== 0)
      faults.push({ field: 'interval', reason: `a contract of ${months} months is no whole number of it` });
  if (line.unitMicros !== undefined && line.discountPpm !== undefined)
    faults.push({ field: 'discountPpm', reason: 'is taken off the catalog’s price: give either this or unitPrice' });
  const list = listPricing(product, account.currency, interval, billingStartDate);
  if (quotedPricing(line, list) === undefined)
    faults.push({
      field: 'unitPrice',
      reason: `is needed: the catalog has no price of "${productId}" in ${account.currency}`,
    });
  return faults;
}
