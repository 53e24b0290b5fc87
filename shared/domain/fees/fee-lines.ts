import { monthsIn, type PlainDate, type ServicePeriod } from '../calendar.ts';
import type { ChargeGroup, TaxCode } from '../catalog.ts';
import { Unchargeable } from '../charges/unchargeable.ts';
import type { FeeExplanation } from '../explanation.ts';
import type { InvoiceLine } from '../invoice.ts';
import { type Currency, MINOR_UNITS, roundedQuotient } from '../money.ts';
import type { Address, Seller } from '../seller.ts';
import { inForce } from '../tax/rate.ts';
import type { FeeRate, TrafficStudy } from './fee-rates.ts';
import { quarterOf, SAFE_HARBOUR, usfFactorOn } from './usf-factors.ts';

type DraftLine = Omit<InvoiceLine, 'line'>;

export interface FeeContext {
  readonly seller: Pick<Seller, 'fees'>;
  readonly address: Pick<Address, 'country' | 'region'>;
  readonly invoiceDate: PlainDate;
  /** Of the lines, and of what a unit is charged with. */
  readonly currency: Currency;
  readonly trafficStudy?: TrafficStudy;
}

const PPM = 1_000_000;
const PPM_SQUARED = 1_000_000_000_000n;
/** What the Universal Service Fund is assessed on: telecommunications, not equipment, rentals, software or messages. */
const USF_BASE: readonly TaxCode[] = ['telecom', 'toll-free'];

/**
 * The surcharges on an invoice's other lines, which are numbered from 1 in the order given; the fees come after them. Own
 * surcharges first, then the Universal Service Fee, whose base they are no part of. Which exist depends on the country of
 * the billing address (R156). Nothing is charged that rounds to 0. Throws `Unchargeable` (`usf_factor_missing`).
 */
export function feeLines(charges: readonly DraftLine[], context: FeeContext): DraftLine[] {
  const { fees = {} } = context.seller;
  const lines = charges.map((line, index) => ({ line, number: index + 1 }));
  const own = (group: ChargeGroup, rates: readonly FeeRate[] = []) => surcharges(group, rates, lines, context);
  switch (context.address.country) {
    case 'US':
      return [
        ...own('state-local-fees', fees.stateLocal),
        ...own('regulatory-recovery', fees.regulatoryRecovery),
        ...universalService(lines, context),
      ];
    case 'CA':
      return own('canadian-regulatory', fees.canadianRegulatory);
    default:
      return [];
  }
}

/** A fee's amount in minor units of `currency`, from its explanation alone; rounded once. */
export function feeAmount(
  { base, sharePpm, ratePpm, count, perUnitMicros, rounding }: FeeExplanation,
  currency: Currency,
): number {
  const share = BigInt(base) * BigInt(sharePpm) * BigInt(ratePpm);
  const units = BigInt(count) * BigInt(perUnitMicros) * (PPM_SQUARED / MINOR_UNITS[currency].micros);
  return roundedQuotient(share + units, PPM_SQUARED, rounding);
}

function surcharges(
  group: ChargeGroup,
  rates: readonly FeeRate[],
  lines: readonly Numbered[],
  { address, invoiceDate, currency }: FeeContext,
): DraftLine[] {
  const here = rates.filter(({ regions }) => regions?.includes(address.region ?? '') ?? true);
  return inForce(here, invoiceDate, ({ fee }) => fee).flatMap((rate) => {
    const based = lines.filter(
      ({ line }) =>
        (rate.taxCodes as readonly TaxCode[]).includes(line.taxCode) &&
        (rate.productIds?.includes(line.productId) ?? true),
    );
    const counted = based.filter(({ line }) => isCounted(line, rate));
    const explanation: FeeExplanation = {
      kind: 'fee',
      fee: rate.fee,
      lines: (rate.ratePpm === 0 ? counted : based).map(({ number }) => number),
      base: rate.ratePpm === 0 ? 0 : sum(based),
      sharePpm: PPM,
      ratePpm: rate.ratePpm,
      count: counted.reduce((total, { line }) => total + line.quantity * monthsIn(line.servicePeriod), 0),
      perUnitMicros: rate.perUnit?.micros ?? 0,
      rounding: 'half-up',
      from: rate.from,
      source: rate.source,
      status: rate.status,
    };
    return feeLine(group, rate.label, 'surcharge', explanation, based, currency);
  });
}

/** Units are counted where they are charged for whole months; parts of months, usage and purchases count none. */
const isCounted = (line: DraftLine, { perUnit }: FeeRate): boolean =>
  perUnit !== undefined && line.charge === 'recurring' && perUnit.units.includes(line.unit);

/**
 * The interstate share of the telecom lines times the factor of the quarter, rounded down: the line may not exceed what
 * the contribution is (47 CFR 54.712(a)).
 */
function universalService(lines: readonly Numbered[], context: FeeContext): DraftLine[] {
  const { usf = {} } = context.seller.fees ?? {};
  const based = lines.filter(({ line }) => USF_BASE.includes(line.taxCode));
  const base = sum(based);
  if (usf.notContributing !== undefined || base === 0) return [];
  const { invoiceDate, trafficStudy } = context;
  const factor = usfFactorOn(invoiceDate, usf);
  if (factor === undefined) throw new Unchargeable('usf_factor_missing', quarterOf(invoiceDate));
  const study = trafficStudy !== undefined && trafficStudy.from <= invoiceDate ? trafficStudy : SAFE_HARBOUR;
  return feeLine(
    'universal-service',
    'Universal Service Fee',
    'usf',
    {
      kind: 'fee',
      fee: 'universal-service-fee',
      lines: based.map(({ number }) => number),
      base,
      sharePpm: study.interstatePpm,
      ratePpm: factor.factorPpm,
      count: 0,
      perUnitMicros: 0,
      rounding: 'down',
      from: factor.effectiveFrom,
      source: `Factor of ${factor.quarter}: ${factor.source}. Interstate share: ${study.source}`,
      status: factor.status === 'sample' ? 'sample' : 'final',
    },
    based,
    context.currency,
  );
}

interface Numbered {
  readonly line: DraftLine;
  readonly number: number;
}
const sum = (lines: readonly Numbered[]): number => lines.reduce((total, { line }) => total + line.amount, 0);

function feeLine(
  group: ChargeGroup,
  description: string,
  taxCode: TaxCode,
  explanation: FeeExplanation,
  based: readonly Numbered[],
  currency: Currency,
): DraftLine[] {
  const amount = feeAmount(explanation, currency);
  if (amount === 0) return [];
  return [
    {
      charge: 'fee',
      group,
      productId: explanation.fee,
      description,
      unit: 'fee',
      servicePeriod: periodOf(based),
      quantity: 1,
      amount,
      taxCode,
      explanation,
    },
  ];
}

/** From the first to the last day of the service that a fee is on. */
function periodOf(based: readonly Numbered[]): ServicePeriod {
  let { from, to } = based[0]!.line.servicePeriod;
  for (const { line } of based) {
    if (line.servicePeriod.from < from) from = line.servicePeriod.from;
    if (line.servicePeriod.to > to) to = line.servicePeriod.to;
  }
  return { from, to };
}
