import type { NumberOwner, OwnedNumber } from '../domain/number-owner.ts';
import type { NumberStore } from '../ports.ts';
import { accountKey, numberKey, OWNED_NUMBER, ownedNumberKey } from './keys.ts';
import { queryPage } from './pages.ts';
import { readMany } from './read-many.ts';
import { attempts } from './retry.ts';
import { entity, read, type Table, type TransactItem, transactOnce } from './table.ts';

interface Owners {
  readonly owners: readonly NumberOwner[];
  /** Raised by every change, so that none is lost. */
  readonly version: number;
}

/**
 * Whose a telephone number is and was: by number, to find whose a call is, and by account, to show. Both are written
 * together.
 */
export function createNumberStore({ table }: { readonly table: Table }): NumberStore {
  return {
    async ownersOf(numbers) {
      const found = await readMany(table, numbers.map(numberKey));
      const owners = numbers.map((number) => [number, (found.get(numberKey(number).pk) as Owners | undefined)?.owners]);
      return new Map(owners.filter((entry): entry is [string, readonly NumberOwner[]] => entry[1] !== undefined));
    },

    async addNumber({ accountId, sellerId }, owned) {
      const owner: NumberOwner = { accountId, sellerId, from: owned.from, ...(owned.to && { to: owned.to }) };
      return await change(table, accountId, owned.number, (owners) =>
        owners.some((each) => each.accountId === accountId && each.from === owned.from)
          ? undefined
          : { owners: [...owners, owner], owned },
      );
    },

    async endNumber(accountId, number, to) {
      let ended: OwnedNumber | undefined;
      await change(table, accountId, number, (owners) => {
        const ending = owners.find(
          (each) => each.accountId === accountId && each.from <= to && !(each.to && each.to < to),
        );
        if (ending === undefined) return undefined;
        ended = { number, from: ending.from, to };
        return { owners: owners.map((each) => (each === ending ? { ...ending, to } : each)), owned: ended };
      });
      return ended;
    },

    async numbersOf(accountId, limit, cursor) {
      const query = {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': accountKey(accountId).pk, ':prefix': OWNED_NUMBER },
        ConsistentRead: true,
      };
      const page = await queryPage(table, query, limit, cursor);
      return { ...page, items: page.items.map((item) => entity<OwnedNumber>(item)) };
    },
  };
}

type Change = { readonly owners: readonly NumberOwner[]; readonly owned: OwnedNumber };

/** Changes the owners of a number as long as nobody else does; `decide` answers undefined when there is nothing to do. */
async function change(
  table: Table,
  accountId: string,
  number: string,
  decide: (owners: readonly NumberOwner[]) => Change | undefined,
): Promise<'written' | 'already-done'> {
  for await (const _last of attempts()) {
    const stored = await read<Owners>(table, numberKey(number));
    const next = decide(stored?.owners ?? []);
    if (next === undefined) return 'already-done';
    const result = await transactOnce(table, writes(accountId, number, stored, next));
    if (result.kind === 'committed') return 'written';
  }
  throw new Error(`The owners of a number of ${accountId} kept changing`);
}

function writes(
  accountId: string,
  number: string,
  stored: Owners | undefined,
  { owners, owned }: Change,
): TransactItem[] {
  const version = (stored?.version ?? 0) + 1;
  return [
    {
      Put: {
        Item: { ...numberKey(number), owners, version },
        ...(stored === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'version = :read', ExpressionAttributeValues: { ':read': stored.version } }),
      },
    },
    { Put: { Item: { ...ownedNumberKey(accountId, number, owned.from), ...owned } } },
  ];
}
