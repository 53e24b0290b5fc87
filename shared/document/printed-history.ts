import { billChange, type ChangePart } from '../domain/bill-change.ts';
import type { Invoice } from '../domain/invoice.ts';
import { MINOR_UNITS } from '../domain/money.ts';
import type { UsageClass } from '../domain/usage/usage.ts';
import type { Formats } from './format.ts';
import { printable } from './pdf/fonts.ts';
import type { PrintedSum } from './printed-groups.ts';
import type { DocumentTexts } from './texts/texts.ts';

export interface PrintedMonth {
  readonly label: string;
  /** For whoever hears it. */
  readonly words: string;
  /** Over its bar: whole units of the currency, shortened where it would be wider than its bar. */
  readonly figure: string;
  readonly total: number;
}

/** Why this invoice differs from the last one; the amounts of `parts` make up the difference. */
export interface PrintedChange {
  readonly sentence: string;
  readonly parts: readonly PrintedSum[];
}

/** So many reasons are understood at a glance; what remains is one more. */
const MOST_PARTS = 4;

/** The invoices of half a year, this one last. Empty where there is nothing to compare it with. */
export function monthsOf({ history, month, total, currency }: Invoice, formats: Formats): PrintedMonth[] {
  if (history === undefined || history.invoices.length === 0) return [];
  const { perMajorUnit } = MINOR_UNITS[currency];
  return [...history.invoices, { month, total }].map((of) => ({
    label: formats.shortMonth(of.month),
    words: `${formats.month(of.month)} ${formats.money(of.total)}`,
    figure: figureOf(of.total, perMajorUnit, formats),
    total: of.total,
  }));
}

const figureOf = (total: number, perMajorUnit: number, { count, locale }: Formats): string => {
  const units = Math.round(total / perMajorUnit);
  return Math.abs(units) < 1_000_000 ? count(units) : printable(shortened(units, locale));
};

/** `1.2M`, `1,2 Mio.` */
function shortened(units: number, locale: string): string {
  let format = shorteners.get(locale);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 });
    shorteners.set(locale, format);
  }
  return format.format(units).replace('-', '\u2212');
}
const shorteners = new Map<string, Intl.NumberFormat>();

/** In words and amounts what changed since the last invoice, which is the last of the invoice's history. */
export function changeOf(
  invoice: Invoice,
  last: Invoice | undefined,
  texts: DocumentTexts,
  formats: Formats,
): PrintedChange | undefined {
  if (last === undefined || last.currency !== invoice.currency) return undefined;
  const { difference, parts } = billChange(invoice, last);
  const { change } = texts;
  const month = formats.month(last.month);
  const amount = formats.money(Math.abs(difference));
  const sentence = difference === 0 ? change.same(month) : (difference > 0 ? change.more : change.less)(amount, month);
  const shown = parts.length <= MOST_PARTS + 1 ? parts : parts.slice(0, MOST_PARTS);
  const fees = parts.flatMap(({ kind, group }) => (kind === 'fee' && group !== undefined ? [group] : []));
  // A fee that is alone in its group has the group's name, which is in the reader's language, as in the list of charges.
  const feeGroup = ({ kind, group }: ChangePart): string | undefined =>
    kind === 'fee' && group !== undefined && fees.filter((each) => each === group).length === 1
      ? texts.group[group]
      : undefined;
  const rest = difference - shown.reduce((sum, part) => sum + part.amount, 0);
  return {
    sentence,
    parts: [
      ...shown.map((part) => ({
        label: printable(feeGroup(part) ?? labelOf(part, texts, formats)),
        total: part.amount,
      })),
      ...(rest === 0 ? [] : [{ label: change.others, total: rest }]),
    ],
  };
}

function labelOf(part: ChangePart, texts: DocumentTexts, formats: Formats): string {
  const { change, group, usage, taxes } = texts;
  const { kind, about, name = about, figures } = part;
  switch (kind) {
    case 'quantity': {
      if (figures === undefined) return name;
      const { from, to } = figures;
      if (from === 0) return `${name} · ${change.new}`;
      if (to === 0) return `${name} · ${change.gone}`;
      return `${name} · ${formats.count(from)} → ${formats.count(to)}`;
    }
    case 'price':
      return figures === undefined
        ? `${name} · ${change.price}`
        : `${name} · ${formats.unitPrice(figures.from)} → ${formats.unitPrice(figures.to)}`;
    case 'proration':
      return `${group.prorated} · ${about === 'new' ? change.new : change.gone}`;
    case 'purchase':
      return `${group.purchases} · ${about === 'new' ? change.new : change.gone}`;
    case 'usage':
      return (usage.names as Readonly<Partial<Record<UsageClass, string>>>)[about as UsageClass] ?? name;
    case 'tax':
      return name.replace(/^\w+/, (tax) => (taxes as Readonly<Record<string, string>>)[tax] ?? tax);
    case 'fee':
    case 'periods':
      return name;
  }
}
