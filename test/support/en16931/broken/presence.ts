import type { Broken } from './documents.ts';
import { instead, withAttributes, within, without, withText } from './mutate.ts';

const LINE = 'cac:InvoiceLine';
const ITEM = 'ram:IncludedSupplyChainTradeLineItem';
const SUPPLIER = 'cac:AccountingSupplierParty';
const CUSTOMER = 'cac:AccountingCustomerParty';
const SUMS = 'cac:LegalMonetaryTotal';
const CII_SUMS = 'ram:SpecifiedTradeSettlementHeaderMonetarySummation';
const SETTLEMENT = 'ram:ApplicableHeaderTradeSettlement';

/** Of each rule that an invoice must keep to have what EN 16931 wants: documents without it, or with something else. */
export const BROKEN_PRESENCE: Broken = {
  'BR-01': [
    ['peppol', without('cbc:CustomizationID')],
    ['cii', within('rsm:ExchangedDocumentContext', without('ram:ID'))],
  ],
  'BR-02': [
    ['peppol', without('cbc:ID')],
    ['cii', within('rsm:ExchangedDocument', without('ram:ID'))],
  ],
  'BR-03': [
    ['peppol', without('cbc:IssueDate')],
    ['cii', within('ram:IssueDateTime', instead('"102"', '"610"'))],
  ],
  'BR-04': [
    ['note', without('cbc:CreditNoteTypeCode')],
    ['cii', within('rsm:ExchangedDocument', without('ram:TypeCode'))],
  ],
  'BR-05': [
    ['peppol', without('cbc:DocumentCurrencyCode')],
    ['cii', without('ram:InvoiceCurrencyCode')],
  ],
  'BR-06': [
    ['peppol', within(SUPPLIER, without('cbc:RegistrationName'))],
    ['cii', within('ram:SellerTradeParty', without('ram:Name'))],
  ],
  'BR-07': [
    ['peppol', within(CUSTOMER, without('cbc:RegistrationName'))],
    ['cii', within('ram:BuyerTradeParty', withText('ram:Name', ' '))],
  ],
  'BR-08': [
    ['peppol', within(SUPPLIER, without('cac:PostalAddress'))],
    ['cii', within('ram:SellerTradeParty', without('ram:PostalTradeAddress'))],
  ],
  'BR-09': [
    ['peppol', within(SUPPLIER, without('cac:Country'))],
    ['cii', within('ram:SellerTradeParty', without('ram:CountryID'))],
  ],
  'BR-10': [
    ['peppol', within(CUSTOMER, without('cac:PostalAddress'))],
    ['cii', within('ram:BuyerTradeParty', without('ram:PostalTradeAddress'))],
  ],
  'BR-11': [
    ['peppol', within(CUSTOMER, without('cac:Country'))],
    ['cii', within('ram:BuyerTradeParty', without('ram:CountryID'))],
  ],
  'BR-12': [
    ['peppol', within(SUMS, without('cbc:LineExtensionAmount'))],
    ['cii', within(CII_SUMS, without('ram:LineTotalAmount'))],
  ],
  'BR-13': [
    ['peppol', without('cbc:TaxExclusiveAmount')],
    ['cii', without('ram:TaxBasisTotalAmount')],
  ],
  'BR-14': [
    ['peppol', without('cbc:TaxInclusiveAmount')],
    ['cii', without('ram:GrandTotalAmount')],
  ],
  'BR-15': [
    ['peppol', without('cbc:PayableAmount')],
    ['cii', without('ram:DuePayableAmount')],
  ],
  'BR-16': [
    ['peppol', (xml) => xml.replaceAll(/<cac:InvoiceLine>.*?<\/cac:InvoiceLine>/gs, '')],
    ['cii', (xml) => xml.replaceAll(/<ram:IncludedSupply.*<\/ram:IncludedSupplyChainTradeLineItem>/gs, '')],
  ],
  'BR-21': [
    ['peppol', within(LINE, without('cbc:ID'))],
    ['cii', without('ram:LineID')],
  ],
  'BR-22': [
    ['note', without('cbc:CreditedQuantity')],
    ['cii', without('ram:BilledQuantity')],
  ],
  'BR-23': [
    ['peppol', withAttributes('cbc:InvoicedQuantity')],
    ['cii', withAttributes('ram:BilledQuantity')],
  ],
  'BR-24': [
    ['peppol', within(LINE, without('cbc:LineExtensionAmount'))],
    ['cii', within(ITEM, without('ram:LineTotalAmount'))],
  ],
  'BR-25': [
    ['peppol', within(LINE, without('cbc:Name'))],
    ['cii', within(ITEM, without('ram:Name'))],
  ],
  'BR-26': [
    ['peppol', without('cbc:PriceAmount')],
    ['cii', without('ram:ChargeAmount')],
  ],
  'BR-27': [
    ['peppol', withText('cbc:PriceAmount', '-1.00')],
    ['cii', withText('ram:ChargeAmount', '-1.00')],
  ],
  'BR-29': [
    ['peppol', withText('cbc:EndDate', '2020-01-01')],
    ['cii', within(SETTLEMENT, within('ram:EndDateTime', instead('2026', '2020')))],
  ],
  'BR-30': [
    ['peppol', within(LINE, withText('cbc:EndDate', '2020-01-01'))],
    ['cii', within(ITEM, within('ram:EndDateTime', instead('2026', '2020')))],
  ],
  'BR-45': [
    ['peppol', without('cbc:TaxableAmount')],
    ['cii', without('ram:BasisAmount')],
  ],
  'BR-46': [
    ['peppol', within('cac:TaxSubtotal', without('cbc:TaxAmount'))],
    ['cii', without('ram:CalculatedAmount')],
  ],
  'BR-47': [
    ['peppol', within('cac:TaxCategory', withText('cac:TaxScheme', '<cbc:ID>GST</cbc:ID>'))],
    ['cii', within(SETTLEMENT, without('ram:CategoryCode'))],
  ],
  'BR-48': [
    ['peppol', within('cac:TaxCategory', without('cbc:Percent'))],
    ['cii', within(SETTLEMENT, without('ram:RateApplicablePercent'))],
  ],
  'BR-49': [
    ['peppol', without('cbc:PaymentMeansCode')],
    ['cii', within('ram:SpecifiedTradeSettlementPaymentMeans', without('ram:TypeCode'))],
  ],
  'BR-50': [
    ['xrechnung', within('cac:PayeeFinancialAccount', without('cbc:ID'))],
    ['cii', without('ram:IBANID')],
  ],
  'BR-51': [
    ['peppol', withText('cbc:PrimaryAccountNumberID', '4242424242424242')],
    ['ciiReverse', within('ram:ApplicableTradeSettlementFinancialCard', withText('ram:ID', '4242424242424242'))],
  ],
  'BR-55': [
    ['note', within('cac:BillingReference', without('cbc:ID'))],
    ['ciiNote', without('ram:IssuerAssignedID')],
  ],
  'BR-61': [
    ['xrechnung', without('cac:PayeeFinancialAccount')],
    ['cii', without('ram:PayeePartyCreditorFinancialAccount')],
  ],
  'BR-62': [
    ['peppol', within(SUPPLIER, withAttributes('cbc:EndpointID'))],
    ['cii', within('ram:SellerTradeParty', within('ram:URIUniversalCommunication', withAttributes('ram:URIID')))],
  ],
  'BR-63': [
    ['peppol', within(CUSTOMER, withAttributes('cbc:EndpointID'))],
    ['cii', within('ram:BuyerTradeParty', within('ram:URIUniversalCommunication', withAttributes('ram:URIID')))],
  ],
};
