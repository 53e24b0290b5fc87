import type { Broken } from './documents.ts';
import { both, instead, withAttributes, within, without, withText } from './mutate.ts';

const LINE = 'cac:InvoiceLine';
const ITEM = 'ram:IncludedSupplyChainTradeLineItem';
const SUPPLIER = 'cac:AccountingSupplierParty';
const SUMS = 'cac:LegalMonetaryTotal';
const CII_SUMS = 'ram:SpecifiedTradeSettlementHeaderMonetarySummation';
const SETTLEMENT = 'ram:ApplicableHeaderTradeSettlement';

/** Of each rule of what must follow from what. */
export const BROKEN_CONDITIONS: Broken = {
  'BR-CO-04': [
    ['peppol', within('cac:ClassifiedTaxCategory', without('cbc:ID'))],
    ['cii', within(ITEM, without('ram:CategoryCode'))],
  ],
  'BR-CO-09': [
    ['peppol', within('cac:PartyTaxScheme', withText('cbc:CompanyID', '4320346LH'))],
    ['peppol', within('cac:PartyTaxScheme', withText('cbc:CompanyID', 'EU372000001'))],
    ['ciiReverse', within('ram:BuyerTradeParty', within('ram:SpecifiedTaxRegistration', instead('DE', '')))],
  ],
  'BR-CO-10': [
    ['peppol', within(LINE, withText('cbc:LineExtensionAmount', '0.01'))],
    ['cii', within(ITEM, withText('ram:LineTotalAmount', '0.01'))],
  ],
  'BR-CO-13': [
    ['peppol', withText('cbc:TaxExclusiveAmount', '0.01')],
    ['cii', withText('ram:TaxBasisTotalAmount', '0.01')],
  ],
  'BR-CO-14': [
    ['note', within('cac:TaxTotal', withText('cbc:TaxAmount', '0.01'))],
    ['cii', withText('ram:TaxTotalAmount', '0.01')],
  ],
  'BR-CO-15': [
    ['note', withText('cbc:TaxInclusiveAmount', '0.01')],
    ['cii', withAttributes('ram:TaxTotalAmount', ' currencyID="USD"')],
  ],
  'BR-CO-16': [
    ['peppol', withText('cbc:PayableAmount', '0.01')],
    ['cii', without('ram:TotalPrepaidAmount')],
  ],
  'BR-CO-17': [
    ['peppol', within('cac:TaxSubtotal', withText('cbc:TaxAmount', '0.01'))],
    ['cii', withText('ram:CalculatedAmount', '0.01')],
  ],
  'BR-CO-18': [
    ['peppol', without('cac:TaxSubtotal')],
    ['cii', within(SETTLEMENT, without('ram:ApplicableTradeTax'))],
  ],
  'BR-CO-19': [
    ['peppol', withText('cac:InvoicePeriod', '')],
    ['cii', within(SETTLEMENT, withText('ram:BillingSpecifiedPeriod', ''))],
  ],
  'BR-CO-20': [
    ['peppol', within(LINE, withText('cac:InvoicePeriod', ''))],
    ['cii', within(ITEM, withText('ram:BillingSpecifiedPeriod', ''))],
  ],
  'BR-CO-25': [
    ['peppol', both(without('cbc:DueDate'), without('cac:PaymentTerms'))],
    ['cii', without('ram:SpecifiedTradePaymentTerms')],
    ['note', without('cac:PaymentTerms')],
  ],
  'BR-CO-26': [
    ['peppol', within(SUPPLIER, without('cac:PartyTaxScheme'))],
    ['cii', within('ram:SellerTradeParty', without('ram:SpecifiedTaxRegistration'))],
  ],
};

const longer = (name: string) => (xml: string) => {
  const [, amount] = new RegExp(`<${name}[^>]*>([^<]*)<`).exec(xml)!;
  return withText(name, `${amount}0`)(xml);
};

