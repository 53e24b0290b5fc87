import type { Broken } from './documents.ts';
import { both, followedBy, instead, twice, withAttributes, within, without, withText } from './mutate.ts';

const SUPPLIER = 'cac:AccountingSupplierParty';
const CUSTOMER = 'cac:AccountingCustomerParty';
const LINE = 'cac:InvoiceLine';
const SUMS = 'ram:SpecifiedTradeSettlementHeaderMonetarySummation';
const POINT = '<ram:TaxPointDate/>';
const DUE = '<cbc:PaymentDueDate>2026-12-31</cbc:PaymentDueDate>';
const MEANS =
  '<cac:PaymentMeans><cbc:PaymentMeansCode>42</cbc:PaymentMeansCode><cbc:PaymentID>other</cbc:PaymentID></cac:PaymentMeans>';
const ofParty = (party: string, within_: string, name: string) => within(party, within(within_, twice(name)));

/** Elements too often, in another order, or with attributes that no receiver reads. */
export const BROKEN_SYNTAX: Broken = {
  'BR-57': [['cii', within('ram:ShipToTradeParty', without('ram:CountryID'))]],
  'BR-66': [['reverse', twice('cac:CardAccount')]],
  'BR-CL-03': [
    ['cii', withAttributes('ram:TaxTotalAmount', ' currencyID="EURO"')],
    ['peppol', withAttributes('cbc:PriceAmount', ' currencyID="EURO"')],
  ],
  'BR-CL-14': [
    ['peppol', withText('cbc:IdentificationCode', 'UK')],
    ['peppol', within(CUSTOMER, withText('cbc:IdentificationCode', 'AN'))],
    ['cii', withText('ram:CountryID', 'UK')],
    ['cii', within('ram:BuyerTradeParty', withText('ram:CountryID', 'SS'))],
    ['cii', within('ram:ShipToTradeParty', withText('ram:CountryID', 'XK'))],
  ],
  'CII-SR-009': [['cii', twice('ram:GuidelineSpecifiedDocumentContextParameter')]],
  'CII-SR-010': [['cii', twice('ram:ID')]],
  'CII-SR-014': [['cii', twice('ram:TypeCode')]],
  'CII-SR-030': [['ciiReverse', twice('ram:Content')]],
  'CII-SR-439': [['cii', twice('ram:ChargeAmount')]],
  'CII-SR-441': [['cii', twice('ram:NetPriceProductTradePrice')]],
  'CII-SR-452': [['cii', twice('ram:SpecifiedTradePaymentTerms')]],
  'CII-SR-453': [['cii', within('ram:SpecifiedTradePaymentTerms', twice('ram:Description'))]],
  'CII-SR-454': [['cii', twice('ram:ApplicableTradeTax')]],
  'CII-SR-455': [['cii', twice('ram:DefinedTradeContact')]],
  'CII-SR-459': [['cii', within('ram:SellerTradeParty', twice('ram:URIUniversalCommunication'))]],
  'CII-SR-460': [['cii', within('ram:BuyerTradeParty', twice('ram:URIUniversalCommunication'))]],
  'CII-SR-461': [['cii', within('ram:ApplicableHeaderTradeSettlement', followedBy('ram:CategoryCode', POINT + POINT))]],
  'CII-SR-465': [['cii', followedBy('ram:PersonName', '<ram:DepartmentName>Accounts</ram:DepartmentName>')]],
  'CII-SR-467': [
    [
      'cii',
      followedBy(
        'ram:SpecifiedTradeSettlementPaymentMeans',
        '<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>48</ram:TypeCode></ram:SpecifiedTradeSettlementPaymentMeans>',
      ),
    ],
  ],
  'CII-SR-469': [['cii', twice('ram:PaymentReference')]],
  'CII-SR-470': [
    ['cii', without('ram:IBANID')],
    ['cii', without('ram:PayeePartyCreditorFinancialAccount')],
  ],
  'CII-SR-477': [['cii', within(SUMS, twice('ram:LineTotalAmount'))]],
  'CII-SR-480': [['cii', within(SUMS, twice('ram:TaxBasisTotalAmount'))]],
  'CII-SR-482': [['cii', within(SUMS, twice('ram:GrandTotalAmount'))]],
  'CII-SR-484': [['cii', within(SUMS, twice('ram:TotalPrepaidAmount'))]],
  'CII-SR-487': [['cii', within(SUMS, twice('ram:DuePayableAmount'))]],
  'BR-FX-EN-04': [
    ['cii', withText('ram:ApplicableHeaderTradeDelivery', '')],
    ['ciiNote', within('ram:ApplicableHeaderTradeSettlement', without('ram:BillingSpecifiedPeriod'))],
  ],
  'CII-DT-001': [['cii', withAttributes('ram:LineID', ' schemeName="line"')]],
  'CII-DT-015': [['ciiNote', followedBy('ram:IssuerAssignedID', '<ram:TypeCode>380</ram:TypeCode>')]],
  'CII-DT-031': [['cii', withAttributes('ram:GrandTotalAmount', ' currencyID="EUR"')]],
  'CII-DT-037': [['cii', within('ram:ApplicableTradeTax', withText('ram:TypeCode', 'GST'))]],
  'CII-DT-097': [
    ['cii', withText('udt:DateTimeString', '2026-01-31')],
    ['cii', withText('udt:DateTimeString', '20260230')],
    ['ciiNote', withText('qdt:DateTimeString', '260131')],
  ],
  'UBL-SR-05': [['peppol', within('cac:PaymentTerms', twice('cbc:Note'))]],
  'UBL-SR-06': [['note', twice('cac:InvoiceDocumentReference')]],
  'UBL-SR-07': [['note', within('cac:InvoiceDocumentReference', without('cbc:ID'))]],
  'UBL-SR-08': [['peppol', twice('cac:InvoicePeriod')]],
  'UBL-SR-09': [['peppol', within(SUPPLIER, twice('cac:PartyLegalEntity'))]],
  'UBL-SR-10': [['peppol', within(SUPPLIER, twice('cac:PartyName'))]],
  'UBL-SR-11': [['australian', ofParty(SUPPLIER, 'cac:PartyLegalEntity', 'cbc:CompanyID')]],
  'UBL-SR-12': [['peppol', within(SUPPLIER, twice('cac:PartyTaxScheme'))]],
  'UBL-SR-15': [['peppol', ofParty(CUSTOMER, 'cac:PartyLegalEntity', 'cbc:RegistrationName')]],
  'UBL-SR-17': [['australian', ofParty(CUSTOMER, 'cac:PartyLegalEntity', 'cbc:CompanyID')]],
  'UBL-SR-18': [['peppol', within(CUSTOMER, twice('cac:PartyTaxScheme'))]],
  'UBL-SR-26': [['peppol', twice('cbc:PaymentID')]],
  'UBL-SR-32': [['reverse', twice('cbc:TaxExemptionReason')]],
  'UBL-SR-36': [['peppol', within(LINE, twice('cac:InvoicePeriod'))]],
  'UBL-SR-40': [['peppol', within(CUSTOMER, twice('cac:PartyName'))]],
  'UBL-SR-42': [['peppol', within(SUPPLIER, both(twice('cac:PartyTaxScheme'), twice('cac:PartyTaxScheme')))]],
  'UBL-SR-44': [['peppol', followedBy('cac:PaymentMeans', MEANS)]],
  'UBL-SR-45': [['note', followedBy('cbc:PaymentMeansCode', DUE + DUE)]],
  'UBL-SR-47': [['peppol', followedBy('cac:PaymentMeans', MEANS)]],
  'UBL-SR-48': [['peppol', twice('cac:ClassifiedTaxCategory')]],
  'UBL-SR-50': [['peppol', twice('cbc:Description')]],
  'UBL-SR-53': [
    ['peppol', within('cac:PartyTaxScheme', without('cbc:CompanyID'))],
    ['peppol', within('cac:PartyTaxScheme', without('cac:TaxScheme'))],
  ],
  'UBL-SR-54': [['reverse', twice('cac:CardAccount')]],
  'UBL-DT-01': [['note', withText('cbc:PayableAmount', '1.234')]],
  'UBL-DT-08': [['peppol', withAttributes('cbc:ID', ' schemeName="invoice"')]],
  'UBL-CR': [
    ['peppol', followedBy('cbc:ID', '<cbc:UUID>1</cbc:UUID>')],
    ['note', followedBy('cbc:IssueDate', '<cbc:DueDate>2026-12-31</cbc:DueDate>')],
    ['peppol', instead('<cbc:IssueDate>', '<cbc:DueDate>2026-12-31</cbc:DueDate><cbc:IssueDate>')],
  ],
};
