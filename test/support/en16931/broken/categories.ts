import type { Broken } from './documents.ts';
import { both, instead, type Mutation, within, without, withText } from './mutate.ts';

/** Within the part of the tax total, and of the lines, that are of one category. */
const ublTax = (category: string, mutate: Mutation): Mutation =>
  withinThe('cac:TaxSubtotal', `<cbc:ID>${category}</cbc:ID>`, mutate);
const ublLine = (category: string, mutate: Mutation): Mutation =>
  withinThe('cac:InvoiceLine', `<cbc:ID>${category}</cbc:ID>`, mutate);
const ciiTax = (category: string, mutate: Mutation): Mutation =>
  within(
    'ram:ApplicableHeaderTradeSettlement',
    withinThe('ram:ApplicableTradeTax', `<ram:CategoryCode>${category}<`, mutate),
  );
const ciiLine = (category: string, mutate: Mutation): Mutation =>
  withinThe('ram:IncludedSupplyChainTradeLineItem', `<ram:CategoryCode>${category}<`, mutate);

function withinThe(name: string, having: string, mutate: Mutation): Mutation {
  return (xml) => {
    const pieces = xml.match(new RegExp(`<${name}>.*?</${name}>`, 'gs')) ?? [];
    const piece = pieces.find((each) => each.includes(having));
    if (piece === undefined) throw new Error(`There is no ${name} with ${having}`);
    return instead(piece, mutate(piece))(xml);
  };
}

const gone: Mutation = () => '';
const seller = within('cac:AccountingSupplierParty', without('cac:PartyTaxScheme'));
const ciiSeller = within('ram:SellerTradeParty', without('ram:SpecifiedTaxRegistration'));
const otherBase = withText('cbc:TaxableAmount', '1.00');
const ciiBase = withText('ram:BasisAmount', '1.00');
const otherAmount = withText('cbc:TaxAmount', '5.00');
const ciiAmount = withText('ram:CalculatedAmount', '5.00');
const otherRate = withText('cbc:Percent', '5');
const ciiRate = withText('ram:RateApplicablePercent', '5');
const reasonAdded = instead('<cac:TaxScheme>', '<cbc:TaxExemptionReason>So.</cbc:TaxExemptionReason><cac:TaxScheme>');
const ciiReasonAdded = instead('<ram:BasisAmount>', '<ram:ExemptionReason>So.</ram:ExemptionReason><ram:BasisAmount>');

/** Categories of which nothing is charged, by the documents that have them. */
function untaxed(category: 'Z' | 'E', ubl: 'mixed', cii: 'ciiMixed'): Broken {
  return {
    [`BR-${category}-01`]: [
      [ubl, ublTax(category, gone)],
      [cii, ciiTax(category, (piece) => piece + piece)],
    ],
    [`BR-${category}-02`]: [
      [ubl, seller],
      [cii, ciiSeller],
    ],
    [`BR-${category}-05`]: [
      [ubl, ublLine(category, otherRate)],
      [cii, ciiLine(category, ciiRate)],
    ],
    [`BR-${category}-08`]: [
      [ubl, ublTax(category, otherBase)],
      [cii, ciiTax(category, ciiBase)],
    ],
    [`BR-${category}-09`]: [
      [ubl, ublTax(category, otherAmount)],
      [cii, ciiTax(category, ciiAmount)],
    ],
  };
}

/** A document that says of itself that no tax applies to it, as ours never do, with the IDs that such a one may not have. */
const outOfScope: Mutation = (xml) =>
  xml
    .replaceAll('<cbc:ID>AE</cbc:ID><cbc:Percent>0</cbc:Percent>', '<cbc:ID>O</cbc:ID>')
    .replace('VATEX-EU-AE', 'VATEX-EU-O');
const ciiOutOfScope: Mutation = (xml) =>
  xml
    .replaceAll('<ram:CategoryCode>AE<', '<ram:CategoryCode>O<')
    .replace('VATEX-EU-AE', 'VATEX-EU-O')
    .replaceAll('<ram:RateApplicablePercent>0</ram:RateApplicablePercent>', '');

