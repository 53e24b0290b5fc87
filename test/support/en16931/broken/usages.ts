import { AMONG_GERMANS } from '../xrechnung.ts';
import type { Broken } from './documents.ts';
import {
  both,
  followedBy,
  instead,
  type Mutation,
  twice,
  withAttributes,
  within,
  without,
  withText,
} from './mutate.ts';

const SUPPLIER = 'cac:AccountingSupplierParty';
const CUSTOMER = 'cac:AccountingCustomerParty';
const LINE = 'cac:InvoiceLine';
const CONTACT = 'cac:Contact';
const MANDATE = '<cac:PaymentMandate><cbc:ID>M-1</cbc:ID></cac:PaymentMandate>';
const ACCOUNT = '<cac:PayeeFinancialAccount><cbc:ID>IE90NWTL93115212345678</cbc:ID></cac:PayeeFinancialAccount>';
const CARD = '<cac:CardAccount><cbc:PrimaryAccountNumberID>4242</cbc:PrimaryAccountNumberID></cac:CardAccount>';
const TOTAL = '<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">1.00</cbc:TaxAmount></cac:TaxTotal>';
const addressed = (scheme: string, id: string) =>
  within(CUSTOMER, both(withText('cbc:EndpointID', id), withAttributes('cbc:EndpointID', ` schemeID="${scheme}"`)));
const soldFrom = (country: string, vatId: string, mutate: Mutation = (xml) => xml) =>
  within(
    SUPPLIER,
    both(
      withText('cbc:IdentificationCode', country),
      within('cac:PartyTaxScheme', withText('cbc:CompanyID', vatId)),
      mutate,
    ),
  );

