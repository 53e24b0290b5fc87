import { CALLING_CODE, COUNTRY_BY_PREFIX, EMERGENCY, EMERGENCY_EVERYWHERE, TOLL_FREE } from './numbering-tables.ts';
import { longestPrefix, prefixTrie } from './prefix-trie.ts';

const COUNTRIES = [...COUNTRY_BY_PREFIX].sort(([a], [b]) => (a < b ? -1 : 1));
const COUNTRY_TRIE = prefixTrie(COUNTRIES.map(([prefix]) => prefix));
const COUNTRY = COUNTRIES.map(([, country]) => (country === '--' ? undefined : country));
const TOLL_FREE_TRIE = prefixTrie([...TOLL_FREE].sort());

/**
 * The country (ISO 3166-1 alpha-2) that an E.164 number with `+` belongs to, by its longest known prefix. Undefined for
 * satellites, international networks and the shared numbers of North America, which belong to no single country.
 */
export function countryOf(number: string): string | undefined {
  const position = longestPrefix(COUNTRY_TRIE, number, 1);
  return position < 0 ? undefined : COUNTRY[position];
}

/** Whether the owner of an E.164 number pays for calls to it. */
export const isTollFree = (number: string): boolean =>
  longestPrefix(TOLL_FREE_TRIE, number, 1) >= 0 && !isInDublin(number);

/** Dublin's 01 800 0123 and Ireland's 1800 000 123 begin alike; the latter is longer (ComReg, National Numbering Scheme). */
const isInDublin = (number: string): boolean => number.startsWith('+3531') && number.length === '+35318000123'.length;

/** Whether an E.164 number lies in the numbering plan (calling code) of a country: all of +1 for the United States. */
export function inPlanOf(number: string, country: string): boolean {
  const code = CALLING_CODE.get(country);
  return code !== undefined && number.startsWith(code, 1);
}

/** +800 is free to call from everywhere (ITU-T E.169.1). */
export const isUniversalFreephone = (number: string): boolean => number.startsWith('+800');

/** Area code 900, or exchange 976 in any area code: the operator of the number sets a price (NANPA). */
export const isNorthAmericanPremium = (number: string): boolean =>
  number.startsWith('+1900') || (number.startsWith('+1') && number.startsWith('976', 5));

/** Whether what was dialled, digit for digit, calls the emergency services of a country. */
export const isEmergency = (dialled: string, country: string): boolean =>
  EMERGENCY_EVERYWHERE.includes(dialled) || (EMERGENCY[country]?.includes(dialled) ?? false);
