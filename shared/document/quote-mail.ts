import type { Quote } from '../domain/quotes/quote.ts';
import { layOutMail, type MailMessage, oneLine } from './mail-layout.ts';
import { mailSetting } from './mail-setting.ts';
import { quoteUrl } from './printed-quote.ts';
import { ONCE_TEXTS } from './texts/once-bought.ts';
import { QUOTE_TEXTS } from './texts/quotes/by-language.ts';

/** The mail that brings a quote, or the one that confirms that it was bought. The PDF is attached by the sender. */
export function quoteMail(quote: Quote, kind: 'offered' | 'accepted'): MailMessage {
  const { texts, formats, frame } = mailSetting(quote);
  const words = QUOTE_TEXTS[quote.language];
  const onceWords = ONCE_TEXTS[quote.language];
  const { number, contact, contract, contractTotal, decision, once } = quote;
  const firstInvoice = decision?.order ?? quote.firstInvoice;
  const purchase = decision?.purchase ?? once?.invoice;
  const { date, shortDate, money } = formats;
  const said = {
    number,
    amount: money(contractTotal),
    validUntil: date(quote.validUntil),
    validShort: shortDate(quote.validUntil),
    billingStart: date(quote.billingStartDate),
    startShort: shortDate(quote.billingStartDate),
  };
  const firstInvoiceWords = firstInvoice?.part ? words.mail.firstPart : words.mail.first;
  const { paragraphs, ...mail } = words.mail[kind](said);
  const [questions = '', , address = ''] = frame.small;
  return layOutMail({
    ...frame,
    ...mail,
    ...(contact === undefined
      ? {}
      : { greeting: texts.mail.greeting(oneLine(contact.name)), small: [questions, words.mail.why, address] }),
    figure: { label: words.hero, value: money(contractTotal) },
    paragraphs: [
      ...paragraphs,
      ...(purchase === undefined ? [] : [onceWords.mail[kind](money(purchase.total))]),
      ...(firstInvoice === undefined
        ? []
        : [firstInvoiceWords(money(firstInvoice.total), date(firstInvoice.invoiceDate))]),
      texts.mail.attachedPdf,
    ],
    facts: [
      [words.title, number],
      ...(once === undefined ? [] : [[onceWords.total, money(once.total)] as const]),
      [words.billingStart, said.billingStart],
      ...(kind === 'offered' ? [[words.validUntil, said.validUntil] as const] : []),
      [words.contractPeriod, words.months(contract.months)],
      [words.renewal, date(contract.renewsOn)],
      [texts.document.account, quote.accountId],
    ],
    action: { label: kind === 'offered' ? words.view : words.mail.viewAgain, url: quoteUrl(quote) },
  });
}
