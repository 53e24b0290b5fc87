import type { Instant } from '../domain/calendar.ts';
import type { Delivery } from '../domain/delivery.ts';
import { deliveryKey, unreachedListPk } from './keys.ts';
import { type Table, update } from './table.ts';

/** Puts a delivery, as it was read, into the listing of those that nobody got, or takes it out. */
export async function noteReach(
  table: Table,
  delivery: Delivery,
  unreachedSince: Instant | undefined,
): Promise<'written' | 'stale'> {
  const { recipients, arrived, again, unreachedSince: before } = delivery;
  const noted = await update(table, {
    Key: deliveryKey(delivery),
    UpdateExpression:
      unreachedSince === undefined
        ? 'REMOVE unreachedSince, listPk, listSk'
        : 'SET unreachedSince = :since, listPk = :listPk, listSk = :listSk',
    ConditionExpression: [
      'recipients = :recipients',
      arrived ? 'arrived = :arrived' : 'attribute_not_exists(arrived)',
      again ? 'again = :again' : 'attribute_not_exists(again)',
      before === undefined ? 'attribute_not_exists(unreachedSince)' : 'unreachedSince = :before',
    ].join(' AND '),
    ExpressionAttributeValues: {
      ':recipients': recipients,
      ...(arrived && { ':arrived': arrived }),
      ...(again && { ':again': again }),
      ...(before !== undefined && { ':before': before }),
      ...(unreachedSince !== undefined && {
        ':since': unreachedSince,
        ':listPk': unreachedListPk(delivery.sellerId),
        ':listSk': `${unreachedSince}#${delivery.accountId}#${deliveryKey(delivery).sk}`,
      }),
    },
  });
  return noted.written ? 'written' : 'stale';
}
