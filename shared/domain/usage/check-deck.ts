import { Temporal } from 'temporal-polyfill';
import { addDays, type PlainDate } from '../calendar.ts';
import { type Currency, decimalText, MINOR_UNITS } from '../money.ts';
import type { RateRow } from './usage.ts';

/** What a rate deck's file says in one row. `from` and `to` both belong to it; without `to` it holds until further notice. */
export type DeckRow = Pick<RateRow, 'prefix' | 'destination' | 'increments' | 'micros' | 'from' | 'to'>;

/** What is wrong with which field of which row; rows are counted from 1. */
export interface DeckProblem {
  readonly row: number;
  readonly field: string;
  readonly reason: string;
}

/** Rates of a class have no prefix; rates of a deck have one each. */
export type DeckKind = 'prefixes' | 'class';

/**
 * Minor units per minute or credit, 100.00 or 10,000 yen: more than any destination on earth or above it costs, and less than a
 * lost decimal point.
 */
const MOST = 10_000;
const PREFIX = /^[1-9]\d{0,14}$/;

/**
 * Every problem of a deck, in the order of its rows: what no row may say, and prefixes whose rows overlap in time or leave
 * a gap between them. Prices are in `currency`. A gap would silently rate calls by a shorter prefix; a prefix that is withdrawn for good just ends.
 */
export function checkDeck(rows: readonly DeckRow[], currency: Currency, kind: DeckKind = 'prefixes'): DeckProblem[] {
  const problems = rows.flatMap((row, index) =>
    rowProblems(row, currency, kind).map((found) => ({ row: index + 1, ...found })),
  );
  return [...problems, ...sequenceProblems(rows)].sort((a, b) => a.row - b.row);
}

function rowProblems(row: DeckRow, currency: Currency, kind: DeckKind): Omit<DeckProblem, 'row'>[] {
  const mostMicros = MINOR_UNITS[currency].micros * BigInt(MOST);
  const found: Omit<DeckProblem, 'row'>[] = [];
  const demand = (valid: boolean, field: string, reason: string): void => {
    if (!valid) found.push({ field, reason });
  };
  const { prefix, destination, increments, micros, from, to } = row;
  if (kind === 'class') demand(prefix === '', 'prefix', `"${prefix}": the rate of a class has no prefix`);
  else demand(PREFIX.test(prefix), 'prefix', `"${prefix}" is not 1 to 15 digits without + or leading 0`);
  demand(destination.trim() !== '', 'destination', 'is empty');
  demand(isStep(increments.initial), 'increments.initial', `${increments.initial} is not a whole number of seconds`);
  demand(
    isStep(increments.subsequent),
    'increments.subsequent',
    `${increments.subsequent} is not a whole number of seconds`,
  );
  demand(Number.isInteger(micros), 'micros', `${micros} is not a whole number of millionths`);
  demand(micros >= 0, 'micros', `${micros} is negative`);
  demand(
    micros <= mostMicros,
    'micros',
    `${micros} is more than ${mostMicros}, ${decimalText(MOST, currency)} per unit`,
  );
  demand(isDate(from), 'from', `"${from}" is not a date`);
  if (to !== undefined) {
    demand(isDate(to), 'to', `"${to}" is not a date`);
    demand(!isDate(from) || !isDate(to) || from <= to, 'to', `${to} is before from (${from})`);
  }
  return found;
}

/** An increment is at least a second and at most an hour. */
const isStep = (seconds: number): boolean => Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600;

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

interface Numbered {
  readonly number: number;
  readonly prefix: string;
  readonly from: PlainDate;
  readonly to?: PlainDate;
}

function sequenceProblems(rows: readonly DeckRow[]): DeckProblem[] {
  const byPrefix = Map.groupBy(
    rows
      .map(({ prefix, from, to }, index): Numbered => ({ number: index + 1, prefix, from, ...(to && { to }) }))
      .filter(({ from, to }) => isDate(from) && (to === undefined || (isDate(to) && from <= to))),
    ({ prefix }) => prefix,
  );
  return [...byPrefix.values()].flatMap((same) => neighbourProblems(same.sort(byDate)));
}

const byDate = (a: Numbered, b: Numbered): number =>
  a.from === b.from ? a.number - b.number : a.from < b.from ? -1 : 1;

function neighbourProblems(sorted: readonly Numbered[]): DeckProblem[] {
  const found: DeckProblem[] = [];
  let latest: Numbered | undefined;
  for (const row of sorted) {
    if (latest !== undefined) found.push(...between(latest, row));
    if (latest === undefined || endOf(latest) < endOf(row)) latest = row;
  }
  return found;
}

const endOf = ({ to }: Numbered): PlainDate => to ?? '9999-12-31';

function between(earlier: Numbered, later: Numbered): DeckProblem[] {
  const which = `prefix ${later.prefix === '' ? '(none)' : later.prefix} in row ${earlier.number}`;
  if (later.from <= endOf(earlier))
    return [
      { row: later.number, field: 'from', reason: `${later.from} overlaps ${which}, until ${earlier.to ?? 'ever'}` },
    ];
  const expected = addDays(endOf(earlier), 1);
  if (later.from === expected) return [];
  return [
    { row: later.number, field: 'from', reason: `${later.from} leaves a gap after ${which}, until ${earlier.to}` },
  ];
}
