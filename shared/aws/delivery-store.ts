import type { Delivery } from '../domain/delivery.ts';
import { shardOf } from '../domain/run.ts';
import type { DeliveryStore } from '../ports.ts';
import { forgottenAt } from './forgotten.ts';
import { deliveryKey, workKey } from './keys.ts';
import { put, read, type ShardsOf, type Table, update } from './table.ts';

/** Deliveries: one item per document of an account, with what became of each recipient. */
export function createDeliveryStore({ table, shardsOf }: { table: Table; shardsOf: ShardsOf }): DeliveryStore {
  return {
    delivery: (accountId, invoiceId, document, occurrence) =>
      read<Delivery>(table, deliveryKey({ accountId, invoiceId, document, occurrence })),

    async beginDelivery(delivery) {
      const key = deliveryKey(delivery);
      const shard = shardOf(delivery.accountId, shardsOf(delivery.sellerId));
      const begun = await put(table, {
        Item: {
          ...key,
          ...delivery,
          ...workKey('delivery', delivery.sellerId, shard, forgottenAt(delivery.createdAt), key),
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      return begun.written ? 'written' : 'already-done';
    },

    async recordPdf(delivery, pdf) {
      const recorded = await update(table, {
        Key: deliveryKey(delivery),
        UpdateExpression: 'SET pdf = :pdf',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(pdf)',
        ExpressionAttributeValues: { ':pdf': pdf },
      });
      if (recorded.written) return pdf;
      if (!recorded.stored) throw missing(delivery);
      return recorded.stored.pdf as NonNullable<Delivery['pdf']>;
    },

    async claimRecipient(delivery, email, now) {
      const claimed = await update(table, {
        Key: deliveryKey(delivery),
        UpdateExpression: 'SET recipients.#email = :claim',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(recipients.#email)',
        ExpressionAttributeNames: { '#email': email.toLowerCase() },
        ExpressionAttributeValues: { ':claim': { status: 'sending', at: now } },
      });
      if (!claimed.written && !claimed.stored) throw missing(delivery);
      return claimed.written ? 'written' : 'already-done';
    },

    async concludeRecipient(delivery, email, outcome) {
      // A final outcome stands. `uncertain` is what another invocation thought of a claim whose owner is still at work.
      await update(table, {
        Key: deliveryKey(delivery),
        UpdateExpression: 'SET recipients.#email = :outcome',
        ConditionExpression: 'recipients.#email.#status IN (:sending, :uncertain)',
        ExpressionAttributeNames: { '#email': email.toLowerCase(), '#status': 'status' },
        ExpressionAttributeValues: { ':outcome': outcome, ':sending': 'sending', ':uncertain': 'uncertain' },
      });
    },

    async releaseRecipient(delivery, email) {
      await update(table, {
        Key: deliveryKey(delivery),
        UpdateExpression: 'REMOVE recipients.#email',
        ConditionExpression: 'recipients.#email.#status = :sending',
        ExpressionAttributeNames: { '#email': email.toLowerCase(), '#status': 'status' },
        ExpressionAttributeValues: { ':sending': 'sending' },
      });
    },

    async completeDelivery(delivery, now) {
      const completed = await update(table, {
        Key: deliveryKey(delivery),
        UpdateExpression: 'SET completedAt = :now REMOVE workPk, workSk',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(completedAt)',
        ExpressionAttributeValues: { ':now': now },
      });
      return completed.written ? 'written' : 'already-done';
    },
  };
}

const missing = ({ accountId, invoiceId, document }: Delivery): Error =>
  new Error(`There is no delivery of ${document} for ${accountId} ${invoiceId}`);
