import type { Invoice } from '../domain/invoice.ts';
import type { Formats } from './format.ts';
import type { MailAmounts, MailContent } from './mail-content.ts';
import { layOutMail, type MailMessage } from './mail-layout.ts';
import { invoiceMailSetting } from './mail-setting.ts';
import { creditOn, dueOn, nextStepOf } from './next-step.ts';
import { changeOf } from './printed-history.ts';
import type { Texts } from './texts/texts.ts';

/**
 * The mail that brings an invoice: how much is to be paid until when, what happens next, and what changed since `last`, the
 * one that its history names last: the same words as on the invoice. The PDF is attached by the sender.
 */
export function invoiceMail(invoice: Invoice, last?: Invoice): MailMessage {
  const { texts, formats, frame } = invoiceMailSetting(invoice);
  const { document, mail } = texts;
  const due = dueOn(invoice);
  const unpaid = document.nextStep.alsoUnpaid(formats.money(invoice.previousBalance));
  const autopay = invoice.payment.kind === 'autopay';
  return layOutMail({
    ...frame,
    subject: subjectOf(invoice, texts, formats),
    heading: headingOf(invoice, texts, formats),
    figure: {
      label: mail.toPay,
      value: formats.money(Math.max(0, due)),
      note: nextStepOf(invoice, document, formats),
    },
    paragraphs: [...(invoice.previousBalance > 0 ? [unpaid] : []), mail.attached],
    action: { label: due > 0 && !autopay ? mail.pay : mail.view, url: invoice.seller.support.portalUrl },
    amounts: [...creditedAmounts(invoice, texts, formats), ...changedAmounts(invoice, last, texts, formats)],
    facts: factsOf(invoice, texts, formats),
  });
}

function subjectOf(invoice: Invoice, { mail }: Texts, formats: Formats): string {
  const due = dueOn(invoice);
  const { number, dueDate } = invoice;
  return due > 0
    ? mail.invoice.subject({ number, amount: formats.money(due), dueDate: formats.date(dueDate) })
    : mail.invoice.settled({ number });
}

const headingOf = ({ kind, month, invoiceDate }: Invoice, { mail }: Texts, formats: Formats): string =>
  kind === 'purchase' ? mail.invoice.ofPurchase(formats.date(invoiceDate)) : mail.invoice.ofMonth(formats.month(month));

function factsOf(invoice: Invoice, { document }: Texts, formats: Formats): MailContent['facts'] {
  return [
    [document.invoiceNumber, invoice.number],
    [document.invoiceDate, formats.date(invoice.invoiceDate)],
    [document.dueDate, formats.date(invoice.dueDate)],
    [document.account, invoice.accountId],
  ];
}

/** Why less is to be paid than the invoice comes to. */
function creditedAmounts(invoice: Invoice, { document, mail }: Texts, { money }: Formats): MailAmounts[] {
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
  { document }: Texts,
  formats: Formats,
): MailAmounts[] {
  const change = changeOf(invoice, last, document, formats);
  if (change === undefined) return [];
  const { sentence, parts } = change;
  return [
    {
      heading: document.change.heading,
      sentence,
      rows: parts.map(({ label, total }) => [label, `${total > 0 ? '+' : ''}${formats.money(total)}`] as const),
    },
  ];
}
