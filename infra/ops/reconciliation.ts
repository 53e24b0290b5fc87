import * as z from 'zod';
import { type ApiClient, allPages } from './api-client.ts';
import { amount, table } from './print.ts';

const daySchema = z.object({
  totals: z.array(
    z.object({
      currency: z.string(),
      opening: z.number(),
      charged: z.number(),
      returned: z.number(),
      booked: z.number(),
      accepted: z.number(),
      closing: z.number(),
      fees: z.number(),
      paidOut: z.number(),
    }),
  ),
  explained: z.object({ matched: z.number(), timed: z.number(), netted: z.number(), accepted: z.number() }),
});
const differencesSchema = z.object({
  differences: z.array(
    z.object({
      itemId: z.string(),
      status: z.string(),
      since: z.string(),
      amount: z.number(),
      currency: z.string(),
      payment: z.string(),
      accountId: z.string().optional(),
      invoiceId: z.string().optional(),
      needsPerson: z.boolean(),
      advice: z.string(),
    }),
  ),
  cursor: z.string().optional(),
});

const dayPath = (seller: string, date: string): string =>
  `/sellers/${encodeURIComponent(seller)}/reconciliations/${encodeURIComponent(date)}`;

/** How a day's payments at the processor compare with the books. False when finance must act on something. */
export async function reconciliation(api: ApiClient, seller: string, date: string): Promise<boolean> {
  const { totals, explained } = await api.get('finance', dayPath(seller, date), daySchema);
  const figures = ['opening', 'charged', 'returned', 'booked', 'accepted', 'closing', 'fees', 'paidOut'] as const;
  const rows = totals.map((of) => figures.map((figure) => amount(of[figure], of.currency)));
  if (rows.length > 0) console.log(table([...figures.slice(0, -1), 'paid out'], rows));
  const { matched, timed, netted, accepted } = explained;
  console.log(`Explained: ${matched} matched, ${timed} on another day, ${netted} cancelled out, ${accepted} accepted.`);
  return await showDifferences(api, seller, date);
}

async function showDifferences(api: ApiClient, seller: string, date: string): Promise<boolean> {
  const rows: string[][] = [];
  const advice = new Map<string, string>();
  let forFinance = 0;
  const path = `${dayPath(seller, date)}/differences?limit=100`;
  for await (const page of allPages(api, 'finance', path, differencesSchema))
    for (const {
      itemId,
      status,
      since,
      currency,
      payment,
      accountId = '',
      invoiceId = '',
      ...of
    } of page.differences) {
      rows.push([status, since, amount(of.amount, currency), `${accountId} ${invoiceId}`.trim(), payment, itemId]);
      if (!of.needsPerson) continue;
      forFinance++;
      advice.set(status, of.advice);
    }
  if (rows.length === 0) {
    console.log('Nothing is open: the books and the processor agree.');
    return true;
  }
  console.log(table(['open', 'since', 'amount', 'account, invoice', 'payment', 'item'], rows));
  for (const [status, words] of advice) console.log(`${status}: ${words}`);
  console.log(forFinance === 0 ? 'None of it needs anybody yet.' : `${forFinance} of them are for finance.`);
  return forFinance === 0;
}

const acceptedSchema = z.object({
  outcome: z.string(),
  postings: z.array(z.object({ account: z.string(), amount: z.number() })),
});

/** Accepts a difference as it is; without `yes` only says what that would book. */
export async function acceptDifference(
  api: ApiClient,
  { seller, date, item, reason, yes }: { seller: string; date: string; item: string; reason: string; yes: boolean },
): Promise<void> {
  const path = `${dayPath(seller, date)}/differences/${encodeURIComponent(item)}/acceptance?dryRun=${!yes}`;
  const { outcome, postings } = await api.post('finance', path, { reason }, acceptedSchema);
  const said = { booked: 'Booked', repeated: 'It was booked before', preview: 'It would book' }[outcome] ?? outcome;
  console.log(`${said}: ${postings.map(({ account, amount: minor }) => `${account} ${minor}`).join(', ')}.`);
  if (outcome === 'preview') console.log('Nothing was changed; repeat with --yes to do it.');
}
