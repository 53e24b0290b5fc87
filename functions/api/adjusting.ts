import { z } from 'zod';
import { unpaidOf } from '../../shared/collection/open-invoices.ts';
import type { Account, BillingInput } from '../../shared/domain/account.ts';
import { type Adjustment, type Decided, restoresServices } from '../../shared/domain/books/adjustment.ts';
import { dateIn } from '../../shared/domain/calendar.ts';
import { balanceOf, creditOf } from '../../shared/domain/ledger.ts';
import { CURRENCIES } from '../../shared/domain/money.ts';
import { nothingOverdueAfter } from '../../shared/domain/overdue.ts';
import { type ApiDeps, sellerOfAccount } from './context.ts';
import { urlIdOf } from './invoice-view.ts';
import { productProblem } from './problem.ts';

/** Somebody else moved an invoice meanwhile: decided again this often before giving up. */
const TRIES = 5;
/** One cent below a hundred million, or one yen below ten billion: whoever means more has mistyped it. */
const MOST_MINOR_UNITS = 9_999_999_999;

export const amountSchema = z
  .int('must be a whole number of minor units, such as 4210 for 42.10 (or for 4210 yen)')
  .min(1, 'must be more than 0')
  .max(MOST_MINOR_UNITS, 'must be less than 100 million in the currency (10 billion yen)');
export const currencySchema = z.enum(CURRENCIES, `must be one of ${CURRENCIES.join(', ')}`);
/** A request that changes the books can be tried first. */
export const dryRunQuery = z.object({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('`true`: shows what would happen and changes nothing.'),
});
/** What an adjustment does, or would do. Amounts are minor units. */
export const effectsView = z.object({
  balance: z.object({ before: z.int(), after: z.int() }).describe('What the customer must pay now.'),
  credit: z.object({ before: z.int(), after: z.int() }).describe('What it has to its credit.'),
  reactivates: z.boolean().describe('Services that are off come back by it (R39, C8).'),
  invoices: z.array(
    z.object({
      invoiceId: z.string(),
      number: z.string(),
      due: z.int(),
      disputed: z.int().optional(),
      status: z.enum(['unpaid', 'paid']),
    }),
  ),
  postings: z.array(z.object({ account: z.string(), amount: z.int() })).describe('Debit positive, credit negative.'),
});

/** What an adjustment of an account, as it was before, does or would do now. */
export async function effectsOf(
  { deps, input, now }: Pick<Context, 'deps' | 'input' | 'now'>,
  adjustment: Adjustment,
): Promise<z.infer<typeof effectsView>> {
  const { entry, receivables } = adjustment;
  const { accountId, balance, credit = 0, services } = input.account;
  const after = balance + balanceOf([entry]);
  const { dunning, timeZone } = sellerOfAccount(deps, input);
  const nothingOverdue =
    dunning.servicesReturn === 'nothing-overdue' &&
    after < balance &&
    nothingOverdueAfter(await unpaidOf(deps, accountId), receivables, dateIn(now, timeZone));
  return {
    balance: { before: balance, after },
    credit: { before: credit, after: credit + creditOf([entry]) },
    reactivates: restoresServices({ balance: after, nothingOverdue }, services, adjustment),
    invoices: receivables.map(({ invoiceId, number, due, disputed, status }) => ({
      invoiceId: urlIdOf(invoiceId),
      number,
      due,
      ...(disputed ? { disputed } : {}),
      status,
    })),
    postings: entry.postings.map(({ account: of, amount }) => ({ account: of, amount })),
  };
}

export const outcomeSchema = z
  .enum(['booked', 'repeated', 'preview'])
  .describe('`repeated`: it had been booked before, and nothing was changed now.');

interface Context {
  readonly deps: ApiDeps;
  readonly input: BillingInput;
  readonly now: string;
  readonly principal: { readonly subject: string };
}

/** Who decides, when, and which day that is at the seller's. */
export type DecidedHere = Decided & { readonly timeZone: string };
export function decidedBy({ deps, input, now, principal }: Context): DecidedHere {
  const { timeZone } = sellerOfAccount(deps, input);
  return { by: principal.subject, now, today: dateIn(now, timeZone), timeZone };
}

/**
 * Decides and books, and decides again whenever an invoice moved in between: a charge that went through at the same time
 * is never overtaken. Whoever gets their services back is told at once. Throws 409 `account_changed`.
 */
export async function carriedOut<D extends { readonly adjustment: Adjustment }>(
  deps: ApiDeps,
  now: string,
  dryRun: boolean,
  decide: () => Promise<D>,
  write: (decision: D) => Promise<Booked> = ({ adjustment }) => deps.store.book(adjustment, now),
): Promise<{ readonly outcome: z.infer<typeof outcomeSchema>; readonly decision: D }> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const decision = await decide();
    if (dryRun) return { outcome: 'preview', decision };
    const { result, reactivation } = await write(decision);
    await reactivate(deps, decision.adjustment, reactivation);
    if (result !== 'stale') return { outcome: result === 'written' ? 'booked' : 'repeated', decision };
  }
  throw productProblem('account_changed');
}

type Booked = Awaited<ReturnType<ApiDeps['store']['book']>>;

async function reactivate(
  { queues }: ApiDeps,
  { sellerId, accountId }: Pick<Account, 'sellerId' | 'accountId'>,
  number: number | undefined,
): Promise<void> {
  if (number !== undefined) await queues.send('services', [{ sellerId, accountId, number, action: 'reactivate' }]);
}

/** What was booked before may have died before it told anybody: telling again does no harm. */
export async function tellAgain(deps: ApiDeps, { account }: BillingInput): Promise<void> {
  const { status, number } = account.services;
  await reactivate(deps, account, status === 'reactivating' ? number : undefined);
}
