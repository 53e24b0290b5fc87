import type { Language } from '../domain/account.ts';
import { firstOf, type Instant, type Month, type PlainDate, type ServicePeriod } from '../domain/calendar.ts';
import { type Currency, MINOR_UNITS } from '../domain/money.ts';
import { numberPattern } from './number-pattern.ts';

/** How a customer reads numbers, money and dates. */
export interface Formats {
  readonly locale: string;
  /** Minor units of the document's currency, with its symbol and a true minus sign. */
  money(minorUnits: number): string;
  /** As `money`, with the sign of a plus, too, where the language has the one of a minus: `+€5.00`, `€ +5,00`. */
  difference(minorUnits: number): string;
  /** Millionths of the document's currency, with every digit the price has: `$24.95`, `$0.0055`. */
  unitPrice(micros: number): string;
  /** `1 December 2026`. */
  date(date: PlainDate): string;
  /** `1 Dec 2026`, or in figures. */
  shortDate(date: PlainDate): string;
  /** Minutes of a day that have passed: `09:15`, `9:15 AM`. */
  timeOfDay(minutes: number): string;
  /** Ten-thousandths of the document's currency, without its sign and with all four decimals: `0.0465`. */
  price(tenThousandths: number): string;
  /** Billed seconds: `2:06`, `1:02:06`. */
  duration(seconds: number): string;
  /** `December 2026`. */
  month(month: Month): string;
  /** `Dec`. */
  shortMonth(month: Month): string;
  /** `3 December 2026 at 14:05`, in an IANA time zone. */
  moment(instant: Instant, timeZone: string): string;
  /** `1–31 Dec 2026`. */
  period(period: ServicePeriod): string;
  /** Parts per million as a percentage with every digit the law set: `9.975%`. */
  rate(ppm: number): string;
  count(quantity: number): string;
  /** Whether the language names so many with its singular: one of them, and in French also none and a part. */
  isOne(quantity: number): boolean;
  /** Billed seconds as minutes: `1,240`, or `2:06` where they are not whole. */
  minutes(seconds: number): string;
  country(code: string): string;
  /** Of an international call: a country's code as its name, any other place as the deck names it. */
  destination(place: string): string;
  /** What something is, with the language's colon: French keeps a space before it. */
  labelled(label: string, text: string): string;
}

const cache = new Map<string, Formats>();

/** Formats of a language as the country of the currency writes it: English in Euro is Irish, French in CAD Canadian. */
export function formatsFor(language: Language, currency: Currency): Formats {
  const key = `${language} ${currency}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const formats = makeFormats(localeOf(language, currency), currency);
  cache.set(key, formats);
  return formats;
}

const ENGLISH: Record<Currency, string> = {
  USD: 'en-US',
  CAD: 'en-CA',
  AUD: 'en-AU',
  GBP: 'en-GB',
  EUR: 'en-IE',
  JPY: 'en-JP',
};
const HOME: Record<Exclude<Language, 'en'>, string> = {
  fr: 'fr-FR',
  it: 'it-IT',
  de: 'de-DE',
  es: 'es-ES',
  pt: 'pt-PT',
  nl: 'nl-NL',
};

function localeOf(language: Language, currency: Currency): string {
  if (language === 'en') return ENGLISH[currency];
  return language === 'fr' && currency === 'CAD' ? 'fr-CA' : HOME[language];
}

function makeFormats(locale: string, currency: Currency): Formats {
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency, useGrouping: 'always' });
  const unitPrice = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    useGrouping: 'always',
    maximumFractionDigits: 6,
  });
  const rate = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 });
  const count = new Intl.NumberFormat(locale, { useGrouping: 'always' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const shortDate = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' });
  const price = new Intl.NumberFormat(locale, {
    useGrouping: 'always',
    minimumFractionDigits: 4,
    maximumFractionDigits: 4,
  });
  const months = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const shortMonths = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  // Portuguese has no short form in words.
  const month = locale === 'pt-PT' ? 'long' : 'short';
  const period = new Intl.DateTimeFormat(locale, { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' });
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  const plural = new Intl.PluralRules(locale);
  const ordinal = withOrdinal(locale);
  const written = numberPattern(money, MINOR_UNITS[currency].decimals);
  return {
    locale,
    money: written,
    difference: (units) => (units > 0 ? written(-units).replace('−', '+') : written(units)),
    unitPrice: remembered((micros) => minus(unitPrice.format(decimal(micros, 6)))),
    date: remembered((day) => ordinal(date.format(utc(day)))),
    shortDate: remembered((day) => ordinal(shortDate.format(utc(day)))),
    timeOfDay: remembered((minutes) => times.format(new Date(minutes * 60_000))),
    price: remembered(numberPattern(price, 4)),
    duration: remembered(durationOf),
    month: remembered((of) => months.format(utc(firstOf(of)))),
    shortMonth: remembered((of) => shortMonths.format(utc(firstOf(of)))),
    moment: (instant, timeZone) =>
      ordinal(
        new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(new Date(instant)),
      ),
    period: remembered(
      ({ from, to }) => ordinal(period.formatRange(utc(from), utc(to))),
      ({ from, to }) => `${from} ${to}`,
    ),
    rate: remembered((ppm) => rate.format(ppm / 1_000_000)),
    count: remembered((quantity) => minus(count.format(quantity))),
    isOne: remembered((quantity) => plural.select(Math.abs(quantity)) === 'one'),
    minutes: (seconds) => minus(minutesOf(seconds, count)),
    country: remembered((code) => countries.of(code) ?? code),
    destination: (place) => (/^[A-Z]{2}$/.test(place) ? (countries.of(place) ?? place) : place),
    labelled: (label, text) => `${label}${locale.startsWith('fr') ? '\u00a0:' : ':'} ${text}`,
  };
}

/** French and Italian write the first of a month as an ordinal, which the locale data leave out: `1er mai`, `1º maggio`. */
function withOrdinal(locale: string): (text: string) => string {
  if (locale.startsWith('fr')) return (text) => text.replace(/^1(?=[\s–])/u, '1er');
  // Periods within a month have leading zeros there, which dates have not: `01–31 dic 2026`.
  const italian = (_: string, day: string) => (day === '1' ? '1º' : day);
  if (locale === 'it-IT') return (text) => text.replace(/(?<=^|–\s?)0?(\d+)(?=[\s–])/gu, italian);
  return (text) => text;
}

/** Formatting is slow, and the invoices of a month share their few dates, rates and countries. More are forgotten together. */
function remembered<T, R>(format: (value: T) => R, keyOf: (value: T) => unknown = (value) => value): (value: T) => R {
  const known = new Map<unknown, R>();
  return (value) => {
    const key = keyOf(value);
    let formatted = known.get(key);
    if (formatted === undefined) {
      formatted = format(value);
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(key, formatted);
    }
    return formatted;
  };
}
const MOST_REMEMBERED = 5_000;

/** The exact decimal, so that no large amount passes through a float: 5 → `0.05`. */
function decimal(units: number, places: number): `${number}` {
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  return `${units < 0 ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}` as `${number}`;
}

function minutesOf(seconds: number, count: Intl.NumberFormat): string {
  const rest = Math.abs(seconds) % 60;
  const whole = count.format((Math.abs(seconds) - rest) / 60);
  return `${seconds < 0 ? '-' : ''}${whole}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

function durationOf(seconds: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours === 0 ? `${minutes}:${two(rest)}` : `${hours}:${two(minutes)}:${two(rest)}`;
}

const minus = (text: string): string => text.replace('-', '−');

const utc = (date: PlainDate): Date => new Date(`${date}T00:00:00Z`);
