import { sendsMoney } from '../domain/account.ts';
import type { Month, PlainDate } from '../domain/calendar.ts';
import type { Invoice } from '../domain/invoice.ts';
import type { ReceivablesContact } from '../domain/seller.ts';
import type { Formats } from './format.ts';
import { layOutMail, type MailContent, type MailMessage, oneLine } from './mail-layout.ts';
import { mailSetting } from './mail-setting.ts';
import { methodName, nextStepOf, unbroken } from './next-step.ts';
import { LINKED_INVOICE } from './texts/linked-invoice.ts';
import type { MailTexts, MailWords, PaymentRetry } from './texts/mail-texts.ts';
import type { Texts } from './texts/texts.ts';

/**
 * The mail that brings an invoice: how much, until when, and what happens next. The PDF is attached by the sender; one that is
 * too large for that is `linked`, by the invoice's page in the portal, which hands it out to whoever may see it: a link that
 * works by itself would have to end within days.
 */
export function invoiceMail(invoice: Invoice, pdf: 'attached' | 'linked' = 'attached'): MailMessage {
  const { texts, formats, frame } = setting(invoice);
  const amount = formats.money(invoice.total);
  const dueDate = formats.date(invoice.dueDate);
  const words = texts.mail.invoice({ number: invoice.number, month: formats.month(invoice.month), amount, dueDate });
  const linked = LINKED_INVOICE[invoice.language];
  const unpaid = texts.document.nextStep.alsoUnpaid(formats.money(invoice.previousBalance));
  return layOutMail({
    ...frame,
    ...words,
    figure: { label: texts.document.amountDue, value: amount },
    paragraphs: [
      ...words.paragraphs,
      nextStepOf(invoice, texts.document, formats),
      ...(invoice.previousBalance > 0 ? [unpaid] : []),
      pdf === 'linked' ? linked.tooLarge : texts.mail.attached,
    ],
    facts: [
      [texts.document.invoiceNumber, invoice.number],
      [texts.document.invoiceDate, formats.date(invoice.invoiceDate)],
      [texts.document.dueDate, dueDate],
      [texts.document.account, invoice.accountId],
    ],
    action:
      pdf === 'linked'
        ? { label: linked.action, url: pageIn(invoice, 'invoice') }
        : actionOf(invoice, invoice.payment.kind === 'autopay' ? texts.mail.view : texts.mail.pay),
  });
}

interface Charged {
  /** Minor units of the invoice's currency. */
  readonly amount: number;
  readonly method: { readonly brand: string; readonly last4: string };
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
  | { readonly document: 'reactivated' }
  /** `retryAt`: when the same method is tried again by itself; absent: never. */
  | ({ readonly document: 'payment-failed' | 'payment-returned'; readonly retryAt?: string } & Charged)
  /** `expires`: the month with whose end it expires. */
  | { readonly document: 'method-expiring'; readonly method: Charged['method']; readonly expires: Month }
  | ({ readonly document: 'authentication-needed' } & Charged)
  /** `balance`: what the account still owes after the payment. */
  | { readonly document: 'payment-received'; readonly amount: number; readonly balance: number };

/** A notice about an invoice or the account behind it, in the invoice's language. */
export function noticeMail(invoice: Invoice, notice: Notice): MailMessage {
  const { texts, formats, frame } = setting(invoice, 'contact' in notice ? notice.contact : undefined);
  const words = wordsOf(invoice, notice, texts.mail, formats);
  return layOutMail({
    ...frame,
    ...words,
    ...figureOf(notice, texts, formats),
    facts: factsOf(invoice, notice, texts, formats),
    ...(TELLS_STEPS.includes(notice.document) ? { steps: stepsOf(invoice, texts.mail) } : {}),
    action: actionOf(invoice, labelOf(notice.document, texts.mail), notice.document),
  });
}

function wordsOf(invoice: Invoice, notice: Notice, { notices }: MailTexts, formats: Formats): MailWords {
  const { number, dueDate } = invoice;
  const seller = oneLine(invoice.seller.name);
  const about = (due: number) => ({ number, amount: formats.money(due), dueDate: formats.date(dueDate) });
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
        ? notices['final-notice']({ ...about(notice.due), suspensionOn: formats.date(notice.suspensionOn) })
        : notices['final-notice-receivables']({
            ...about(notice.due),
            ...reach(notice.contact),
            handOverOn: formats.date(notice.handOverOn),
          });
    case 'handed-over':
      return notices['handed-over']({ ...about(notice.due), ...reach(notice.contact) });
    case 'suspended':
      return notices.suspended({ balance: formats.money(notice.balance), seller });
    case 'reactivated':
      return notices.reactivated({ seller });
    case 'payment-failed':
    case 'payment-returned':
      return notices[notice.document]({ ...charge(notice), next: retryOf(invoice, notice.retryAt, formats) });
    case 'method-expiring':
      return notices['method-expiring']({ method: methodName(notice.method), expires: formats.month(notice.expires) });
    case 'authentication-needed':
      return notices['authentication-needed'](charge(notice));
    case 'payment-received':
      return notices['payment-received']({ number, amount: formats.money(notice.amount) });
  }
}

