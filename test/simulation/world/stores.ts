import { apiStore } from '../../../functions/api/index.ts';
import { createCollectionStore } from '../../../shared/aws/collection-store.ts';
import { createDeadLetterStore } from '../../../shared/aws/dead-letter-store.ts';
import { createDeliveryStore } from '../../../shared/aws/delivery-store.ts';
import { createInvoiceStore } from '../../../shared/aws/invoice-store.ts';
import { createMailFeedbackStore } from '../../../shared/aws/mail-feedback-store.ts';
import { createRunStore } from '../../../shared/aws/run-store.ts';
import { createServiceStore } from '../../../shared/aws/service-store.ts';
import type { Table } from '../../../shared/aws/table.ts';
import { createWorkStore } from '../../../shared/aws/work-store.ts';
import type { Seller } from '../../../shared/domain/seller.ts';

/** Every store of the product over one table, as one process has them. */
export function storesOver(table: Table, seller: Seller) {
  const options = { table, shardsOf: () => seller.shards, numberingOf: () => seller };
  return {
    ...apiStore(table, { sellers: [seller] }),
    ...createInvoiceStore(options),
    ...createRunStore(options),
    ...createDeliveryStore(options),
    ...createMailFeedbackStore(options),
    ...createCollectionStore(options),
    ...createDeadLetterStore(options),
    ...createServiceStore(options),
    ...createWorkStore(options),
  };
}
export type Stores = ReturnType<typeof storesOver>;
