import type { PlainDate } from '../calendar.ts';
import { TAX_CODES, type TaxCode } from '../catalog.ts';
import type { Address } from '../seller.ts';
import { inForce, ROUNDING, type TaxRate } from './rate.ts';
import type { Locality, SalesTaxRow } from './sales-tax-row.ts';

/** What the rows of a state say about an address on a date. `known`: for which tax codes they say anything. */
export interface StateTaxes {
  readonly rates: readonly TaxRate[];
  readonly known: readonly TaxCode[];
}

/** A state is known for a tax code once a row of the whole state names it, be it with a rate of 0. */
export function salesTaxes(
  rows: readonly SalesTaxRow[],
  { region = '', city, postalCode }: Address,
  date: PlainDate,
): StateTaxes {
  const here = rows.filter(({ state, locality }) => state === region && isIn(locality, city, postalCode));
  const current = inForce(here, date, ({ locality, tax, taxCodes }) =>
    [locality?.name ?? '', tax, ...[...taxCodes].sort()].join('|'),
  );
  const known = new Set<TaxCode>(current.filter(({ locality }) => !locality).flatMap(({ taxCodes }) => taxCodes));
  return { rates: current.map(rateOf), known: [...known] };
}

function rateOf(row: SalesTaxRow): TaxRate {
  const { state, locality, tax, ratePpm, from, to, source, status } = row;
  const reached: readonly TaxCode[] = [
    ...row.taxCodes,
    ...(row.includesSurcharges ? (['surcharge'] as const) : []),
    ...(row.includesUsf ? (['usf'] as const) : []),
  ];
  return {
    tax,
    label: `${tax} (${locality === undefined ? state : `${locality.name}, ${state}`})`,
    levy: `US-${state}`,
    ...(locality === undefined ? {} : { locality: locality.name }),
    ratePpm,
    from,
    ...(to === undefined ? {} : { to }),
    exempt: TAX_CODES.filter((code) => !reached.includes(code)),
    rounding: ROUNDING.unitedStates,
    source,
    status,
  };
}

function isIn(locality: Locality | undefined, city: string, postalCode: string): boolean {
  if (locality === undefined) return true;
  return (
    locality.city?.toLowerCase() === city.trim().toLowerCase() ||
    (locality.zipPrefixes ?? []).some((prefix) => postalCode.startsWith(prefix))
  );
}