const reach = ({ email, phone }: ReceivablesContact) => ({ email: oneLine(email), phone: unbroken(oneLine(phone)) });

const retryOf = ({ seller }: Invoice, retryAt: string | undefined, formats: Formats): PaymentRetry =>
  retryAt === undefined ? { kind: 'stopped' } : { kind: 'retry', on: formats.moment(retryAt, seller.timeZone) };

function figureOf(notice: Notice, { document, mail }: Texts, formats: Formats): Pick<MailContent, 'figure'> {
  const figure = (label: string, amount: number) => ({ figure: { label, value: formats.money(amount) } });
  if (notice.document === 'payment-received') return figure(mail.amountPaid, notice.amount);
  if ('due' in notice) return figure(document.amountDue, notice.due);
  if ('amount' in notice) return figure(document.amountDue, notice.amount);
  return 'balance' in notice ? figure(mail.balance, notice.balance) : {};
}

function factsOf(invoice: Invoice, notice: Notice, { document, mail }: Texts, formats: Formats): MailContent['facts'] {
  const account = [document.account, invoice.accountId] as const;
  if (ABOUT_THE_ACCOUNT.includes(notice.document)) return [account];
  return [
    [document.invoiceNumber, invoice.number],
    [document.dueDate, formats.date(invoice.dueDate)],
    account,
    ...(notice.document === 'payment-received' ? [[mail.balance, formats.money(notice.balance)] as const] : []),
  ];
}

const TELLS_STEPS: readonly Notice['document'][] = ['payment-failed', 'payment-returned'];
const ABOUT_THE_ACCOUNT: readonly Notice['document'][] = ['suspended', 'reactivated', 'method-expiring'];

/** R41, in its order. Strong authentication concerns cards of the EU and the UK only (R42). */
function stepsOf({ seller, currency }: Invoice, { steps }: MailTexts): NonNullable<MailContent['steps']> {
  const { heading, checkDetails, askIssuer, otherCard, authentication, waitADay, contactSupport } = steps;
  return {
    heading,
    items: [
      checkDetails,
      askIssuer,
      otherCard,
      ...(currency === 'EUR' || currency === 'GBP' ? [authentication] : []),
      waitADay,
      contactSupport(seller.support.email, unbroken(seller.support.phone)),
    ],
  };
}

const LABELS: Readonly<
  Record<Notice['document'], keyof Pick<MailTexts, 'view' | 'pay' | 'updateMethod' | 'confirmPayment'>>
> = {
  'reminder-1': 'pay',
  'reminder-2': 'pay',
  'final-notice': 'pay',
  'handed-over': 'pay',
  suspended: 'pay',
  reactivated: 'view',
  'payment-failed': 'updateMethod',
  'authentication-needed': 'confirmPayment',
  'payment-returned': 'pay',
  'method-expiring': 'updateMethod',
  'payment-received': 'view',
};

const labelOf = (document: Notice['document'], texts: MailTexts): string => texts[LABELS[document]];

/** The link to authenticate leads to the very payment: the portal confirms the invoice that `confirm` names (R42). */
function actionOf(invoice: Invoice, label: string, document?: Notice['document']): MailContent['action'] {
  if (document !== 'authentication-needed') return { label, url: invoice.seller.support.portalUrl };
  return { label, url: pageIn(invoice, 'confirm') };
}

/** Where the portal shows the invoice, or has its payment confirmed. */
function pageIn({ seller, number }: Invoice, what: 'invoice' | 'confirm'): string {
  const url = new URL(seller.support.portalUrl);
  url.searchParams.set(what, number);
  return url.href;
}

function setting(invoice: Invoice, named?: ReceivablesContact) {
  const byWire = invoice.payment.kind === 'customer-pays' && sendsMoney(invoice.payment.terms);
  return mailSetting(invoice, named ?? (byWire ? invoice.seller.accountsReceivable : undefined));
}