/** Amounts of three decimals. */
export const BROKEN_DECIMALS: Broken = {
  'BR-DEC-09': [
    ['peppol', within(SUMS, longer('cbc:LineExtensionAmount'))],
    ['cii', within(CII_SUMS, longer('ram:LineTotalAmount'))],
  ],
  'BR-DEC-12': [
    ['peppol', longer('cbc:TaxExclusiveAmount')],
    ['cii', longer('ram:TaxBasisTotalAmount')],
  ],
  'BR-DEC-13': [
    ['peppol', within('cac:TaxTotal', longer('cbc:TaxAmount'))],
    ['cii', longer('ram:TaxTotalAmount')],
  ],
  'BR-DEC-14': [
    ['peppol', longer('cbc:TaxInclusiveAmount')],
    ['cii', longer('ram:GrandTotalAmount')],
  ],
  'BR-DEC-16': [
    ['xrechnung', longer('cbc:PrepaidAmount')],
    ['cii', longer('ram:TotalPrepaidAmount')],
  ],
  'BR-DEC-18': [
    ['peppol', longer('cbc:PayableAmount')],
    ['cii', longer('ram:DuePayableAmount')],
  ],
  'BR-DEC-19': [
    ['peppol', longer('cbc:TaxableAmount')],
    ['cii', longer('ram:BasisAmount')],
  ],
  'BR-DEC-20': [
    ['peppol', within('cac:TaxSubtotal', longer('cbc:TaxAmount'))],
    ['cii', longer('ram:CalculatedAmount')],
  ],
  'BR-DEC-23': [
    ['peppol', within(LINE, longer('cbc:LineExtensionAmount'))],
    ['cii', within(ITEM, longer('ram:LineTotalAmount'))],
  ],
};

/** Codes that are in no list, or in none that we use. */
export const BROKEN_CODES: Broken = {
  'BR-CL-01': [
    ['peppol', withText('cbc:InvoiceTypeCode', '999')],
    ['cii', within('rsm:ExchangedDocument', withText('ram:TypeCode', '999'))],
  ],
  'BR-CL-04': [
    ['peppol', withText('cbc:DocumentCurrencyCode', 'EURO')],
    ['cii', withText('ram:InvoiceCurrencyCode', 'EURO')],
  ],
  'BR-CL-08': [['reverse', withText('cbc:Note', 'Seat #12')]],
  'BR-CL-11': [['australian', instead('<cbc:CompanyID schemeID="0151"', '<cbc:CompanyID schemeID="ABN"')]],
  'BR-CL-16': [
    ['peppol', withText('cbc:PaymentMeansCode', 'card')],
    ['cii', within('ram:SpecifiedTradeSettlementPaymentMeans', withText('ram:TypeCode', 'card'))],
  ],
  'BR-CL-17': [
    ['peppol', within('cac:TaxCategory', withText('cbc:ID', 'X'))],
    ['cii', within(SETTLEMENT, withText('ram:CategoryCode', 'X'))],
  ],
  'BR-CL-18': [
    ['peppol', within('cac:ClassifiedTaxCategory', withText('cbc:ID', 'X'))],
    ['cii', within(ITEM, withText('ram:CategoryCode', 'X'))],
  ],
  'BR-CL-22': [
    ['reverse', withText('cbc:TaxExemptionReasonCode', 'AE')],
    ['ciiReverse', withText('ram:ExemptionReasonCode', 'AE')],
  ],
  'BR-CL-23': [
    ['peppol', withAttributes('cbc:InvoicedQuantity', ' unitCode="pcs"')],
    ['cii', withAttributes('ram:BilledQuantity', ' unitCode="pcs"')],
  ],
  'BR-CL-25': [
    ['peppol', withAttributes('cbc:EndpointID', ' schemeID="9999"')],
    ['cii', within('ram:URIUniversalCommunication', withAttributes('ram:URIID', ' schemeID="9999"'))],
  ],
};
