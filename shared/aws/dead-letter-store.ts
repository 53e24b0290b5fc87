import type { DeadLetter } from '../domain/dead-letter.ts';
import type { DeadLetterStore } from '../ports.ts';
import { budgetKey, deadLetterKey } from './keys.ts';
import { queryPage } from './pages.ts';
import { attempts } from './retry.ts';
import { entity, type Item, put, read, type Table, update } from './table.ts';

/** Several people may redrive at once; each try that loses makes somebody else's win. */
const MOST_ATTEMPTS = 20;

/** Dead letters: one item per job that gave up, whatever the number of its failures. */
export function createDeadLetterStore({ table }: { table: Table }): DeadLetterStore {
  return {
    async recordDeadLetter(letter, failureId) {
      const fields = Object.entries(letter).filter(([, value]) => value !== undefined);
      await update(table, {
        Key: deadLetterKey(letter.queue, letter.jobKey),
        // Every failure ever counted is remembered, so that a repeat of an old one neither counts nor reopens.
        UpdateExpression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}, #status = :status, firstFailedAt = if_not_exists(firstFailedAt, :lastFailedAt) REMOVE redrivenAt, redrivenBy ADD failures :one, failureIds :failure`,
        ConditionExpression: 'NOT contains(failureIds, :id)',
        ExpressionAttributeNames: {
          '#status': 'status',
          ...Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
        },
        ExpressionAttributeValues: {
          ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
          ...{ ':status': 'open', ':one': 1, ':failure': new Set([failureId]), ':id': failureId },
        },
      });
    },

    async deadLetters(queue, filter, limit, cursor) {
      const asked = Object.entries(filter).filter(([, value]) => value !== undefined);
      const page = await queryPage(
        table,
        {
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: {
            ':pk': deadLetterKey(queue, '').pk,
            ...Object.fromEntries(asked.map(([name, value]) => [`:${name}`, value])),
          },
          ...(asked.length > 0 && {
            FilterExpression: asked.map(([name]) => `#${name} = :${name}`).join(' AND '),
            ExpressionAttributeNames: Object.fromEntries(asked.map(([name]) => [`#${name}`, name])),
          }),
        },
        limit,
        cursor,
      );
      return { ...page, items: page.items.map(asLetter) };
    },

    async deadLetter(queue, jobKey) {
      const item = await read<Item>(table, deadLetterKey(queue, jobKey));
      return item && asLetter(item);
    },

    async markRedriven(letter, by, now) {
      const marked = await update(table, {
        Key: deadLetterKey(letter.queue, letter.jobKey),
        UpdateExpression: 'SET #status = :redriven, redrivenAt = :now, redrivenBy = :by',
        ConditionExpression: '#status = :open AND failures = :failures',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':redriven': 'redriven',
          ':now': now,
          ':by': by,
          ':open': 'open',
          ':failures': letter.failures,
        },
      });
      if (marked.written) return 'written';
      const { stored } = marked;
      return stored?.status === 'redriven' && stored.failures === letter.failures ? 'already-done' : 'stale';
    },

    async takeSlots(budget, tookMs, longestMs, now) {
      const from = Date.parse(now);
      const Key = budgetKey(budget);
      for await (const _last of attempts(MOST_ATTEMPTS)) {
        const takenTo = Number((await read<Item>(table, Key))?.takenTo ?? 0);
        const begins = Math.max(from, takenTo);
        if (begins - from >= longestMs) return undefined;
        const taken = await put(table, {
          Item: { ...Key, takenTo: begins + tookMs },
          ConditionExpression: takenTo === 0 ? 'attribute_not_exists(pk)' : 'takenTo = :read',
          ...(takenTo > 0 && { ExpressionAttributeValues: { ':read': takenTo } }),
        });
        if (taken.written) return begins - from;
      }
      throw new Error(`The budget ${budget} kept being taken by others`);
    },
  };
}

function asLetter(item: Item): DeadLetter {
  const { failureIds: _, ...letter } = entity<DeadLetter & { failureIds: unknown }>(item);
  return letter;
}
