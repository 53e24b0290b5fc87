import { CHARGE_GROUPS, type ChargeGroup } from '../domain/catalog.ts';
import type { InvoiceLine } from '../domain/invoice.ts';
import type { UsageClass } from '../domain/usage/usage.ts';
import type { Formats } from './format.ts';
import type { ChargeTexts } from './texts/charge-texts.ts';

export interface PrintedSum {
  readonly label: string;
  readonly total: number;
  /** What is above adds up to it. */
  readonly sum?: boolean;
}

export interface PrintedGroup extends PrintedSum {
  /** What the charge is and, for a fee, what it is not. */
  readonly about?: string;
  readonly lines: readonly InvoiceLine[];
}

type PrintedKey = ChargeGroup | 'prorated';

/** How places that calls went to are named. */
type Destinations = Pick<Formats, 'destination' | 'labelled' | 'locale'>;

/** The guide's order (R101–R122): prorated charges follow what they are parts of. */
const PRINT_ORDER: readonly PrintedKey[] = CHARGE_GROUPS.flatMap((group) =>
  group === 'standard-phone-numbers' ? [group, 'prorated' as const] : [group],
);

/** Whole periods under the label of their product's group, everything partial under Prorated Charges (R101–R103). */
const keyOf = (line: InvoiceLine): PrintedKey => (line.charge === 'proration' ? 'prorated' : line.group);

/**
 * Every line once, by the groups of the guide in their order. With billing groups each of them is a section with groups of
 * its own, in the order of their names, and what is not assigned to any comes last (R123).
 */
export function groupsOf(lines: readonly InvoiceLine[], texts: ChargeTexts, formats: Destinations): PrintedGroup[] {
  const sections = [...new Set(lines.flatMap(({ billingGroup }) => billingGroup ?? []))].sort();
  return [...sections, undefined].flatMap((section) => {
    const own = lines.filter((line) => line.billingGroup === section);
    return inOrder(own, texts, formats).map((group) =>
      section === undefined ? group : { ...group, label: `${section} – ${group.label}` },
    );
  });
}

const inOrder = (lines: readonly InvoiceLine[], texts: ChargeTexts, formats: Destinations): PrintedGroup[] =>
  PRINT_ORDER.map((key) => ({ key, lines: lines.filter((line) => keyOf(line) === key) }))
    .filter((group) => group.lines.length > 0)
    .map((group) => printedGroup(group.key, group.lines, texts, formats));

/** So many groups are taken in at a glance; the details have them all. */
const AT_A_GLANCE = 8;

/** The largest groups, in print order, and the sum of the others; together the sum of all. */
export function glanceOf(summary: readonly PrintedSum[], others: string): readonly PrintedSum[] {
  if (summary.length <= AT_A_GLANCE) return summary;
  const bySize = summary.toSorted((a, b) => Math.abs(b.total) - Math.abs(a.total));
  const largest = new Set(bySize.slice(0, AT_A_GLANCE - 1));
  const rest = bySize.slice(AT_A_GLANCE - 1).reduce((sum, { total }) => sum + total, 0);
  return [...summary.filter((group) => largest.has(group)), { label: others, total: rest }];
}

/** What a group adds to the total; usage that costs nothing is in the details only. */
export function summaryOf(lines: readonly InvoiceLine[], texts: ChargeTexts, formats: Destinations): PrintedSum[] {
  const charged = lines.filter(({ explanation }) => explanation.kind !== 'allowance');
  return inOrder(charged, texts, formats).map(({ label, total }) => ({ label, total }));
}

function printedGroup(
  key: PrintedKey,
  lines: readonly InvoiceLine[],
  texts: ChargeTexts,
  formats: Destinations,
): PrintedGroup {
  const about = (texts.about as Readonly<Partial<Record<PrintedKey, string>>>)[key];
  return {
    label: texts.group[key],
    ...(about === undefined ? {} : { about }),
    lines: lines.map((line) => ({ ...line, description: descriptionOf(line, lines, texts, formats) })),
    total: lines.reduce((total, line) => total + line.amount, 0),
  };
}

/**
 * Usage is named in the invoice's language, products as the seller's catalog does. So are fees in English; elsewhere one that is alone
 * in its group among `lines` has the group's name, and only of several each needs its own.
 */
export function descriptionOf(
  { description, explanation, group }: InvoiceLine,
  lines: readonly Pick<InvoiceLine, 'explanation' | 'group'>[],
  { group: groups, usage }: ChargeTexts,
  formats: Destinations,
): string {
  if (explanation.kind === 'fee' && !formats.locale.startsWith('en')) {
    const { fee } = explanation;
    const alone = lines.every(
      (each) => each.group !== group || each.explanation.kind !== 'fee' || each.explanation.fee === fee,
    );
    return alone ? groups[group] : description;
  }
  if (explanation.kind !== 'usage' && explanation.kind !== 'allowance') return description;
  const name = (usage.names as Readonly<Partial<Record<UsageClass, string>>>)[explanation.usage] ?? description;
  if (explanation.kind !== 'usage' || explanation.usage !== 'international') return name;
  const places = new Set(explanation.rows.map(({ rate }) => formats.destination(rate.destination)));
  return formats.labelled(name, [...places].join(', '));
}
