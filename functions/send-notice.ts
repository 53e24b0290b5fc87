// Trigger: the notices queue — dunning, payments, service changes, credit notes, quotes and cancellations tell the customer; sweep-overdue repeats what was lost.
import { createAccountStore } from '../shared/aws/account-store.ts';
import { createCollectionStore } from '../shared/aws/collection-store.ts';
import { createCreditNoteStore } from '../shared/aws/credit-note-store.ts';
import { createDeliveryStore } from '../shared/aws/delivery-store.ts';
import { createDocuments } from '../shared/aws/files.ts';
import { createInvoiceStore } from '../shared/aws/invoice-store.ts';
import { createMailer } from '../shared/aws/mailer.ts';
import { createQuoteStore } from '../shared/aws/quote-store.ts';
import { countMails } from '../shared/delivery/count-mails.ts';
import { deliverToRecipients, lookAgain } from '../shared/delivery/deliver-to-recipients.ts';
import { storedPdf } from '../shared/delivery/stored-pdf.ts';
import type { Drawings, Letter, SubjectStore } from '../shared/delivery/subjects/subject.ts';
import { SUBJECTS } from '../shared/delivery/subjects/subjects.ts';
import { renderCancellation } from '../shared/document/cancellation-pdf.ts';
import { renderCreditNote } from '../shared/document/credit-note-pdf.ts';
import { oneLine } from '../shared/document/mail-layout.ts';
import { renderQuote } from '../shared/document/quote-pdf.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import { type Delivery, DOCUMENTS, type StoredPdf } from '../shared/domain/delivery.ts';
import { BillingError } from '../shared/domain/errors.ts';
import { latestSending, nthOf, type SendingOf } from '../shared/domain/sendings.ts';
import type { Message } from '../shared/messages.ts';
import type { DeliveryStore, Documents, Mail, Mailer } from '../shared/ports.ts';
import { documentsEnvironment, mailEnvironment } from '../shared/runtime/environment.ts';
import { logger } from '../shared/runtime/observability.ts';
import { queueHandler } from '../shared/runtime/queue-handler.ts';
import { loadStage, type Stage } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';

interface Deps {
  readonly store: SubjectStore & Omit<DeliveryStore, 'recordPdf' | 'recordReissue' | 'sendAgain' | 'againLog'>;
  readonly documents: Pick<Documents, 'storeOnce' | 'load'>;
  readonly mailer: Mailer;
  readonly draw: Drawings;
  readonly config: { readonly mailFrom: string } & Pick<Stage, 'sellers'>;
}

/**
 * Mails one notice to the account's recipients, or to whom it is for, each at most once. A notice that has been overtaken by
 * events (a reminder of what is paid by now) is mailed to nobody, and sent again one asks for what it asked for, or is
 * overtaken. A document that the law has kept is stored before it is mailed, as invoices are. Throws `account_not_found`,
 * `seller_not_found`, what the subject's `write` throws, such as `invoice_not_found`, and `document_mismatch`.
 */
export const sendNotice =
  (deps: Deps) =>
  async (message: Message<'notices'>, now: Instant): Promise<void> => {
    const { store, mailer, draw, config } = deps;
    const { accountId, about, document } = message;
    const read = await store.loadForMail(message);
    const { delivery: known, account } = read;
    if (known && isOver(known)) return countMails(await lookAgain(store, known, now));
    if (!account) throw new BillingError('account_not_found', accountId);
    const order = { message, account, read, now };
    const written = await SUBJECTS[DOCUMENTS[document]].write({ store, draw, sellers: config.sellers }, order);
    const delivery = known ?? (await beginOrFind(store, message, written?.asksFor, now));
    if (isOver(delivery)) return countMails(await lookAgain(store, delivery, now));
    const sending = latestSending(delivery);
    const letter = isOutdated(sending, delivery, written) ? undefined : written;
    if (letter === undefined && Object.keys(sending.recipients).length === 0) {
      const { completed } = await store.concludeRecipients(sending, {}, now);
      logger.info('A notice was overtaken by events', { accountId, about, document });
      // The answer that said so may have been lost.
      const over = completed ?? (await store.delivery(delivery)) ?? delivery;
      return countMails(await lookAgain(store, over, now));
    }
    // The PDF goes on record with the claim of its recipients.
    const { mail, pdf } = letter ? await ready(deps, letter, delivery, now) : {};
    const of = pdf ? { ...sending, pdf } : sending;
    // Overtaken half way, it still concludes what was begun, and begins nothing more.
    const report = await deliverToRecipients(
      { store, mailer },
      of,
      letter?.recipients ?? account.recipients,
      mail,
      now,
    );
    countMails(report);
    logger.info('A notice was mailed', { accountId, about, document, ...report });
  };

/** A letter with all that is attached, and what is to stand on record as the PDF of its document. */
async function ready(
  { documents, config }: Pick<Deps, 'documents' | 'config'>,
  { message, sender, attachments, document }: Letter,
  delivery: Delivery,
  now: Instant,
): Promise<{ readonly mail: Mail; readonly pdf?: StoredPdf }> {
  const from = { name: oneLine(sender), address: config.mailFrom };
  if (document === undefined) return { mail: { ...message, from, attachments } };
  const { bytes, pdf } = await storedPdf(documents, document, delivery, now);
  const attached = { fileName: `${document.number}.pdf`, type: 'application/pdf', bytes };
  return { mail: { ...message, from, attachments: [...attachments, attached] }, pdf };
}

const isOver = (delivery: Delivery): boolean => latestSending(delivery).completedAt !== undefined;

/** What was asked to be sent once more asked for another amount. */
const isOutdated = (sending: SendingOf, { asksFor }: Delivery, letter: Letter | undefined): boolean =>
  nthOf(sending) > 1 && asksFor !== undefined && asksFor !== letter?.asksFor;

async function beginOrFind(
  store: Deps['store'],
  { sellerId, accountId, about, document, occurrence }: Message<'notices'>,
  asksFor: number | undefined,
  now: Instant,
): Promise<Delivery> {
  const id = { sellerId, accountId, about, document, occurrence };
  const begun = { ...id, createdAt: now, ...(asksFor !== undefined && { asksFor }), recipients: {} };
  if ((await store.beginDelivery(begun)) === 'written') return begun;
  // Another invocation was quicker, and may have claimed recipients already.
  return (await store.delivery(begun)) ?? begun;
}

export const handler = queueHandler('notices', () => {
  const stage = loadStage();
  const storage = openStorage(stage);
  const { from, configurationSet } = mailEnvironment();
  return sendNotice({
    store: {
      ...createInvoiceStore(storage),
      cancellation: createAccountStore(storage).cancellation,
      ...createCollectionStore(storage),
      ...createCreditNoteStore(storage),
      ...createQuoteStore(storage),
      ...createDeliveryStore(storage),
    },
    documents: createDocuments({ ...documentsEnvironment(), ...stage.documents }),
    mailer: createMailer({ configurationSet }),
    draw: { creditNote: renderCreditNote, quote: renderQuote, cancellation: renderCancellation },
    config: { mailFrom: from, sellers: stage.sellers },
  });
});
