import { ciiOf } from '../../../shared/document/e-invoice/cii.ts';
import { facturX } from '../../../shared/document/e-invoice/factur-x.ts';
import { obstacleTo, UBL_FORMATS } from '../../../shared/document/e-invoice/formats.ts';
import type { EInvoice } from '../../../shared/document/e-invoice/model.ts';
import { ublOf } from '../../../shared/document/e-invoice/ubl.ts';
import { referenceForm } from '../e-invoices.ts';
import { A_NZ } from './a-nz.ts';
import { CATEGORIES } from './categories.ts';
import { CODES, DECIMALS } from './codes.ts';
import { CONDITIONS, PRESENCE } from './core.ts';
import { at, type Element, parseXml, textAt } from './element.ts';
import { ABN, PEPPOL, SHARED_WITH_XRECHNUNG } from './peppol.ts';
import { termsOfCii } from './read-cii.ts';
import { termsOfUbl } from './read-ubl.ts';
import { hasRealDates, isInListedCurrencies, isInOneCurrency, isWithoutEmpty, type SyntaxRules } from './syntax.ts';
import { CII } from './syntax-cii.ts';
import { UBL } from './syntax-ubl.ts';
import type { Rules } from './terms.ts';
import { GERMAN_PEPPOL, XRECHNUNG } from './xrechnung.ts';

const SPECIFICATIONS: readonly (readonly [RegExp, keyof typeof USAGES])[] = [
  [/^urn:peppol:pint:/, 'a-nz'],
  [/xrechnung/, 'xrechnung'],
  [/peppol/, 'peppol'],
];

/** Rules of EN 16931 itself, by what they are about. */
export const CORE: Rules = { ...PRESENCE, ...CONDITIONS, ...CATEGORIES, ...DECIMALS, ...CODES };

/** Rules of whoever restricts EN 16931 for its receivers. */
const USAGES = {
  peppol: { ...PEPPOL, ...GERMAN_PEPPOL, ...ABN },
  xrechnung: { ...XRECHNUNG, ...SHARED_WITH_XRECHNUNG },
  'a-nz': { ...A_NZ, ...ABN },
} as const satisfies Record<string, Rules>;

/** Peppol's rules of what is written, which XRechnung and A-NZ have taken over. */
const WRITTEN: SyntaxRules = {
  'PEPPOL-EN16931-R001': (root) => at(root, 'cbc:ProfileID').length === 1,
  'PEPPOL-EN16931-R008': isWithoutEmpty,
  'PEPPOL-EN16931-R051': isInOneCurrency,
  'PEPPOL-EN16931-R053': (root) => at(root, 'cac:TaxTotal').filter(isBrokenDown).length === 1,
  // None without, unless it is in another currency.
  'PEPPOL-EN16931-R054': (root) => at(root, 'cac:TaxTotal').every(isBrokenDown),
  'PEPPOL-EN16931-F001': hasRealDates,
};
function isBrokenDown(total: Element): boolean {
  return at(total, 'cac:TaxSubtotal').length > 0;
}
const PROCESSES: Readonly<Record<keyof typeof USAGES, SyntaxRules>> = {
  peppol: {
    'PEPPOL-EN16931-R007': isProcess('urn:fdc:peppol.eu:2017:poacc:billing:01:1.0'),
    'PEPPOL-EN16931-P0100': isOfType('Invoice', '380'),
    'PEPPOL-EN16931-P0101': isOfType('CreditNote', '381'),
    'PEPPOL-EN16931-CL007': isInListedCurrencies,
  },
  xrechnung: {},
  'a-nz': { 'aligned-ibrp-002': isProcess('urn:peppol:bis:billing') },
};
function isProcess(process: string) {
  return (root: Element) => textAt(root, 'cbc:ProfileID') === process;
}
/** Of the codes for it, the one that we write. */
function isOfType(document: string, code: string) {
  return (root: Element) => root.name !== document || textAt(root, `cbc:${document}TypeCode`) === code;
}

/** That it has no element that UBL's part in EN 16931 has not, and in its order: UBL-CR. */
const ORDERED = 'UBL-CR';

/** The rules that a document breaks, by their official names, in the order of the tables. */
export function faultsOf(xml: string): string[] {
  const root = parseXml(xml);
  const isCii = root.name === 'rsm:CrossIndustryInvoice';
  const terms = isCii ? termsOfCii(root) : termsOfUbl(root);
  const usage = SPECIFICATIONS.find(([of]) => of.test(terms.specification ?? ''))?.[1];
  const rules: Rules = { ...CORE, ...(usage && USAGES[usage]) };
  const syntax: SyntaxRules = isCii
    ? { ...CII, 'PEPPOL-EN16931-R008': isWithoutEmpty }
    : { ...UBL, ...(usage && { ...WRITTEN, ...PROCESSES[usage] }) };
  return [...broken(rules, terms), ...broken(syntax, root), ...(isCii || isOrdered(xml) ? [] : [ORDERED])];
}

const broken = <T>(rules: Readonly<Record<string, (of: T) => boolean>>, of: T): string[] =>
  Object.entries(rules).flatMap(([id, holds]) => (holds(of) ? [] : [id]));

function isOrdered(xml: string): boolean {
  try {
    referenceForm(xml);
    return true;
  } catch {
    return false;
  }
}

/** Every rule there is here, for a test that each finds something. */
export const ALL_RULES: readonly string[] = [
  ...new Set([
    ...Object.keys(CORE),
    ...Object.values(USAGES).flatMap((rules) => Object.keys(rules)),
    ...[CII, UBL, WRITTEN, ...Object.values(PROCESSES)].flatMap((rules) => Object.keys(rules)),
    ORDERED,
  ]),
];

/**
 * What is wrong with an e-invoice in whatever it can be written in: `cii BR-01`, `ubl peppol BR-CO-10`. Nothing is checked of
 * one that cannot be written at all.
 */
export function faultsOfModel(model: EInvoice): string[] {
  const written = [
    ...(facturX(model) === undefined ? [] : [['cii', String(ciiOf(model))] as const]),
    ...UBL_FORMATS.filter((format) => obstacleTo(format, model) === undefined).map(
      (format) => [`ubl ${format}`, ublOf(model, format)] as const,
    ),
  ];
  return written.flatMap(([syntax, xml]) => faultsOf(xml).map((id) => `${syntax} ${id}`));
}
