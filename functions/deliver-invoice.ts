// Trigger: the deliveries queue — issue-invoice wrote an invoice, or sweep-overdue found one that was not delivered.
import { createDeliveryStore } from '../shared/aws/delivery-store.ts';
import { createDocuments } from '../shared/aws/files.ts';
import { createInvoiceStore } from '../shared/aws/invoice-store.ts';
import { createIssuedUsageStore } from '../shared/aws/issued-usage.ts';
import { createMailer } from '../shared/aws/mailer.ts';
import { countMails } from '../shared/delivery/count-mails.ts';
import { deliverToRecipients, lookAgain } from '../shared/delivery/deliver-to-recipients.ts';
import { invoiceDocument } from '../shared/delivery/kept-document.ts';
import { LARGEST_MAIL_BYTES, mailBytes } from '../shared/delivery/mail-size.ts';
import { lastBefore, renderIssued } from '../shared/delivery/render-issued.ts';
import { storedPdf } from '../shared/delivery/stored-pdf.ts';
import { type InvoiceAgain, invoiceMail } from '../shared/document/invoice-mail.ts';
import { oneLine } from '../shared/document/mail-layout.ts';
import { addDays, dateIn, firstOf, type Instant, monthOf, type PlainDate } from '../shared/domain/calendar.ts';
import { type Delivery, invoiceDelivery } from '../shared/domain/delivery.ts';
import { BillingError } from '../shared/domain/errors.ts';
import type { Invoice } from '../shared/domain/invoice.ts';
import { latestSending, nthOf } from '../shared/domain/sendings.ts';
import type { Message } from '../shared/messages.ts';
import type { DeliveryStore, Documents, InvoiceStore, Mail, Mailer } from '../shared/ports.ts';
import { documentsEnvironment, mailEnvironment } from '../shared/runtime/environment.ts';
import { count, logger } from '../shared/runtime/observability.ts';
import { queueHandler } from '../shared/runtime/queue-handler.ts';
import { loadStage } from '../shared/runtime/stage.ts';
import { openStorage } from '../shared/runtime/storage.ts';

interface Deps {
  readonly store: Omit<DeliveryStore, 'beginDelivery' | 'recordReissue' | 'sendAgain' | 'againLog'> &
    Pick<InvoiceStore, 'receivable'>;
  readonly documents: Pick<Documents, 'storeOnce' | 'load'>;
  readonly mailer: Mailer;
  readonly render: (invoice: Invoice, last?: Invoice) => Promise<Uint8Array>;
  readonly config: { readonly mailFrom: string };
}

/** On the calendar schedule, mails go out from the 1st to this day of the billed month, in the seller's time zone (R55). */
const LAST_DAY_ON_TIME = '05';

/**
 * Renders an issued invoice, stores the PDF once, and mails it to the account's recipients, each at most once; never before
 * the PDF is stored. Repeated, it sends what is missing; asked to send it again, it sends the same PDF with a mail that says
 * what is to be paid now. Before the billed month begins it mails nothing, and the sweep comes back. A PDF that was lost and
 * regenerated is mailed as the copy that stands in its place. Throws `invoice_not_found`, `account_not_found`,
 * `unsupported_character`, and `document_mismatch` when the stored PDF is not the one on record.
 */
export const deliverInvoice =
  (deps: Deps) =>
  async ({ sellerId, accountId, invoiceId }: Message<'deliveries'>, now: Instant): Promise<void> => {
    const { store, mailer, config } = deps;
    const { delivery, invoice, account } = await store.loadForMail(invoiceDelivery(accountId, invoiceId));
    if (invoice?.sellerId !== sellerId || !delivery)
      throw new BillingError('invoice_not_found', `${accountId} ${invoiceId}`);
    const sending = latestSending(delivery);
    if (sending.completedAt !== undefined) return countMails(await lookAgain(store, delivery, now));
    const last = await lastBefore(store, invoice);
    const document = invoiceDocument(invoice, () => deps.render(invoice, last));
    const { bytes, pdf } = await storedPdf(deps.documents, document, delivery, now);
    const today = dateIn(now, invoice.seller.timeZone);
    if (today < firstOf(invoice.month)) {
      await store.recordPdf(delivery, pdf);
      logger.warn('An invoice is not mailed before its month begins', { accountId, invoiceId });
      return;
    }
    if (!account) throw new BillingError('account_not_found', accountId);
    const isAgain = nthOf(sending) > 1;
    const again = isAgain ? await asOfNow(store, invoice, delivery) : undefined;
    const mail = mailOf({ invoice, last, again }, bytes, config.mailFrom);
    // The PDF goes on record with the claim of its recipients.
    const report = await deliverToRecipients({ store, mailer }, { ...sending, pdf }, account.recipients, mail, now);
    const late = !isAgain && report.sent > 0 && isLate(invoice, today);
    countMails(report);
    if (late) count('MailedLate');
    logger.info('An invoice was mailed', { accountId, invoiceId, late, ...report });
  };

/** With the PDF attached, or, where that would make the mail too large, with a link to it. */
function mailOf({ invoice, last, again }: Mailed, bytes: Uint8Array, address: string): Mail {
  const from = { name: oneLine(invoice.seller.name), address };
  const attachments = [{ fileName: `${invoice.number}.pdf`, type: 'application/pdf', bytes }];
  const mail = { ...invoiceMail(invoice, last, { again }), from, attachments };
  if (mailBytes(mail) <= LARGEST_MAIL_BYTES) return mail;
  return { ...invoiceMail(invoice, last, { again, pdf: 'linked' }), from, attachments: [] };
}

interface Mailed {
  readonly invoice: Invoice;
  readonly last: Invoice | undefined;
  readonly again: InvoiceAgain | undefined;
}

/** Nobody is asked again for what is paid. */
async function asOfNow(store: Deps['store'], invoice: Invoice, { createdAt, completedAt = createdAt }: Delivery) {
  const receivable = await store.receivable(invoice.accountId, invoice.invoiceId);
  if (!receivable) throw new BillingError('invoice_not_found', `${invoice.accountId} ${invoice.invoiceId}`);
  return { due: receivable.due, firstSentOn: dateIn(completedAt, invoice.seller.timeZone) };
}

/** Calendar invoices go out from the 1st to the 5th (R55); the others within as many days of their date. */
const isLate = ({ kind, cycle, month, invoiceDate }: Invoice, today: PlainDate): boolean =>
  kind === 'cycle' && cycle === undefined
    ? monthOf(today) > month || today.slice(8) > LAST_DAY_ON_TIME
    : today > addDays(invoiceDate, Number(LAST_DAY_ON_TIME) - 1);

export const handler = queueHandler('deliveries', () => {
  const stage = loadStage();
  const storage = openStorage(stage);
  const { from, configurationSet } = mailEnvironment();
  const store = { ...createInvoiceStore(storage), ...createDeliveryStore(storage) };
  return deliverInvoice({
    store,
    documents: createDocuments({ ...documentsEnvironment(), ...stage.documents }),
    mailer: createMailer({ configurationSet }),
    render: (invoice, last) => renderIssued({ ...store, ...createIssuedUsageStore(storage) }, invoice, last),
    config: { mailFrom: from },
  });
});
