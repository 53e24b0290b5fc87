import { sendsMoney } from '../domain/account.ts';
import type { Invoice, PaymentExpectation } from '../domain/invoice.ts';
import type { Formats } from './format.ts';
import type { DocumentTexts } from './texts/texts.ts';

type Amounts = Pick<Invoice, 'total' | 'credit'>;

/** What the customer had to its credit pays the invoice first. Minor units. */
export const creditOn = ({ credit = 0, total }: Amounts): number => Math.min(credit, Math.max(0, total));

/** What is left to pay of an invoice when it is issued, minor units. */
export const dueOn = (invoice: Amounts): number => invoice.total - creditOn(invoice);

/** Whether the customer is to pay, and not by wire or cheque. */
export const paysInPortal = ({ payment }: Pick<Invoice, 'payment'>): boolean =>
  payment.kind === 'customer-pays' && !sendsMoney(payment.terms);

/** What happens next, or what the customer is asked to do: the same sentence on the invoice and in its mail. */
export function nextStepOf(
  invoice: Pick<Invoice, 'payment' | 'dueDate' | 'total' | 'credit'>,
  { nextStep }: DocumentTexts,
  formats: Formats,
): string {
  const { payment, dueDate } = invoice;
  if (dueOn(invoice) <= 0) return creditOn(invoice) > 0 ? nextStep.paidFromCredit : nextStep.nothingToPay;
  if (payment.kind === 'autopay') {
    const say = payment.methodKind === 'bank-debit' ? nextStep.willDebit : nextStep.willCharge;
    return say(methodName(payment), unbroken(formats.date(payment.on)));
  }
  const say = { card: nextStep.payInPortal, wire: nextStep.payByWire, cheque: nextStep.payByCheque }[payment.terms];
  return say(unbroken(formats.date(dueDate)));
}

/** `Visa •••• 4242`. */
export const methodName = ({
  brand,
  last4,
}: Pick<PaymentExpectation & { kind: 'autopay' }, 'brand' | 'last4'>): string =>
  unbroken(`${brand.charAt(0).toUpperCase()}${brand.slice(1)} •••• ${last4}`);

/** A date or an identifier that must stay on one line. */
export const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0');
