import type { DeliveryId } from '../domain/delivery.ts';
import { nthOf, type SendingOf } from '../domain/sendings.ts';

/** What the outcomes of a sending stand below in its delivery's item: nothing for the first, a place of a list for the others. */
export const sendingPath = (of: DeliveryId & Pick<SendingOf, 'nth'>): string =>
  nthOf(of) === 1 ? '' : `again[${nthOf(of) - 2}].`;