export const BROKEN_PEPPOL: Broken = {
  'PEPPOL-EN16931-R001': [['peppol', without('cbc:ProfileID')]],
  'PEPPOL-EN16931-R002': [['note', twice('cbc:Note')]],
  'PEPPOL-EN16931-R003': [['peppol', without('cbc:BuyerReference')]],
  'PEPPOL-EN16931-R004': [['peppol', instead('billing:3.0<', 'billing:3.1<')]],
  'PEPPOL-EN16931-R007': [['peppol', withText('cbc:ProfileID', 'billing')]],
  'PEPPOL-EN16931-R008': [
    ['peppol', withText('cbc:BuyerReference', ' ')],
    ['cii', withText('ram:BuyerReference', '')],
  ],
  'PEPPOL-EN16931-R010': [['xrechnung', within(CUSTOMER, without('cbc:EndpointID'))]],
  'PEPPOL-EN16931-R020': [['xrechnung', within(SUPPLIER, without('cbc:EndpointID'))]],
  'PEPPOL-EN16931-R051': [['peppol', withAttributes('cbc:PriceAmount', ' currencyID="GBP"')]],
  'PEPPOL-EN16931-R053': [['peppol', twice('cac:TaxTotal')]],
  'PEPPOL-EN16931-R054': [['peppol', followedBy('cac:TaxTotal', TOTAL)]],
  'PEPPOL-EN16931-R061': [['peppol', withText('cbc:PaymentMeansCode', '59')]],
  'PEPPOL-EN16931-R110': [
    ['peppol', within(LINE, withText('cbc:StartDate', '2020-01-01'))],
    ['note', withText('cbc:StartDate', '2026-12-31')],
  ],
  'PEPPOL-EN16931-R111': [
    ['xrechnung', within(LINE, withText('cbc:EndDate', '2030-01-01'))],
    ['note', withText('cbc:EndDate', '2026-01-01')],
  ],
  'PEPPOL-EN16931-R120': [['peppol', withText('cbc:InvoicedQuantity', '7')]],
  'PEPPOL-EN16931-R121': [['peppol', withText('cbc:BaseQuantity', '0')]],
  'PEPPOL-EN16931-R130': [['peppol', withAttributes('cbc:BaseQuantity', ' unitCode="MIN"')]],
  'PEPPOL-EN16931-F001': [['peppol', withText('cbc:IssueDate', '2026-02-30')]],
  'PEPPOL-EN16931-CL007': [['peppol', withAttributes('cbc:PriceAmount', ' currencyID="EURO"')]],
  'PEPPOL-EN16931-CL008': [
    ['peppol', addressed('EM', 'billing@customer.example')],
    ['peppol', addressed('0213', 'FI12345671')],
  ],
  'PEPPOL-EN16931-P0100': [['peppol', withText('cbc:InvoiceTypeCode', '381')]],
  'PEPPOL-EN16931-P0101': [['note', withText('cbc:CreditNoteTypeCode', '380')]],
  'PEPPOL-EN16931-P0105': [
    [
      'mixed',
      instead(
        '<cbc:TaxExemptionReason>',
        '<cbc:TaxExemptionReasonCode>VATEX-EU-O</cbc:TaxExemptionReasonCode><cbc:TaxExemptionReason>',
      ),
    ],
  ],
  'PEPPOL-EN16931-P0107': [
    [
      'mixed',
      instead(
        '<cbc:TaxExemptionReason>',
        '<cbc:TaxExemptionReasonCode>VATEX-EU-AE</cbc:TaxExemptionReasonCode><cbc:TaxExemptionReason>',
      ),
    ],
  ],
  'PEPPOL-COMMON-R042': [['peppol', addressed('0184', '12345678')]],
  'PEPPOL-COMMON-R047': [['peppol', addressed('0211', 'IT12345678901')]],
  'PEPPOL-COMMON-R049': [['peppol', addressed('0007', '5566778890')]],
  'PEPPOL-COMMON-R050': [['australian', within(SUPPLIER, withText('cbc:EndpointID', '57748616786'))]],
  'PEPPOL-COMMON-R056-1': [['peppol', addressed('9944', '12345678B01')]],
  'PEPPOL-COMMON-R056-2': [['peppol', soldFrom('NL', 'NL12345678B01')]],
  'DK-R-002': [['peppol', soldFrom('DK', 'DK12345674')]],
  'GR-R-001': [['peppol', soldFrom('CY', 'EL123456783')]],
  'NL-R-008': [['peppol', soldFrom('NL', 'NL123456789B01')]],
  'IT-R-002': [['peppol', soldFrom('IT', 'IT12345670017', without('cbc:StreetName'))]],
  'IT-R-003': [['peppol', soldFrom('IT', 'IT12345670017', without('cbc:CityName'))]],
  'IT-R-004': [['peppol', soldFrom('IT', 'IT12345670017', without('cbc:PostalZone'))]],
  'SE-R-001': [['peppol', soldFrom('SE', 'SE5566778899')]],
  'SE-R-006': [['peppol', soldFrom('SE', 'SE556677889901')]],
};

