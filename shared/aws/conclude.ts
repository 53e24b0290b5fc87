import { remembered } from '../domain/attempt-policy.ts';
import type { Decline } from '../domain/payment-method.ts';
import type { CollectionStore } from '../ports.ts';
import { bookWrites, creditWrite, pendingReactivation, type Standing, standingOf } from './bookkeeping.ts';
import { attemptKey, methodKey } from './keys.ts';
import { receivableItem } from './receivable-item.ts';
import { attempts } from './retry.ts';
import { nothingOverdue, type PolicyOf } from './services-return.ts';
import { read, type ShardsOf, type Table, type TransactItem, transactOnce } from './table.ts';

type Conclusion = Parameters<CollectionStore['concludeAttempt']>[0];
type Concluded = Awaited<ReturnType<CollectionStore['concludeAttempt']>>;
/** Positions of the writes whose conditions can fail; the account is written only when money came in. */
const ATTEMPT = 0;
const RECEIVABLE = 1;
/** The log of the instrument that was declined, or whose payment came back, is written last. */
const ENTRY = 2;
const MOST_ATTEMPTS = 10;

interface Options {
  readonly table: Table;
  readonly shardsOf: ShardsOf;
  readonly policyOf?: PolicyOf | undefined;
}

/** See `CollectionStore.concludeAttempt`. Reads the account again whenever its balance or services moved meanwhile. */
export async function concludeAttempt(
  { table, shardsOf, policyOf }: Options,
  conclusion: Conclusion,
): Promise<Concluded> {
  const { entry, receivable, next, now } = conclusion;
  const { sellerId, accountId, invoiceId } = receivable;
  let known: Standing | undefined = conclusion.account;
  for await (const _last of attempts(MOST_ATTEMPTS)) {
    const account = entry && (known ?? (await standingOf(table, accountId)));
    const payment =
      entry &&
      account &&
      bookWrites(entry, account, now, shardsOf, {
        nothingOverdue: await nothingOverdue(table, policyOf, { sellerId, entry, receivables: [next] }, account, now),
      });
    const result = await transactOnce(table, [
      ...outcomeWrites(conclusion, shardsOf),
      ...(payment ? payment.writes : []),
      ...(conclusion.credit ? [creditWrite(conclusion.credit)] : []),
      ...(await declineWrites(table, conclusion)),
    ]);
    known = undefined;
    if (result.kind === 'conflict') continue;
    if (result.kind === 'committed') return { result: 'written', ...payment?.reactivation };
    const { refused } = result;
    if (refused.has(ATTEMPT)) {
      if (!refused.get(ATTEMPT))
        throw new Error(`No attempt ${conclusion.attempt.attempt} at ${accountId} ${invoiceId}`);
      return { result: 'already-done', ...pendingReactivation(await standingOf(table, accountId)) };
    }
    if (refused.has(RECEIVABLE)) return { result: 'stale' };
    if (refused.has(ENTRY) && !entry) continue;
    if (refused.has(ENTRY))
      throw new Error(`The books of ${accountId} have ${entry?.entryId} already, but its attempt is open`);
  }
  throw new Error(`The balance of ${accountId} kept changing while a payment was being recorded`);
}

function outcomeWrites({ receivable, next, attempt, returns }: Conclusion, shardsOf: ShardsOf): TransactItem[] {
  const unwritten = returns
    ? 'attribute_exists(outcome) AND attribute_not_exists(returned)'
    : 'attribute_exists(pk) AND attribute_not_exists(outcome)';
  return [
    {
      Put: {
        Item: { ...attemptKey(attempt.accountId, attempt.invoiceId, attempt.attempt), ...attempt },
        ConditionExpression: unwritten,
      },
    },
    {
      Put: {
        Item: receivableItem(next, shardsOf),
        ConditionExpression: 'version = :read',
        ExpressionAttributeValues: { ':read': receivable.version },
      },
    },
  ];
}

/** The log of the declined instrument, one decline longer. A method that was removed meanwhile has none. */
async function declineWrites(table: Table, { attempt, decline }: Conclusion): Promise<TransactItem[]> {
  if (!decline) return [];
  const Key = methodKey(attempt.accountId, attempt.methodId);
  const method = await read<{ methodId: string; declines?: readonly Decline[] }>(table, Key, ['methodId', 'declines']);
  if (!method) return [];
  const unchanged = method.declines ? 'declines = :known' : 'attribute_exists(pk) AND attribute_not_exists(declines)';
  return [
    {
      Update: {
        Key,
        UpdateExpression: 'SET declines = :declines',
        ConditionExpression: unchanged,
        ExpressionAttributeValues: {
          ':declines': remembered(method.declines ?? [], decline),
          ...(method.declines && { ':known': method.declines }),
        },
      },
    },
  ];
}
