import type { StatementToPrint } from '../../shared/document/printed-statement.ts';
import type { PaperParties } from '../../shared/document/receipt-pdf.ts';
import type { Language } from '../../shared/domain/account.ts';
import { accountStatement } from '../../shared/domain/books/account-statement.ts';
import { creditNoteName } from '../../shared/domain/books/credit-note.ts';
import { type CancellationConfirmation, confirmCancellation } from '../../shared/domain/cancellation.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { Subscription } from '../../shared/domain/subscription.ts';
import { cancelSubscription } from '../../shared/domain/subscription-terms.ts';
import type { AccountStory } from './account-story.ts';
import { catalogIn, type Sample, sampleAccount, sellerOfSample, subscribed } from './invoices.ts';

/** The confirmation of 15 desk phones of a sample customer, had since November 2025. */
export function cancelled(
  sample: Sample,
  {
    requestedOn,
    by = 'customer',
    language,
    currency,
    ...terms
  }: Partial<Subscription> & {
    readonly requestedOn: string;
    readonly by?: CancellationConfirmation['by'];
    readonly language?: Language;
    readonly currency?: Currency;
  },
): CancellationConfirmation {
  const account = sampleAccount(sample, { ...(language && { language }), ...(currency && { currency }) });
  const seller = sellerOfSample(sample, currency);
  const phones: Subscription = { ...subscribed('desk-phone', [1, '2025-11-01', 15]), ...terms };
  const input = { account, subscriptions: [phones], methods: [] };
  const { subscription } = cancelSubscription(input, phones.subscriptionId, requestedOn);
  const now = `${requestedOn}T10:00:00.000Z`;
  return confirmCancellation(input, subscription, seller, catalogIn(currency), { by, now })!;
}

/** Between whom a story's papers are. */
export function partiesIn({ invoices }: AccountStory): PaperParties {
  const { seller, buyer, accountId, language } = [...invoices.values()].at(-1)!;
  return { seller, buyer, accountId, language };
}

/** The statement of a story's days, made on 5 December 2026 for an account that pays by wire. */
export function statementOf(
  story: AccountStory,
  from: string,
  to: string,
  overrides: Partial<StatementToPrint> = {},
): StatementToPrint {
  const { movements, receivables, creditNotes, receipts } = story;
  return {
    ...partiesIn(story),
    statement: accountStatement(movements, receivables, { from, to }),
    currency: receivables[0]!.currency,
    ...{ madeOn: '2026-12-05', madeAt: '2026-12-05T10:00:00.000Z', autopay: false, terms: 'wire' },
    invoiceNumbers: Object.fromEntries(receivables.map(({ invoiceId, number }) => [invoiceId, number])),
    creditNoteNumbers: Object.fromEntries(creditNotes.map((note) => [creditNoteName(note), note.number])),
    payments: Object.fromEntries(receipts.map((receipt) => [receipt.receiptId, receipt])),
    ...overrides,
  };
}
