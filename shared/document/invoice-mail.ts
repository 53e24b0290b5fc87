import type { PlainDate } from '../domain/calendar.ts';
import type { Invoice } from '../domain/invoice.ts';
import type { Formats } from './format.ts';
import type { MailAmounts, MailContent } from './mail-content.ts';
import { layOutMail, type MailMessage } from './mail-layout.ts';
import { invoiceMailSetting, type LetterTexts, portalPage } from './mail-setting.ts';
import { creditOn, dueOn, nextStepOf, paysInPortal } from './next-step.ts';
import { changeOf } from './printed-history.ts';
import { LINKED_INVOICE } from './texts/linked-invoice.ts';
import { SENT_AGAIN } from './texts/sent-again.ts';

/** An invoice that had been mailed before: what is due by now, in minor units of its currency, and when it came first. */
export interface InvoiceAgain {
  readonly due: number;
  readonly firstSentOn: PlainDate;
}

/**
 * The mail that brings an invoice: how much is to be paid until when, what happens next, and what changed since `last`, the
 * one that its history names last: the same words as on the invoice. The PDF is attached by the sender; one that is too large
 * for that is `linked`, by the invoice's page in the portal, which hands it out to whoever may see it: a link that works by
 * itself would have to end within days. Sent `again` it says what is due now, and nothing of a payment that was planned then.
 */
export function invoiceMail(
  invoice: Invoice,
  last?: Invoice,
  { again, pdf = 'attached' }: { readonly again?: InvoiceAgain | undefined; readonly pdf?: 'attached' | 'linked' } = {},
): MailMessage {
  const { texts, formats, frame } = invoiceMailSetting(invoice);
  const { document, mail } = texts;
  const due = again?.due ?? dueOn(invoice);
  const unpaid = document.nextStep.alsoUnpaid(formats.money(invoice.previousBalance));
  const linked = LINKED_INVOICE[invoice.language];
  return layOutMail({
    ...frame,
    subject: subjectOf(invoice, due, texts, formats),
    heading: headingOf(invoice, texts, formats),
    figure: {
      label: mail.toPay,
      value: formats.money(Math.max(0, due)),
      note: again ? noteAgain(invoice, due, texts, formats) : nextStepOf(invoice, document, formats),
    },
    paragraphs: [
      ...(again ? [SENT_AGAIN[invoice.language].firstSent(formats.date(again.firstSentOn))] : []),
      ...(invoice.previousBalance > 0 && !again ? [unpaid] : []),
      pdf === 'linked' ? linked.tooLarge : mail.attached,
    ],
    action: {
      label: pdf === 'linked' ? linked.action : due > 0 && paysInPortal(invoice) ? mail.pay : mail.view,
      url: portalPage(invoice, 'invoice'),
    },
    amounts: [
      ...(again ? [] : creditedAmounts(invoice, texts, formats)),
      ...changedAmounts(invoice, last, texts, formats),
    ],
    facts: factsOf(invoice, texts, formats),
  });
}

function noteAgain({ language, dueDate }: Invoice, due: number, { document }: LetterTexts, formats: Formats): string {
  return due > 0 ? formats.labelled(document.dueDate, formats.date(dueDate)) : SENT_AGAIN[language].settled;
}

function subjectOf(invoice: Invoice, due: number, { mail }: LetterTexts, formats: Formats): string {
  const { number, dueDate } = invoice;
  return due > 0
    ? mail.invoice.subject({ number, amount: formats.money(due), dueDate: formats.shortDate(dueDate) })
    : mail.invoice.settled({ number });
}

const headingOf = ({ kind, month, invoiceDate }: Invoice, { mail }: LetterTexts, formats: Formats): string =>
  kind === 'purchase' ? mail.invoice.ofPurchase(formats.date(invoiceDate)) : mail.invoice.ofMonth(formats.month(month));

function factsOf(invoice: Invoice, { document }: LetterTexts, formats: Formats): MailContent['facts'] {
  return [
    [document.invoiceNumber, invoice.number],
    [document.invoiceDate, formats.date(invoice.invoiceDate)],
    [document.dueDate, formats.date(invoice.dueDate)],
    [document.account, invoice.accountId],
  ];
}

/** Why less is to be paid than the invoice comes to. */
function creditedAmounts(invoice: Invoice, { document, mail }: LetterTexts, { money }: Formats): MailAmounts[] {
  const credit = creditOn(invoice);
  if (credit === 0) return [];
  const rows = [
    [document.total, money(invoice.total)],
    [document.fromCredit, money(-credit)],
    [mail.toPay, money(dueOn(invoice))],
  ] as const;
  return [{ heading: document.thisInvoice, rows }];
}

function changedAmounts(
  invoice: Invoice,
  last: Invoice | undefined,
  { document }: LetterTexts,
  formats: Formats,
): MailAmounts[] {
  const change = changeOf(invoice, last, document, formats);
  if (change === undefined) return [];
  const { sentence, parts } = change;
  return [
    {
      heading: document.change.heading,
      sentence,
      rows: parts.map(({ label, total }) => [label, formats.difference(total)] as const),
    },
  ];
}
