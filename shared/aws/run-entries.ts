import type { RunEntry, RunId, RunOutcome } from '../domain/run.ts';
import { entryKey } from './keys.ts';
import { type Table, type TransactItem, update } from './table.ts';

type Settled = { readonly outcome: Exclude<RunOutcome, 'planned'>; readonly code?: string; readonly reason?: string };

/** The write that sets what became of an account in a run. Later knowledge replaces earlier. */
export function entryUpdate(run: RunId, shard: number, accountId: string, settled: Settled) {
  const set = ['outcome = :outcome'];
  const values: Record<string, string> = { ':outcome': settled.outcome };
  const gone: string[] = [];
  for (const name of ['code', 'reason'] as const) {
    if (settled[name] === undefined) gone.push(`#${name}`);
    else {
      set.push(`#${name} = :${name}`);
      values[`:${name}`] = settled[name];
    }
  }
  return {
    Key: entryKey(run, shard, accountId),
    UpdateExpression: `SET ${set.join(', ')}${gone.length > 0 ? ` REMOVE ${gone.join(', ')}` : ''}`,
    ExpressionAttributeNames: { '#code': 'code', '#reason': 'reason' },
    ExpressionAttributeValues: values,
  } satisfies Extract<TransactItem, { Update: unknown }>['Update'];
}

/** Sets an entry's outcome unless it has one that is not in `replaceable`. Safe to repeat. */
export async function settleEntry(
  table: Table,
  run: RunId,
  shard: number,
  settled: Settled & { readonly accountId: string },
  replaceable: readonly RunEntry['outcome'][],
): Promise<void> {
  const write = entryUpdate(run, shard, settled.accountId, settled);
  const old = Object.fromEntries(replaceable.map((outcome) => [`:old_${outcome}`, outcome]));
  await update(table, {
    ...write,
    ConditionExpression: `attribute_not_exists(outcome) OR outcome IN (${Object.keys(old).join(', ')})`,
    ExpressionAttributeValues: { ...write.ExpressionAttributeValues, ...old },
  });
}
