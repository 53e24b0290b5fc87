import type { Pricing } from '../domain/catalog.ts';
import { unitMicrosOf } from '../domain/pricing.ts';
import { type Quote, type QuoteLine, totalsByProduct } from '../domain/quotes/quote.ts';
import { addressLines } from './address.ts';
import { type Formats, formatsFor } from './format.ts';
import { unitName } from './line-words.ts';
import { printableTexts } from './printed-invoice.ts';
import type { TableRow } from './table-rows.ts';
import { textsFor } from './texts/by-language.ts';
import { ONCE_TEXTS, type OnceTexts } from './texts/once-bought.ts';
import type { QuoteTexts } from './texts/quote-texts.ts';
import { quoteTextsFor } from './texts/quotes/by-language.ts';
import type { DocumentTexts } from './texts/texts.ts';

/** A quote made ready to be drawn. Nothing here knows about pages. */
export interface PrintedQuote {
  readonly quote: Quote;
  /** The words of all documents, where a quote has none of its own for the same thing. */
  readonly texts: DocumentTexts;
  readonly words: QuoteTexts;
  /** Of what is bought once. */
  readonly onceWords: OnceTexts;
  readonly formats: Formats;
  /** Where it is read and accepted. */
  readonly url: string;
}

/** Throws `unsupported_character` naming the field when the font cannot show a character of the quote. */
export function printedQuote(made: Quote): PrintedQuote {
  const quote = printableTexts('quote', made);
  const words = quoteTextsFor(quote.language, quote.currency);
  const texts = { ...textsFor(quote.language, quote.currency).document, ...wordsInstead(words) };
  const formats = formatsFor(quote.language, quote.currency);
  return { quote, texts, words, onceWords: ONCE_TEXTS[quote.language], formats, url: quoteUrl(quote) };
}

const wordsInstead = ({ from, preparedFor, questions }: QuoteTexts): Partial<DocumentTexts> => ({
  from,
  billedTo: preparedFor,
  questions,
});

/** The portal opens the quote that `quote` names. */
export function quoteUrl({ seller, quoteId }: Pick<Quote, 'seller' | 'quoteId'>): string {
  const url = new URL(seller.support.portalUrl);
  url.searchParams.set('quote', quoteId);
  return url.href;
}

/** Every line under the interval by which it is charged, with what it comes to over the contract period (R125). */
export function offerRows({ quote, texts, words, onceWords, formats }: PrintedQuote): TableRow[] {
  const { money, count } = formats;
  const groups = quote.perInterval.flatMap(({ interval, amount }): TableRow[] => {
    const lines = quote.lines.filter((line) => line.interval === interval);
    const total = lines.reduce((sum, line) => sum + line.contractTotal, 0);
    return [
      { kind: 'group', label: words.every[interval](money(amount)), figure: money(total) },
      ...lines.map(
        (line): TableRow => ({
          kind: 'line',
          text: line.description,
          ...noteOf(line, words, formats),
          figures: [
            `${count(line.quantity)} ${unitName(line.unit, line.quantity, texts, formats)}`,
            unitPriceOf(line.price.pricing, line.quantity, formats) ?? '',
            money(line.amount),
            money(line.contractTotal),
          ],
        }),
      ),
    ];
  });
  const recurring = quote.contractTotal - (quote.once?.total ?? 0);
  const label = quote.once === undefined ? words.contractTotal : onceWords.recurring;
  return [...groups, { kind: 'sum', label, figure: money(recurring) }];
}

/** What is bought once, its sum, and what everything comes to. */
export function onceRows({ quote, texts, words, onceWords, formats }: PrintedQuote): TableRow[] {
  const { once } = quote;
  if (once === undefined) return [];
  const { money, count } = formats;
  return [
    ...once.items.map(
      (item): TableRow => ({
        kind: 'line',
        text: item.description,
        ...noteOf(item, words, formats),
        figures: [
          `${count(item.quantity)} ${unitName(item.unit, item.quantity, texts, formats)}`,
          unitPriceOf(item.price.pricing, item.quantity, formats) ?? '',
          money(item.amount),
        ],
      }),
    ),
    { kind: 'sum', label: onceWords.total, figure: money(once.total) },
    { kind: 'sum', label: words.contractTotal, figure: money(quote.contractTotal) },
  ];
}

/** Where hardware is sent to (R24); nothing where there is none. */
export function shippingWords({ quote: { once }, onceWords, formats }: PrintedQuote): string | undefined {
  if (!once?.items.some(({ hardware }) => hardware)) return undefined;
  const { shippingAddress } = once;
  return shippingAddress === undefined
    ? onceWords.sentWhere
    : onceWords.sentTo(addressLines(shippingAddress, formats).join(', '));
}

type NotedLine = Pick<QuoteLine, 'quantity' | 'listPricing' | 'discountPpm' | 'billingGroup' | 'awaitsActivation'> & {
  readonly price: Pick<QuoteLine['price'], 'pricing'>;
};

/** What is special about a line: whose it is, what the catalog asks instead, and that it waits for its circuit. */
function noteOf(line: NotedLine, words: QuoteTexts, formats: Formats): { readonly note?: string } {
  const { billingGroup, listPricing, quantity, price, discountPpm, awaitsActivation } = line;
  const list = listPricing && unitPriceOf(listPricing, quantity, formats);
  const differs = list !== undefined && list !== unitPriceOf(price.pricing, quantity, formats);
  const notes = [
    ...(billingGroup === undefined ? [] : [billingGroup]),
    ...(differs ? [words.listPrice(list)] : []),
    ...(discountPpm === undefined ? [] : [words.discount(formats.rate(discountPpm))]),
    ...(awaitsActivation === undefined ? [] : [words.awaitsActivation]),
  ];
  return notes.length === 0 ? {} : { note: notes.join(' · ') };
}

/** Where a single price holds for the whole quantity. */
function unitPriceOf(pricing: Pricing, quantity: number, formats: Formats): string | undefined {
  const micros = unitMicrosOf(pricing, quantity);
  return micros === undefined ? undefined : formats.unitPrice(micros);
}

/** What is saved against the catalog, line by line; none where nothing is saved. */
export function savingRows({ quote, formats: { money }, words }: PrintedQuote): TableRow[] {
  if (quote.savings <= 0) return [];
  const bought = (quote.once?.items ?? []).map((item) => ({ ...item, contractTotal: item.amount }));
  const lines = [...quote.lines, ...bought].filter(({ savings }) => savings !== 0);
  return [
    ...lines.map(
      ({ description, contractTotal, savings }): TableRow => ({
        kind: 'line',
        text: description,
        figures: [money(contractTotal + savings), money(contractTotal), money(savings)],
      }),
    ),
    { kind: 'sum', label: words.savings.saved, figure: money(quote.savings) },
  ];
}

/** What each product comes to; where each has one line only, the lines say it already. */
export function productRows({ quote, formats: { money } }: PrintedQuote): TableRow[] {
  const products = totalsByProduct(quote);
  return products.length === quote.lines.length + (quote.once?.items.length ?? 0)
    ? []
    : products.map(({ description, contractTotal }) => ({
        kind: 'line',
        text: description,
        figures: [money(contractTotal)],
      }));
}
