import type { Quote } from '../../shared/domain/quotes/quote.ts';
import type { ApiDeps } from './context.ts';

/**
 * Has a quote mailed, or what became of it. Its delivery was written with it: should this die before, the sweep has it
 * mailed; asked for again it is still sent once.
 */
export async function mailQuote(
  { queues }: Pick<ApiDeps, 'queues'>,
  { sellerId, accountId, quoteId }: Quote,
  document: 'quote' | 'quote-accepted',
): Promise<void> {
  await queues.send('notices', [{ sellerId, accountId, about: quoteId, document, occurrence: 1 }]);
}
