import type { Invoice } from '../../domain/invoice.ts';
import { EUROPEAN_UNION, vatPrefix } from '../../domain/tax/national.ts';
import { compactTaxId } from '../../domain/tax/tax-id.ts';
import type { EInvoice, EParty } from './model.ts';

/** Of the European Union, or the United Kingdom. */
export const isEuropean = (country: string): boolean => country === 'GB' || Object.hasOwn(EUROPEAN_UNION, country);

/**
 * Whether the list of a syntax has a country's code (BR-CL-14). Kosovo's is in no list of ISO, and South Sudan's is younger
 * than the list of CII.
 */
export const isListed = (country: string, syntax: 'cii' | 'ubl'): boolean =>
  country !== 'XK' && (country !== 'SS' || syntax === 'ubl');

/** The tax that a seller's country has where EN 16931, or Peppol's PINT for Australia, can say it; undefined elsewhere. */
export function taxSchemeOf(country: string): EInvoice['taxScheme'] | undefined {
  if (country === 'AU') return 'GST';
  return isEuropean(country) ? 'VAT' : undefined;
}

/** A seller's tax ID of its own country: without one it can charge no tax (BR-S-02, aligned-ibr-001-aunz). */
export function sellerTaxId({ address, taxIds }: Pick<Invoice['seller'], 'address' | 'taxIds'>): string | undefined {
  const own = address.country === 'AU' ? ABN : new RegExp(`^${vatPrefix(address.country)}[0-9A-Z+*]{2,12}$`);
  return taxIds.map(({ value }) => compactTaxId(value)).find((id) => own.test(id));
}
const ABN = /^\d{11}$/;

export function sellerOf({ name, address, taxIds, accountsReceivable }: Invoice['seller']): EParty {
  const taxId = sellerTaxId({ address, taxIds });
  return {
    name,
    address,
    ...(taxId === undefined ? {} : { taxId }),
    endpoint: networkAddress(taxId) ?? byMail(accountsReceivable.email),
    contact: { name, ...accountsReceivable },
  };
}

export function buyerOf({ name, address, taxIds, email }: Invoice['buyer'], { seller, taxes }: Invoice): EParty {
  // The ID that the tax relies on, where it does.
  const relied = taxes.find(({ evidence }) => evidence?.kind === 'vat-id')?.evidence?.id;
  const kinds = seller.address.country === 'AU' ? ['abn'] : ['eu-vat', 'gb-vat'];
  const own = taxIds.find(({ kind }) => kinds.includes(kind));
  const taxId = relied ?? (own && prefixed(own.kind, compactTaxId(own.value)));
  const endpoint = networkAddress(taxId) ?? (email === undefined ? undefined : byMail(email));
  return {
    name,
    address,
    ...(taxId === undefined ? {} : { taxId }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

/** British numbers are often written without their country, which no VAT ID may be (BR-CO-09). */
const prefixed = (kind: string, id: string): string => (kind === 'gb-vat' && !id.startsWith('GB') ? `GB${id}` : id);

/** EAS code of an e-mail address, which EN 16931 knows and Peppol's network does not. */
export const MAIL_SCHEME = 'EM';
const byMail = (id: string): EParty['endpoint'] => ({ scheme: MAIL_SCHEME, id });

/** EAS codes of VAT IDs in Peppol's network, by their first two letters. */
const SCHEMES: Readonly<Record<string, string>> = {
  AT: '9914',
  BE: '9925',
  BG: '9926',
  CY: '9928',
  CZ: '9929',
  DE: '9930',
  DK: '0184',
  EE: '9931',
  EL: '9933',
  ES: '9920',
  FR: '9957',
  GB: '9932',
  HR: '9934',
  HU: '9910',
  IE: '9935',
  IT: '0211',
  LT: '9937',
  LU: '9938',
  LV: '9939',
  MT: '9943',
  NL: '9944',
  PL: '9945',
  PT: '9946',
  RO: '9947',
  SI: '9949',
  SK: '9950',
};

/** Where Peppol's network delivers to whoever has this tax ID; undefined where it knows no such address. */
function networkAddress(taxId: string | undefined): EParty['endpoint'] {
  if (taxId === undefined) return undefined;
  if (ABN.test(taxId)) return { scheme: '0151', id: taxId };
  // Sweden's network goes by the company's number, which is in the VAT ID (PEPPOL-COMMON-R049), and Finland's too, after 0037.
  const [, swedish] = /^SE(\d{10})\d\d$/.exec(taxId) ?? [];
  if (swedish !== undefined) return { scheme: '0007', id: swedish };
  const [, finnish] = /^FI(\d{8})$/.exec(taxId) ?? [];
  if (finnish !== undefined) return { scheme: '0216', id: `0037${finnish}` };
  const scheme = SCHEMES[taxId.slice(0, 2)];
  return scheme === undefined ? undefined : { scheme, id: taxId };
}
