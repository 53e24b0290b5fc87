import { AdjustmentRefused } from '../../shared/domain/books/refusals.ts';
import { account, seller as sellerIn } from './accounts.ts';

export { receivable } from './collection.ts';
/** An account of the seller below that owes nothing yet. */
export const payer = account('US', 'USD', { autopay: false, terms: 'wire' });
export const seller = sellerIn('US', 'USD');

/** How a change of the books is refused: the code and the field that is wrong; `accepted` where it is not. */
export const refusedWith = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof AdjustmentRefused) return `${error.code} ${error.field}`;
    throw error;
  }
  return 'accepted';
};
