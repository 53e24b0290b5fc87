import type { Seller } from '../domain/seller.ts';
import type { Stage } from './stage.ts';

/**
 * What a stage's sellers do not charge, although their country knows it, and what they charge with made-up rates. Nothing
 * of this stops a deployment: no public rate exists for most of it (C24), so that 0 may be meant.
 */
export const feeWarnings = ({ sellers }: Pick<Stage, 'sellers'>): string[] =>
  sellers.flatMap((seller) =>
    [...missing(seller), ...samples(seller)].map((warning) => `${seller.sellerId}: ${warning}`),
  );

function missing({ address, fees = {}, salesTax = [], taxRegistrations = [] }: Seller): string[] {
  const sellsIn = (country: string) => address.country === country || taxRegistrations.includes(country);
  const needed: readonly (readonly [country: string, what: string, rows: readonly unknown[]])[] = [
    ['US', 'State and Local Regulatory Fee', fees.stateLocal ?? []],
    ['US', 'Regulatory Recovery Fee', fees.regulatoryRecovery ?? []],
    ['US', 'state sales tax (every US account is held)', salesTax],
    ['CA', 'Federal and Province Regulatory Fee', fees.canadianRegulatory ?? []],
  ];
  return needed
    .filter(([country, , rows]) => sellsIn(country) && rows.length === 0)
    .map(([, what]) => `no rate is configured for ${what}`);
}

function samples({ fees = {}, salesTax = [] }: Seller): string[] {
  const rows = [
    ...(fees.stateLocal ?? []),
    ...(fees.regulatoryRecovery ?? []),
    ...(fees.canadianRegulatory ?? []),
    ...salesTax,
  ];
  return [
    ...(rows.some(({ status }) => status === 'sample') ? ['rates of the status "sample" are charged'] : []),
    ...(fees.usf?.acceptSampleFactors === true
      ? ['Universal Service factors of the status "sample" are accepted']
      : []),
  ];
}
