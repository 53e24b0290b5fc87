import { account, seller as sellerIn } from './accounts.ts';

export { receivable } from './collection.ts';
/** An account of the seller below that owes nothing yet. */
export const payer = account('US', 'USD', { autopay: false, terms: 'wire' });
export const seller = sellerIn('US', 'USD');
