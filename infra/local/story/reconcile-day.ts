import { Temporal } from 'temporal-polyfill';
import { ApiClient, tokenFor } from './api-client.ts';
import { amountOf, type Stage } from './cast-stories.ts';
import { sellersOf } from './report.ts';

interface Reconciliation {
  readonly date: string;
  readonly totals: readonly { readonly currency: string; readonly charged: number; readonly fees: number }[];
  readonly explained: { readonly matched: number; readonly timed: number };
  readonly differences: Readonly<Record<'missing' | 'differs' | 'extra' | 'timing' | 'under-way', number>>;
}

/** A firing makes up for a month of days; kept state may be years behind. */
const MOST_FIRINGS = 24;

/** The next morning the processor's money is compared with the books of every seller. False when they differ. */
export async function dayIsReconciled({ stack, apiUrl, say }: Stage, date: string): Promise<boolean> {
  const finance = new ApiClient(apiUrl, await tokenFor(stack, 'finance'));
  // Past half past four of the next day, from New York to Sydney.
  const morning = `${Temporal.PlainDate.from(date).add({ days: 1 })}T10:00:00.000Z`;
  if (Date.parse(morning) > stack.clock.millis()) stack.clock.moveTo(morning);
  let [charged, entries, underWay, open] = [0, 0, 0, 0];
  const fees: Record<string, number> = {};
  for (const sellerId of sellersOf(stack)) {
    const day = await reconciled(stack, finance, sellerId, date);
    const { missing, differs, extra } = day.differences;
    open += missing + differs + extra;
    underWay += day.differences['under-way'];
    entries += day.explained.matched / 2;
    charged += day.totals.filter((of) => of.charged > 0).length;
    for (const { currency, fees: taken } of day.totals) fees[currency] = (fees[currency] ?? 0) + taken;
  }
  const amounts = Object.entries(fees).filter(([, amount]) => amount !== 0);
  const taken = amounts.map(([currency, amount]) => amountOf(amount, currency)).join(', ');
  say(
    `The next morning the processor’s money was compared with the books of ${charged} sellers: ${entries} payments match, ` +
      `${underWay} bank debits are under way, ${open} differences; its fees are booked: ${taken || 'none'}.`,
  );
  return open === 0;
}

async function reconciled(stack: Stage['stack'], finance: ApiClient, sellerId: string, date: string) {
  for (let firing = 1; firing <= MOST_FIRINGS; firing++) {
    if ((await stack.fire(`reconcile-processor-${sellerId}`, { sellerId, businessDate: date })) === 'given-up') break;
    await stack.settle();
    const page = await finance.get<{ reconciliations: Reconciliation[] }>(
      `/sellers/${sellerId}/reconciliations?limit=1`,
    );
    const [latest] = page.reconciliations;
    if (latest && latest.date >= date)
      return await finance.get<Reconciliation>(`/sellers/${sellerId}/reconciliations/${date}`);
  }
  throw new Error(`${sellerId} could not be reconciled for ${date}; see the logs in ${stack.directory}`);
}
