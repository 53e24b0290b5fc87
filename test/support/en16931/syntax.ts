import { at, type Element, everyElement, first } from './element.ts';

/** A rule about elements and attributes as they are written. */
export type SyntaxRules = Readonly<Record<string, (root: Element) => boolean>>;

const atMostOnce = (from: string, name: string) => (root: Element) =>
  everyElement(root).every(({ path, element }) => !path.endsWith(from) || at(element, name).length <= 1);
const exactlyOnce = (from: string, name: string) => (root: Element) =>
  everyElement(root).every(({ path, element }) => !path.endsWith(from) || at(element, name).length === 1);

/** Whether every attribute is one that `allowed` has for its element. */
const attributesOnly = (allowed: (path: string) => string | undefined) => (root: Element) =>
  everyElement(root).every(({ path, element }) =>
    Object.keys(element.attributes).every((name) => name === allowed(path)),
  );

const HEADER = 'rsm:SupplyChainTradeTransaction';
const CII_ATTRIBUTES: readonly (readonly [RegExp, string])[] = [
  [/udt:DateTimeString$|qdt:DateTimeString$/, 'format'],
  [/ram:TaxTotalAmount$/, 'currencyID'],
  [/Quantity$/, 'unitCode'],
  [/TradeParty\/ram:URIUniversalCommunication\/ram:URIID$|ram:SpecifiedTaxRegistration\/ram:ID$/, 'schemeID'],
];
const CORRECTED = ['ram:IssuerAssignedID', 'ram:FormattedIssueDateTime'];

/**
 * Cross Industry Invoice: CII-SR, CII-DT. That there are no elements beside those of EN 16931 (CII-SR: "should not be
 * present") is for the schema of its Factur-X profile to say, which has no others.
 */
export const CII: SyntaxRules = {
  'CII-SR-009': exactlyOnce('rsm:ExchangedDocumentContext', 'ram:GuidelineSpecifiedDocumentContextParameter'),
  'CII-SR-010': exactlyOnce('ram:GuidelineSpecifiedDocumentContextParameter', 'ram:ID'),
  'CII-SR-014': exactlyOnce('rsm:ExchangedDocument', 'ram:TypeCode'),
  'CII-SR-030': atMostOnce('ram:IncludedNote', 'ram:Content'),
  'CII-SR-439': exactlyOnce('ram:NetPriceProductTradePrice', 'ram:ChargeAmount'),
  'CII-SR-452': atMostOnce('ram:ApplicableHeaderTradeSettlement', 'ram:SpecifiedTradePaymentTerms'),
  'CII-SR-453': atMostOnce('ram:SpecifiedTradePaymentTerms', 'ram:Description'),
  'CII-SR-454': exactlyOnce('ram:SpecifiedLineTradeSettlement', 'ram:ApplicableTradeTax'),
  'CII-SR-455': atMostOnce('ram:SellerTradeParty', 'ram:DefinedTradeContact'),
  'CII-SR-459': atMostOnce('ram:SellerTradeParty', 'ram:URIUniversalCommunication'),
  'CII-SR-460': atMostOnce('ram:BuyerTradeParty', 'ram:URIUniversalCommunication'),
  // Factur-X: when it was delivered, or during which time and in which country.
  'BR-FX-EN-04': (root) => {
    const trade = first(root, HEADER);
    const delivery = first(trade, 'ram:ApplicableHeaderTradeDelivery');
    const period = first(trade, 'ram:ApplicableHeaderTradeSettlement/ram:BillingSpecifiedPeriod');
    const country = first(delivery, 'ram:ShipToTradeParty/ram:PostalTradeAddress/ram:CountryID');
    return first(delivery, 'ram:ActualDeliverySupplyChainEvent') !== undefined || (!!period && !!country);
  },
  'CII-DT-001': attributesOnly((path) => CII_ATTRIBUTES.find(([of]) => of.test(path))?.[1]),
  'CII-DT-015': (root) =>
    at(root, `${HEADER}/ram:ApplicableHeaderTradeSettlement/ram:InvoiceReferencedDocument`).every(({ children }) =>
      children.every(({ name }) => CORRECTED.includes(name)),
    ),
  'CII-DT-031': (root) =>
    everyElement(root).every(
      ({ element: { name, attributes } }) =>
        !name.endsWith('Amount') || name === 'ram:TaxTotalAmount' || attributes.currencyID === undefined,
    ),
  'CII-DT-037': (root) =>
    everyElement(root).every(({ path, element }) => !path.endsWith('TradeTax/ram:TypeCode') || element.text === 'VAT'),
};

const isAmount = (path: string) => path.endsWith('Amount');
const identified = /cac:Party\/cbc:EndpointID$|cac:PartyLegalEntity\/cbc:CompanyID$/;
function ublAttribute(path: string): string | undefined {
  if (isAmount(path)) return 'currencyID';
  if (path.endsWith('Quantity')) return 'unitCode';
  return identified.test(path) ? 'schemeID' : undefined;
}
const root = (name: string) => (document: Element) => at(document, name).length <= 1;

/** UBL: UBL-SR, UBL-DT. What may not be there at all (UBL-CR) is for the reference's schema to say: see `check.ts`. */
export const UBL: SyntaxRules = {
  'UBL-SR-04': root('cbc:BuyerReference'),
  'UBL-SR-08': root('cac:InvoicePeriod'),
  'UBL-SR-09': atMostOnce('cac:AccountingSupplierParty/cac:Party', 'cac:PartyLegalEntity'),
  'UBL-SR-10': atMostOnce('cac:AccountingSupplierParty/cac:Party', 'cac:PartyName'),
  'UBL-SR-12': atMostOnce('cac:AccountingSupplierParty/cac:Party', 'cac:PartyTaxScheme'),
  'UBL-SR-18': atMostOnce('cac:AccountingCustomerParty/cac:Party', 'cac:PartyTaxScheme'),
  'UBL-SR-27': atMostOnce('cac:PaymentMeans', 'cbc:PaymentID'),
  'UBL-SR-32': atMostOnce('cac:TaxCategory', 'cbc:TaxExemptionReason'),
  'UBL-SR-36': (document) =>
    [...at(document, 'cac:InvoiceLine'), ...at(document, 'cac:CreditNoteLine')].every(
      (line) => at(line, 'cac:InvoicePeriod').length <= 1,
    ),
  'UBL-SR-48': exactlyOnce('cac:Item', 'cac:ClassifiedTaxCategory'),
  'UBL-SR-50': atMostOnce('cac:Item', 'cbc:Description'),
  'UBL-DT-01': (document) =>
    everyElement(document).every(
      ({ path, element }) =>
        !isAmount(path) || path.endsWith('PriceAmount') || (element.text.split('.')[1]?.length ?? 0) <= 2,
    ),
  'UBL-DT-08': attributesOnly(ublAttribute),
};

export const isWithoutEmpty = (document: Element): boolean =>
  everyElement(document).every(({ element: { children, text } }) => children.length > 0 || text.trim() !== '');

/** Every amount's currency is the document's. */
export const isInOneCurrency = (document: Element): boolean => {
  const currency = first(document, 'cbc:DocumentCurrencyCode')?.text;
  return everyElement(document).every(
    ({ path, element }) => !isAmount(path) || element.attributes.currencyID === currency,
  );
};

/** Every date of the document is one, written as Peppol wants it. */
export const hasRealDates = (document: Element): boolean =>
  everyElement(document).every(
    ({ element: { name, text } }) =>
      !name.endsWith('Date') || (/^\d{4}-\d\d-\d\d$/.test(text) && new Date(text).toISOString().startsWith(text)),
  );
