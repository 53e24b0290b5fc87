import { stdnum } from 'stdnum';
import type { CustomerTaxId } from '../domain/account.ts';
import { EUROPEAN_UNION, vatPrefix } from '../domain/tax/national.ts';
import { compactTaxId } from '../domain/tax/tax-id.ts';

/** By country, the library's name for what is checked: in member states the number that a VAT ID is made of. */
export const CHECKED_NUMBERS: Readonly<Record<string, string>> = {
  AT: 'uid',
  AU: 'abn',
  BE: 'vat',
  BG: 'vat',
  CY: 'vat',
  CZ: 'dic',
  DE: 'vat',
  DK: 'cvr',
  EE: 'kmkr',
  ES: 'nif',
  FI: 'alv',
  FR: 'tva',
  GB: 'vat',
  GR: 'vat',
  HR: 'oib',
  HU: 'anum',
  IE: 'vat',
  IT: 'iva',
  LT: 'pvm',
  LU: 'tva',
  LV: 'pvn',
  MT: 'vat',
  NL: 'btw',
  PL: 'nip',
  PT: 'nif',
  RO: 'cui',
  SE: 'vat',
  SI: 'ddv',
  SK: 'dph',
};

/** Why a tax ID cannot be right, by its form and check digits; undefined when it can. Says nothing about its validity. */
export function taxIdFault({ kind, value }: Pick<CustomerTaxId, 'kind' | 'value'>): string | undefined {
  const compact = compactTaxId(value);
  switch (kind) {
    case 'eu-vat': {
      const country = Object.keys(EUROPEAN_UNION).find((member) => compact.startsWith(vatPrefix(member)));
      if (country === undefined) return 'must begin with the prefix of a member state of the EU, such as DE or EL';
      return isValid(country, compact.slice(2)) ? undefined : `is no VAT ID of ${country}`;
    }
    case 'gb-vat':
      return isValid('GB', compact) ? undefined : 'is no VAT number of the United Kingdom';
    case 'abn':
      return isValid('AU', compact) ? undefined : 'is no ABN';
    case 'other':
      return undefined;
  }
}

const isValid = (country: string, value: string): boolean =>
  stdnum[country]?.[CHECKED_NUMBERS[country] ?? '']?.validate(value).isValid === true;