export const BROKEN_XRECHNUNG: Broken = {
  'BR-DE-1': [['xrechnung', without('cac:PaymentMeans')]],
  'BR-DE-2': [['xrechnung', without(CONTACT)]],
  'BR-DE-3': [['xrechnung', within(SUPPLIER, without('cbc:CityName'))]],
  'BR-DE-4': [['xrechnung', within(SUPPLIER, without('cbc:PostalZone'))]],
  'BR-DE-5': [['xrechnung', within(CONTACT, without('cbc:Name'))]],
  'BR-DE-6': [['xrechnung', without('cbc:Telephone')]],
  'BR-DE-7': [['xrechnung', without('cbc:ElectronicMail')]],
  'BR-DE-8': [['xrechnung', within(CUSTOMER, without('cbc:CityName'))]],
  'BR-DE-9': [['xrechnung', within(CUSTOMER, without('cbc:PostalZone'))]],
  'BR-DE-14': [['xrechnung', within('cac:TaxCategory', without('cbc:Percent'))]],
  'BR-DE-15': [['xrechnung', without('cbc:BuyerReference')]],
  'BR-DE-16': [['xrechnung', within(SUPPLIER, without('cac:PartyTaxScheme'))]],
  'BR-DE-17': [['xrechnung', withText('cbc:InvoiceTypeCode', '383')]],
  'BR-DE-18': [['xrechnung', within('cac:PaymentTerms', withText('cbc:Note', '#2 % off within a week'))]],
  'BR-DE-19': [['xrechnung', within('cac:PayeeFinancialAccount', withText('cbc:ID', 'IE00NWTL93115212345678'))]],
  'BR-DE-21': [['xrechnung', instead('xrechnung_3.0<', 'xrechnung_2.3<')]],
  'BR-DE-23-a': [['xrechnung', without('cac:PayeeFinancialAccount')]],
  'BR-DE-23-b': [['xrechnung', instead('<cac:PayeeFinancialAccount>', `${CARD}<cac:PayeeFinancialAccount>`)]],
  'BR-DE-24-a': [['reverse', without('cac:CardAccount')]],
  'BR-DE-24-b': [
    ['reverse', followedBy('cac:CardAccount', ACCOUNT)],
    ['reverse', followedBy('cac:CardAccount', MANDATE)],
  ],
  'BR-DE-27': [['xrechnung', withText('cbc:Telephone', 'see website')]],
  'BR-DE-28': [['xrechnung', withText('cbc:ElectronicMail', 'billing at example.com')]],
  'BR-DE-TMP-32': [['xrechnung', both(without('cac:InvoicePeriod'), within(LINE, without('cac:InvoicePeriod')))]],
};

/** The same between a German seller and a German buyer through Peppol. */
export const BROKEN_AMONG_GERMANS: Broken = Object.fromEntries(
  Object.entries(AMONG_GERMANS).map(([id, same]) => [
    id,
    BROKEN_XRECHNUNG[same]!.map(
      ([name, mutate]) => [name === 'reverse' ? 'domesticCard' : 'domestic', mutate] as const,
    ),
  ]),
);

export const BROKEN_A_NZ: Broken = {
  'aligned-ibr-001-aunz': [['australian', within(SUPPLIER, within('cac:PartyLegalEntity', without('cbc:CompanyID')))]],
  'aligned-ibr-004-aunz': [['australian', within(CUSTOMER, within('cac:PartyLegalEntity', without('cbc:CompanyID')))]],
  'aligned-ibrp-001-aunz': [['australian', instead('@aunz-1', '@sg-1')]],
  'aligned-ibrp-002': [['australian', withText('cbc:ProfileID', 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0')]],
  'aligned-ibrp-003': [['australian', without('cbc:BuyerReference')]],
  'aligned-ibrp-018': [['australian', withText('cbc:PaymentMeansCode', '30')]],
  'aligned-ibrp-053': [['australian', withText('cbc:InvoicedQuantity', '7')]],
  'aligned-ibrp-061': [['australian', both(without('cbc:DueDate'), without('cac:PaymentTerms'))]],
  'aligned-ibrp-cl-01-aunz': [['australian', within('cac:TaxCategory', withText('cbc:ID', 'AE'))]],
  'ibr-080': [['australian', within(CUSTOMER, without('cbc:EndpointID'))]],
  'ibr-081': [['australian', within(SUPPLIER, without('cbc:EndpointID'))]],
  'ibr-085': [['australian', within(LINE, withText('cbc:StartDate', '2020-01-01'))]],
  'ibr-086': [['australian', within(LINE, withText('cbc:EndDate', '2030-01-01'))]],
  'ibr-087': [['australian', withText('cbc:BaseQuantity', '0')]],
  'ibr-088': [['australian', withAttributes('cbc:BaseQuantity', ' unitCode="MIN"')]],
  'ibr-120': [['australian', within(SUPPLIER, withText('cbc:EndpointID', '57748616786'))]],
  'ibr-sr-51': [['australian', followedBy('cbc:InvoiceTypeCode', '<cbc:Note>1</cbc:Note><cbc:Note>2</cbc:Note>')]],
};
