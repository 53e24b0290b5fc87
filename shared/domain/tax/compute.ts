import { Unchargeable } from '../charges/unchargeable.ts';
import type { InvoiceLine, TaxCategory, TaxLine } from '../invoice.ts';
import { type Currency, money, scale, sumOf } from '../money.ts';
import { coversLevy, type TaxExemption } from './exemption.ts';
import type { TaxRate } from './rate.ts';
import type { TaxRules } from './rules.ts';

const PPM = 1_000_000;
const REVERSE_CHARGE =
  'Reverse charge: VAT is to be accounted for by the recipient (Directive 2006/112/EC, Articles 44 and 196).';

export type TaxableLine = Pick<InvoiceLine, 'amount' | 'taxCode' | 'taxTreatment'>;
type Rates = Extract<TaxRules, { kind: 'rates' }>;

/** Lines that one tax treats alike: what a tax line is made of. */
interface Bucket {
  readonly category: Extract<TaxCategory, 'S' | 'Z' | 'E' | 'O'>;
  readonly certificate?: TaxExemption;
  readonly lines: TaxableLine[];
}

/**
 * Each tax once on the sum of the lines it reaches, rounded once as its jurisdiction says (C12, `ROUNDING`). Rounded line
 * taxes are never summed. Zero-rated and exempt lines, and those that a certificate frees, stand in tax lines of their own
 * with a rate of 0. Throws `Unchargeable` (`tax_rule_missing`) for a line of which the jurisdiction's table says nothing.
 */
export function computeTaxes(
  lines: readonly TaxableLine[],
  rules: Exclude<TaxRules, { kind: 'missing' }>,
  currency: Currency,
): TaxLine[] {
  if (rules.kind === 'reverse-charge') {
    const { rate, jurisdiction, vatId } = rules;
    const { value, answer } = vatId;
    return [
      {
        ...lineOf(rate, jurisdiction, 'AE', sumOf(lines)),
        mention: REVERSE_CHARGE,
        evidence: {
          kind: 'vat-id',
          id: value,
          authority: answer.authority,
          on: answer.on,
          ...(answer.reference === undefined ? {} : { reference: answer.reference }),
        },
      },
    ];
  }
  refuseUnknown(lines, rules);
  return rules.rates.flatMap((rate) =>
    bucketsOf(lines, rate, rules).map((bucket) => taxLine(rate, rules.jurisdiction, bucket, currency)),
  );
}

function refuseUnknown(lines: readonly TaxableLine[], { known, jurisdiction }: Rates): void {
  for (const { taxCode } of lines) {
    const ours = taxCode === 'surcharge' || taxCode === 'usf';
    if (!ours && !known.includes(taxCode)) throw new Unchargeable('tax_rule_missing', `${jurisdiction} for ${taxCode}`);
  }
}

function bucketsOf(lines: readonly TaxableLine[], rate: TaxRate, rules: Rates): Bucket[] {
  const buckets = new Map<string, Bucket>();
  for (const line of lines) {
    if (rate.exempt?.includes(line.taxCode)) continue;
    const { category, certificate } = treatmentOf(line, rate, rules);
    const key = `${category} ${certificate?.exemptionId ?? ''}`;
    const bucket = buckets.get(key) ?? { category, lines: [], ...(certificate === undefined ? {} : { certificate }) };
    bucket.lines.push(line);
    buckets.set(key, bucket);
  }
  return [...buckets.entries()]
    .sort(([a], [b]) => ORDER.indexOf(a[0]!) - ORDER.indexOf(b[0]!) || (a < b ? -1 : 1))
    .map(([, bucket]) => bucket);
}
const ORDER = 'SZEO';

function treatmentOf(line: TaxableLine, rate: TaxRate, rules: Rates): Omit<Bucket, 'lines'> {
  if (line.taxTreatment === 'zero-rated') return { category: 'Z' };
  if (line.taxTreatment === 'exempt') return { category: 'E' };
  if (rate.ratePpm === 0) return { category: 'O' };
  const certificate = rules.exemptions.find(
    (exemption) =>
      coversLevy(exemption, rate, rules.jurisdiction) && (exemption.taxCodes?.includes(line.taxCode) ?? true),
  );
  return certificate === undefined ? { category: 'S' } : { category: 'E', certificate };
}

function taxLine(rate: TaxRate, jurisdiction: string, bucket: Bucket, currency: Currency): TaxLine {
  const { category, certificate, lines } = bucket;
  const base = sumOf(lines);
  if (certificate !== undefined) {
    const { number, jurisdiction: of, decidedOn = certificate.validFrom, taxCodes } = certificate;
    return {
      ...lineOf(rate, jurisdiction, 'E', base),
      ...(taxCodes === undefined ? {} : { reaches: taxCodes }),
      mention: `Exempt from ${rate.label}: certificate ${number} (${of}).`,
      evidence: { kind: 'certificate', id: number, authority: of, on: decidedOn },
    };
  }
  if (category !== 'S') return lineOf(rate, jurisdiction, category, base);
  const amount = scale(money(base, currency), rate.ratePpm, PPM).amount;
  return { ...lineOf(rate, jurisdiction, 'S', base), ratePpm: rate.ratePpm, amount };
}

/** A tax line of nothing. */
const lineOf = (rate: TaxRate, jurisdiction: string, category: TaxCategory, base: number): TaxLine => ({
  label: rate.label,
  tax: rate.tax,
  jurisdiction: rate.locality === undefined ? jurisdiction : `${jurisdiction}/${rate.locality}`,
  category,
  ratePpm: 0,
  base,
  amount: 0,
  rateFrom: rate.from,
  ...(rate.exempt === undefined ? {} : { exempt: rate.exempt }),
  rounding: rate.rounding,
  source: rate.source,
  status: rate.status,
});