export const BROKEN_CATEGORIES: Broken = {
  'BR-S-01': [
    ['mixed', ublTax('S', gone)],
    ['ciiMixed', ciiTax('S', gone)],
  ],
  'BR-S-02': [
    ['peppol', seller],
    ['cii', ciiSeller],
  ],
  'BR-S-05': [
    ['peppol', ublLine('S', withText('cbc:Percent', '0'))],
    ['cii', ciiLine('S', withText('ram:RateApplicablePercent', '0'))],
  ],
  'BR-S-08': [
    ['peppol', ublLine('S', otherRate)],
    ['cii', ciiTax('S', ciiBase)],
  ],
  'BR-S-09': [
    ['peppol', ublTax('S', otherAmount)],
    ['cii', ciiTax('S', ciiAmount)],
  ],
  'BR-S-10': [
    ['peppol', ublTax('S', reasonAdded)],
    ['cii', ciiTax('S', ciiReasonAdded)],
  ],
  ...untaxed('Z', 'mixed', 'ciiMixed'),
  'BR-Z-10': [
    ['mixed', ublTax('Z', reasonAdded)],
    ['ciiMixed', ciiTax('Z', ciiReasonAdded)],
  ],
  ...untaxed('E', 'mixed', 'ciiMixed'),
  'BR-E-10': [
    ['mixed', ublTax('E', without('cbc:TaxExemptionReason'))],
    ['ciiMixed', ciiTax('E', without('ram:ExemptionReason'))],
  ],
  'BR-AE-01': [
    ['reverse', ublTax('AE', gone)],
    ['ciiReverse', ciiTax('AE', gone)],
  ],
  'BR-AE-02': [
    ['reverse', within('cac:AccountingCustomerParty', without('cac:PartyTaxScheme'))],
    ['ciiReverse', ciiSeller],
  ],
  'BR-AE-05': [
    ['reverse', ublLine('AE', otherRate)],
    ['ciiReverse', ciiLine('AE', ciiRate)],
  ],
  'BR-AE-08': [
    ['reverse', ublTax('AE', otherBase)],
    ['ciiReverse', ciiTax('AE', ciiBase)],
  ],
  'BR-AE-09': [
    ['reverse', ublTax('AE', otherAmount)],
    ['ciiReverse', ciiTax('AE', ciiAmount)],
  ],
  'BR-AE-10': [
    ['reverse', ublTax('AE', both(without('cbc:TaxExemptionReason'), without('cbc:TaxExemptionReasonCode')))],
    ['ciiReverse', ciiTax('AE', both(without('ram:ExemptionReason'), without('ram:ExemptionReasonCode')))],
  ],
  'BR-O-01': [
    ['reverse', both(outOfScope, ublTax('O', gone))],
    ['ciiReverse', both(ciiOutOfScope, ciiTax('O', gone))],
  ],
  'BR-O-02': [
    ['reverse', outOfScope],
    ['ciiReverse', ciiOutOfScope],
  ],
  'BR-O-05': [['reverse', ublLine('AE', instead('<cbc:ID>AE<', '<cbc:ID>O<'))]],
  'BR-O-08': [
    ['reverse', both(outOfScope, ublTax('O', otherBase))],
    ['ciiReverse', both(ciiOutOfScope, ciiTax('O', ciiBase))],
  ],
  'BR-O-09': [
    ['reverse', both(outOfScope, ublTax('O', otherAmount))],
    ['ciiReverse', both(ciiOutOfScope, ciiTax('O', ciiAmount))],
  ],
  'BR-O-10': [
    [
      'reverse',
      both(outOfScope, ublTax('O', both(without('cbc:TaxExemptionReason'), without('cbc:TaxExemptionReasonCode')))),
    ],
  ],
  'BR-O-11': [['mixed', ublTax('Z', instead('<cbc:ID>Z<', '<cbc:ID>O<'))]],
  'BR-O-12': [['mixed', ublTax('Z', instead('<cbc:ID>Z<', '<cbc:ID>O<'))]],
};
