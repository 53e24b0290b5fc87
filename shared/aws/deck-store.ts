import type { CurrentDeck, DeckStore } from '../ports.ts';
import { deckKey } from './keys.ts';
import { queryAll } from './pages.ts';
import { entity, put, type Table } from './table.ts';

/** Which versions of a seller's rate decks are in force; the rows lie in the documents bucket, one object per version. */
export function createDeckStore({ table }: { readonly table: Table }): DeckStore {
  return {
    async currentDecks(sellerId) {
      const items = await queryAll(table, {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': deckKey(sellerId, '').pk },
        ConsistentRead: true,
      });
      return items.map((item) => entity<CurrentDeck>(item));
    },

    async makeCurrent(deck) {
      const result = await put(table, {
        Item: { ...deckKey(deck.sellerId, deck.deck), ...deck },
        ConditionExpression: 'attribute_not_exists(pk) OR loadedAt < :loadedAt',
        ExpressionAttributeValues: { ':loadedAt': deck.loadedAt },
      });
      if (result.written) return 'written';
      return result.stored?.version === deck.version ? 'already-done' : 'stale';
    },
  };
}
