import type { Invoice } from '../domain/invoice.ts';
import { masked, maskedDigits } from '../domain/usage/call-details.ts';
import {
  type CallDetails,
  type ItemisedRecord,
  isInbound,
  MOST_ITEMISED,
  type NumberDetails,
  otherNumber,
} from '../domain/usage/itemise.ts';
import { localMinute } from '../domain/usage/local-date.ts';
import type { RatedRecord } from '../domain/usage/usage.ts';
import { type Formats, formatsFor } from './format.ts';
import { drawable } from './pdf/fonts.ts';
import { TEXTS } from './texts/by-language.ts';
import { DETAILS_TEXTS } from './texts/details/by-language.ts';
import type { DetailsTexts } from './texts/details-texts.ts';

/** The calls and messages of an invoice as words and figures; rows are made when they are drawn. */
export interface PrintedDetails {
  readonly texts: DetailsTexts;
  readonly notes: readonly string[];
  readonly columns: readonly string[];
  readonly numbers: readonly PrintedNumber[];
  readonly total: string;
  row(record: ItemisedRecord): PrintedRecord;
}

export interface PrintedNumber {
  readonly number: string;
  /** `24 calls · 1:32:10 · 3 messages · 5 credits`. */
  readonly counts: string;
  readonly amount: string;
  readonly records: readonly ItemisedRecord[];
}

export interface PrintedRecord {
  readonly date: string;
  readonly time: string;
  readonly number: string;
  readonly kind: string;
  readonly amount: string;
  readonly price: string;
}

type Itemised = Pick<Invoice, 'itemised' | 'language' | 'currency' | 'seller' | 'buyer'>;

/** Times are those of the seller's time zone. */
export function printedDetails(invoice: Itemised, details: CallDetails): PrintedDetails {
  const { language, currency, seller, buyer } = invoice;
  const texts = DETAILS_TEXTS[language];
  const formats = formatsFor(language, currency);
  const { units } = TEXTS[language].document;
  const credits = (count: number) => `${formats.count(count)} ${units.credit[formats.isOne(count) ? 0 : 1]}`;
  const mask = invoice.itemised?.numbers === 'masked' ? maskedDigits(buyer.address.country) : 0;
  const sized = (record: RatedRecord, quantity: number) =>
    record.class === 'message' ? credits(quantity) : formats.duration(quantity);
  return {
    texts,
    notes: [
      texts.notes.times(seller.timeZone),
      texts.notes.free,
      ...(mask > 0 ? [texts.notes.masked(formats.count(mask))] : []),
      texts.notes.exact,
    ],
    columns: [texts.column.when, texts.column.number, texts.column.kind, texts.column.amount, texts.price(currency)],
    numbers: details.numbers.map((of) => ({
      number: /^\d{1,6}$/.test(of.number) ? texts.extension(of.number) : drawable(of.number),
      counts: countsOf(of, texts, formats, credits),
      amount: formats.money(of.amount),
      records: of.records,
    })),
    total: formats.money(details.amount),
    row({ record, covered, sixtieths }) {
      const { date, minute } = localMinute(Date.parse(record.at), seller.timeZone);
      const kind = kindOf(record, texts, formats);
      const whole = covered === record.quantity;
      return {
        date: formats.shortDate(date),
        time: formats.timeOfDay(minute),
        number: numberOf(record, mask, texts),
        kind: covered === 0 || whole ? kind : `${kind} · ${texts.partly(sized(record, covered))}`,
        amount: sized(record, record.quantity),
        price: whole ? texts.included : formats.price(tenThousandths(sixtieths)),
      };
    },
  };
}

/** Instead of them, where they are too many to print. */
export const tooManyDetails = ({ language, currency }: Pick<Invoice, 'language' | 'currency'>): string =>
  DETAILS_TEXTS[language].notes.tooMany(formatsFor(language, currency).count(MOST_ITEMISED));

function countsOf(
  { calls, seconds, messages, credits }: NumberDetails,
  texts: DetailsTexts,
  formats: Formats,
  sized: (credits: number) => string,
): string {
  const counted = (count: number, [one, many]: readonly [string, string]) =>
    `${formats.count(count)} ${formats.isOne(count) ? one : many}`;
  return [
    ...(calls === 0 ? [] : [counted(calls, texts.calls), formats.duration(seconds)]),
    ...(messages === 0 ? [] : [counted(messages, texts.messages), sized(credits)]),
  ].join(' · ');
}

function kindOf(record: RatedRecord, texts: DetailsTexts, formats: Formats): string {
  if (record.class === 'message') return isInbound(record) ? texts.received : texts.sent;
  if (record.class !== 'international') return texts.kinds[record.class as keyof typeof texts.kinds];
  const place = record.rate?.destination ?? '';
  return drawable(formats.destination(place));
}

/** Extensions are the customer's own; of the others the account chose how much is shown. */
function numberOf(record: RatedRecord, mask: number, texts: DetailsTexts): string {
  const number = otherNumber(record);
  if (/^anonymous$/i.test(number) || number === '') return texts.withheld;
  return drawable(mask > 0 && record.class !== 'internal' ? masked(number, mask) : number);
}

/** Rounded half-up; what it is made from is exact. */
const tenThousandths = (sixtieths: number): number => Math.floor((sixtieths + HALF) / (2 * HALF));
/** A ten-thousandth is a hundred millionths, and a millionth sixty sixtieths. */
const HALF = (100 * 60) / 2;
