import { sendsMoney } from '../domain/account.ts';
import type { Month, PlainDate } from '../domain/calendar.ts';
import type { Invoice } from '../domain/invoice.ts';
import type { PaymentMethod } from '../domain/payment-method.ts';
import type { ReceivablesContact } from '../domain/seller.ts';
import type { Formats } from './format.ts';
import type { MailContent } from './mail-content.ts';
import { layOutMail, type MailMessage, oneLine } from './mail-layout.ts';
import { invoiceMailSetting, type LetterTexts, portalPage } from './mail-setting.ts';
import { methodName, unbroken } from './next-step.ts';
import type { MailTexts, MailWords, PaymentRetry } from './texts/mail-texts.ts';
import { UNDONE_SUSPENSION } from './texts/undone-suspension.ts';

interface Charged {
  /** Minor units of the invoice's currency. */
  readonly amount: number;
  /** Without a kind: a card. */
  readonly method: Pick<PaymentMethod, 'brand' | 'last4'> & Partial<Pick<PaymentMethod, 'kind'>>;
}

interface Handed {
  readonly due: number;
  /** Of Accounts Receivable. */
  readonly contact: ReceivablesContact;
}

/** What a notice is about beside the invoice: only what its text says. Amounts are minor units of the invoice's currency. */
export type Notice =
  | { readonly document: 'reminder-1' | 'reminder-2'; readonly due: number }
  | { readonly document: 'final-notice'; readonly due: number; readonly suspensionOn: PlainDate }
  /** Accounts Receivable takes over on that day, instead of a suspension. */
  | ({ readonly document: 'final-notice'; readonly handOverOn: PlainDate } & Handed)
  | ({ readonly document: 'handed-over' } & Handed)
  | { readonly document: 'suspended'; readonly balance: number }
  /** `stillUnpaid`: nothing was paid; they had been suspended without notice. */
  | { readonly document: 'reactivated'; readonly stillUnpaid?: number }
  /** `retryAt`: when the same method is tried again by itself; absent: never. */
  | ({ readonly document: 'payment-failed' | 'payment-returned'; readonly retryAt?: string } & Charged)
  /** `expires`: the month with whose end it expires. */
  | { readonly document: 'method-expiring'; readonly method: Charged['method']; readonly expires: Month }
  | ({ readonly document: 'authentication-needed' } & Charged)
  /** `balance`: what the account still owes after the payment. */
  | { readonly document: 'payment-received'; readonly amount: number; readonly balance: number };

/** A notice about an invoice or the account behind it, in the invoice's language. */
export function noticeMail(invoice: Invoice, notice: Notice): MailMessage {
  const { texts, formats, frame } = invoiceMailSetting(invoice, 'contact' in notice ? notice.contact : undefined);
  const words = wordsOf(invoice, notice, texts.mail, formats);
  return layOutMail({
    ...frame,
    ...words,
    ...figureOf(invoice, notice, texts, formats),
    facts: factsOf(invoice, notice, texts, formats),
    ...stepsOf(invoice, notice, texts.mail),
    action: actionOf(invoice, labelOf(invoice, notice.document, texts.mail), notice.document),
  });
}

function wordsOf(invoice: Invoice, notice: Notice, { notices }: MailTexts, formats: Formats): MailWords {
  const { number, dueDate } = invoice;
  const seller = oneLine(invoice.seller.name);
  const { date, shortDate } = formats;
  const owed = { number, dueDate: date(dueDate), dueShort: shortDate(dueDate) };
  const about = (due: number) => ({ ...owed, amount: formats.money(due) });
  const charge = ({ amount, method }: Charged) => ({
    number,
    amount: formats.money(amount),
    method: methodName(method),
  });
  switch (notice.document) {
    case 'reminder-1':
    case 'reminder-2':
      return notices[notice.document](about(notice.due));
    case 'final-notice':
      return 'suspensionOn' in notice
        ? notices['final-notice']({
            ...about(notice.due),
            suspensionOn: date(notice.suspensionOn),
            suspensionShort: shortDate(notice.suspensionOn),
          })
        : notices['final-notice-receivables']({
            ...about(notice.due),
            ...reach(notice.contact),
            handOverOn: date(notice.handOverOn),
            handOverShort: shortDate(notice.handOverOn),
          });
    case 'handed-over':
      return notices['handed-over']({ ...about(notice.due), ...reach(notice.contact) });
    case 'suspended':
      return notices.suspended({ balance: formats.money(notice.balance), seller });
    case 'reactivated':
      return notice.stillUnpaid === undefined
        ? notices.reactivated()
        : {
            ...notices.reactivated(),
            paragraphs: UNDONE_SUSPENSION[invoice.language](formats.money(notice.stillUnpaid)),
          };
    case 'payment-failed':
    case 'payment-returned':
      return notices[notice.document]({ ...charge(notice), next: retryOf(invoice, notice.retryAt, formats) });
    case 'method-expiring':
      return notices['method-expiring']({ method: methodName(notice.method), expires: formats.month(notice.expires) });
    case 'authentication-needed':
      return notices['authentication-needed'](charge(notice));
    case 'payment-received':
      return notices['payment-received']({
        number,
        amount: formats.money(notice.amount),
        settled: notice.balance <= 0,
      });
  }
}

