import { sendsMoney } from '../domain/account.ts';
import type { Invoice } from '../domain/invoice.ts';
import type { ReceivablesContact } from '../domain/seller.ts';
import { addressLines } from './address.ts';
import { type Formats, formatsFor } from './format.ts';
import type { MailContent } from './mail-content.ts';
import { oneLine } from './mail-layout.ts';
import { unbroken } from './next-step.ts';
import { textsFor } from './texts/by-language.ts';
import type { MailTexts } from './texts/mail-texts.ts';
import { MAIL_TEXTS } from './texts/mails/by-language.ts';
import type { Texts } from './texts/texts.ts';

/** Between whom a mail goes, and in which language: an invoice, a credit note, or whatever else has these. */
type Correspondence = Pick<Invoice, 'seller' | 'buyer' | 'language' | 'currency' | 'accountId'>;

/** The words of a document and those of the mails about it. */
export interface LetterTexts extends Texts {
  readonly mail: MailTexts;
}

/** What all mails share: language, sender, greeting and the small print. `contact`: whom to ask; support when absent. */
export function mailSetting(
  { seller, buyer, language, currency, accountId }: Correspondence,
  contact: { readonly email: string; readonly phone: string } = seller.support,
): {
  readonly texts: LetterTexts;
  readonly formats: Formats;
  readonly frame: Pick<MailContent, 'language' | 'sender' | 'accent' | 'greeting' | 'small'>;
} {
  const texts = { ...textsFor(language, currency), mail: MAIL_TEXTS[language] };
  const formats = formatsFor(language, currency);
  const frame = {
    language: formats.locale,
    sender: oneLine(seller.name),
    accent: seller.brandColour,
    greeting: texts.mail.greeting(oneLine(buyer.name)),
    small: [
      texts.mail.questions(contact.email, unbroken(contact.phone)),
      texts.mail.why(accountId),
      [seller.name, ...addressLines(seller.address, formats)].map(oneLine).join(', '),
    ],
  };
  return { texts, formats, frame };
}

/** Of a mail about an invoice. Who sends money asks Accounts Receivable (R131). `named`: whom the mail asks to turn to. */
export function invoiceMailSetting(invoice: Invoice, named?: ReceivablesContact): ReturnType<typeof mailSetting> {
  const byWire = invoice.payment.kind === 'customer-pays' && sendsMoney(invoice.payment.terms);
  return mailSetting(invoice, named ?? (byWire ? invoice.seller.accountsReceivable : undefined));
}

/** Where the portal shows an invoice, or has its payment confirmed (R42). */
export function portalPage({ seller, number }: Invoice, what: 'invoice' | 'confirm'): string {
  const url = new URL(seller.support.portalUrl);
  url.searchParams.set(what, number);
  return url.href;
}
