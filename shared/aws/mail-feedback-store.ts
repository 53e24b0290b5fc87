import type { Account } from '../domain/account.ts';
import type { Delivery } from '../domain/delivery.ts';
import { nthOf } from '../domain/sendings.ts';
import type { DeliveryListings, MailFeedbackStore } from '../ports.ts';
import { accountKey, deliveriesOf, deliveryKey, unreachedListPk } from './keys.ts';
import { queryAll, queryPage } from './pages.ts';
import { readEach } from './read-many.ts';
import { sendingPath } from './sending-path.ts';
import { entity, type Table, update } from './table.ts';

/** What became of mails after they were sent, and the lists in which people look that up. */
export function createMailFeedbackStore({ table }: { table: Table }): MailFeedbackStore & DeliveryListings {
  return {
    async loadForFeedback(of) {
      const [delivery, account] = await readEach(table, [deliveryKey(of), accountKey(of.accountId)]);
      return { delivery: delivery as Delivery | undefined, account: account as Account | undefined };
    },

    async replaceOutcome(of, recipient, before, after) {
      const outcome = `${sendingPath(of)}recipients.#recipient`;
      const replaced = await update(table, {
        Key: deliveryKey(of),
        UpdateExpression: `SET ${outcome} = :after`,
        ConditionExpression: `${outcome} = :before`,
        ExpressionAttributeNames: { '#recipient': recipient },
        ExpressionAttributeValues: { ':after': after, ':before': before },
      });
      return replaced.written ? 'written' : 'stale';
    },

    async noteArrival(of, recipient, at) {
      const arrived = `${sendingPath(of)}arrived`;
      const noted = await update(table, {
        Key: deliveryKey(of),
        UpdateExpression: `SET ${arrived}.#recipient = :at`,
        ConditionExpression: `attribute_exists(${arrived}) AND attribute_not_exists(${arrived}.#recipient)`,
        ExpressionAttributeNames: { '#recipient': recipient },
        ExpressionAttributeValues: { ':at': at },
      });
      // Later sendings have the map from their claims.
      if (noted.written || !noted.stored || noted.stored.arrived !== undefined || nthOf(of) > 1) return;
      // Claimed before claims made the map. Whoever is quicker makes it, and the second try finds it.
      const begun = await update(table, {
        Key: deliveryKey(of),
        UpdateExpression: 'SET arrived = :arrived',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(arrived)',
        ExpressionAttributeValues: { ':arrived': { [recipient]: at } },
      });
      if (!begun.written && begun.stored) await this.noteArrival(of, recipient, at);
    },

    async deliveriesOf(accountId, about) {
      const items = await queryAll(table, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': accountKey(accountId).pk, ':sk': deliveriesOf(about) },
      });
      return items.map((item) => entity<Delivery>(item));
    },

    async noteReachedOtherwise(of, note) {
      const noted = await update(table, {
        Key: deliveryKey(of),
        UpdateExpression: 'SET reachedOtherwise = :note REMOVE listPk, listSk',
        ConditionExpression: 'attribute_exists(unreachedSince) AND attribute_not_exists(reachedOtherwise)',
        ExpressionAttributeValues: { ':note': note },
      });
      if (noted.written) return 'written';
      return noted.stored?.reachedOtherwise === undefined ? 'absent' : 'already-done';
    },

    async unreached(sellerId, limit, cursor) {
      const query = {
        index: 'listing',
        KeyConditionExpression: 'listPk = :pk',
        ExpressionAttributeValues: { ':pk': unreachedListPk(sellerId) },
      } as const;
      const page = await queryPage(table, query, limit, cursor);
      return { ...page, items: page.items.map((item) => entity<Delivery>(item)) };
    },
  };
}