const reach = ({ email, phone }: ReceivablesContact) => ({ email: oneLine(email), phone: unbroken(oneLine(phone)) });

const retryOf = ({ seller }: Invoice, retryAt: string | undefined, formats: Formats): PaymentRetry =>
  retryAt === undefined ? { kind: 'stopped' } : { kind: 'retry', on: formats.moment(retryAt, seller.timeZone) };

function figureOf(
  { dueDate }: Invoice,
  notice: Notice,
  { document, mail }: LetterTexts,
  formats: Formats,
): Pick<MailContent, 'figure'> {
  const figure = (label: string, amount: number) => ({ figure: { label, value: formats.money(amount) } });
  if (notice.document === 'payment-received') return figure(mail.amountPaid, notice.amount);
  if ('due' in notice) {
    const note = formats.labelled(document.dueDate, formats.date(dueDate));
    return { figure: { label: mail.toPay, value: formats.money(notice.due), note } };
  }
  if ('amount' in notice) return figure(mail.toPay, notice.amount);
  return 'balance' in notice ? figure(mail.balance, notice.balance) : {};
}

function factsOf(
  invoice: Invoice,
  notice: Notice,
  { document, mail }: LetterTexts,
  formats: Formats,
): MailContent['facts'] {
  const account = [document.account, invoice.accountId] as const;
  if (ABOUT_THE_ACCOUNT.includes(notice.document)) return [account];
  return [
    [document.invoiceNumber, invoice.number],
    [document.dueDate, formats.date(invoice.dueDate)],
    account,
    ...(notice.document === 'payment-received' ? [[mail.balance, formats.money(notice.balance)] as const] : []),
  ];
}

const ABOUT_THE_ACCOUNT: readonly Notice['document'][] = ['suspended', 'reactivated', 'method-expiring'];

/**
 * R41, in its order. Strong authentication concerns cards of the EU and the UK only (R42); what is debited has a bank
 * instead of an issuer.
 */
function stepsOf({ seller, currency }: Invoice, notice: Notice, { steps }: MailTexts): Pick<MailContent, 'steps'> {
  if (notice.document !== 'payment-failed' && notice.document !== 'payment-returned') return {};
  const { heading, card, debit, waitADay, contactSupport } = steps;
  const items =
    notice.method.kind === 'bank-debit'
      ? [debit.checkDetails, debit.askBank, debit.otherMethod]
      : [
          ...[card.checkDetails, card.askIssuer, card.otherCard],
          ...(currency === 'EUR' || currency === 'GBP' ? [card.authentication] : []),
        ];
  const support = contactSupport(seller.support.email, unbroken(seller.support.phone));
  return { steps: { heading, items: [...items, waitADay, support] } };
}

const LABELS: Readonly<
  Record<Notice['document'], keyof Pick<MailTexts, 'view' | 'pay' | 'openPortal' | 'updateMethod' | 'confirmPayment'>>
> = {
  'reminder-1': 'pay',
  'reminder-2': 'pay',
  'final-notice': 'pay',
  'handed-over': 'pay',
  suspended: 'pay',
  reactivated: 'openPortal',
  'payment-failed': 'updateMethod',
  'authentication-needed': 'confirmPayment',
  'payment-returned': 'pay',
  'method-expiring': 'updateMethod',
  'payment-received': 'view',
};

/** Who pays by wire or cheque looks at what is to be paid: it is not paid in the portal. */
function labelOf({ payment }: Invoice, document: Notice['document'], texts: MailTexts): string {
  const label = LABELS[document];
  const elsewhere = payment.kind === 'customer-pays' && sendsMoney(payment.terms);
  return texts[label === 'pay' && elsewhere ? 'view' : label];
}

/** Leads to the very invoice, or to its payment that the bank wants confirmed (R42); whatever is of the account, to the portal. */
function actionOf(invoice: Invoice, label: string, document: Notice['document']): MailContent['action'] {
  if (ABOUT_THE_ACCOUNT.includes(document)) return { label, url: invoice.seller.support.portalUrl };
  return { label, url: portalPage(invoice, document === 'authentication-needed' ? 'confirm' : 'invoice') };
}
