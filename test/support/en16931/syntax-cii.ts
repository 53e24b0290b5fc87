import { isCiiCountry } from './codes.ts';
import { at, type Element, everyElement, first } from './element.ts';
import {
  atMostOnce,
  attributesOnly,
  each,
  exactlyOnce,
  isInListedCurrencies,
  isRealDate,
  type SyntaxRules,
} from './syntax.ts';

const TRADE = 'rsm:SupplyChainTradeTransaction';
const SETTLEMENT = 'ram:ApplicableHeaderTradeSettlement';
const SUMS = 'ram:SpecifiedTradeSettlementHeaderMonetarySummation';
const MEANS = `${TRADE}/${SETTLEMENT}/ram:SpecifiedTradeSettlementPaymentMeans`;
const ATTRIBUTES: readonly (readonly [RegExp, string])[] = [
  [/udt:DateTimeString$|qdt:DateTimeString$/, 'format'],
  [/ram:TaxTotalAmount$/, 'currencyID'],
  [/Quantity$/, 'unitCode'],
  [/TradeParty\/ram:URIUniversalCommunication\/ram:URIID$|ram:SpecifiedTaxRegistration\/ram:ID$/, 'schemeID'],
];
const CONTACT = `${TRADE}/ram:ApplicableHeaderTradeAgreement/ram:SellerTradeParty/ram:DefinedTradeContact`;
const has = (root: Element, name: string) => first(root, `${CONTACT}/${name}`) !== undefined;
const CORRECTED = ['ram:IssuerAssignedID', 'ram:FormattedIssueDateTime'];
const isDate = ({ text, attributes }: Element) =>
  attributes.format === '102' && /^\d{8}$/.test(text) && isRealDate(text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'));

/**
 * Cross Industry Invoice: CII-SR, CII-DT. That there are no elements beside those of EN 16931 (CII-SR: "should not be
 * present") is for the schema of its Factur-X profile to say, which has no others.
 */
export const CII: SyntaxRules = {
  'BR-57': exactlyOnce('ram:ShipToTradeParty/ram:PostalTradeAddress', 'ram:CountryID'),
  'BR-CL-03': isInListedCurrencies,
  'BR-CL-14': each('ram:CountryID', isCiiCountry),
  'CII-SR-009': exactlyOnce('rsm:ExchangedDocumentContext', 'ram:GuidelineSpecifiedDocumentContextParameter'),
  'CII-SR-010': exactlyOnce('ram:GuidelineSpecifiedDocumentContextParameter', 'ram:ID'),
  'CII-SR-014': exactlyOnce('rsm:ExchangedDocument', 'ram:TypeCode'),
  'CII-SR-030': atMostOnce('ram:IncludedNote', 'ram:Content'),
  'CII-SR-439': exactlyOnce('ram:NetPriceProductTradePrice', 'ram:ChargeAmount'),
  'CII-SR-441': atMostOnce('ram:SpecifiedLineTradeAgreement', 'ram:NetPriceProductTradePrice/ram:ChargeAmount'),
  'CII-SR-452': atMostOnce(SETTLEMENT, 'ram:SpecifiedTradePaymentTerms'),
  'CII-SR-453': atMostOnce('ram:SpecifiedTradePaymentTerms', 'ram:Description'),
  'CII-SR-454': exactlyOnce('ram:SpecifiedLineTradeSettlement', 'ram:ApplicableTradeTax'),
  'CII-SR-455': atMostOnce('ram:SellerTradeParty', 'ram:DefinedTradeContact'),
  'CII-SR-459': atMostOnce('ram:SellerTradeParty', 'ram:URIUniversalCommunication'),
  'CII-SR-460': atMostOnce('ram:BuyerTradeParty', 'ram:URIUniversalCommunication'),
  'CII-SR-461': atMostOnce(SETTLEMENT, 'ram:ApplicableTradeTax/ram:TaxPointDate'),
  // A contact is a person or a department.
  'CII-SR-465': (root) => !(has(root, 'ram:PersonName') && has(root, 'ram:DepartmentName')),
  'CII-SR-467': (root) => new Set(at(root, `${MEANS}/ram:TypeCode`).map(({ text }) => text.trim())).size <= 1,
  'CII-SR-469': atMostOnce(SETTLEMENT, 'ram:PaymentReference'),
  'CII-SR-470': (root) =>
    at(root, MEANS).every((means) => {
      const account = first(means, 'ram:PayeePartyCreditorFinancialAccount');
      const isTransfer = /^(30|58)$/.test(first(means, 'ram:TypeCode')?.text ?? '');
      return !isTransfer || (first(account, 'ram:IBANID') ?? first(account, 'ram:ProprietaryID')) !== undefined;
    }),
  'CII-SR-477': atMostOnce(SUMS, 'ram:LineTotalAmount'),
  'CII-SR-480': atMostOnce(SUMS, 'ram:TaxBasisTotalAmount'),
  'CII-SR-482': atMostOnce(SUMS, 'ram:GrandTotalAmount'),
  'CII-SR-484': atMostOnce(SUMS, 'ram:TotalPrepaidAmount'),
  'CII-SR-487': atMostOnce(SUMS, 'ram:DuePayableAmount'),
  // Factur-X: when it was delivered, or during which time and in which country.
  'BR-FX-EN-04': (root) => {
    const trade = first(root, TRADE);
    const delivery = first(trade, 'ram:ApplicableHeaderTradeDelivery');
    const period = first(trade, `${SETTLEMENT}/ram:BillingSpecifiedPeriod`);
    const country = first(delivery, 'ram:ShipToTradeParty/ram:PostalTradeAddress/ram:CountryID');
    return first(delivery, 'ram:ActualDeliverySupplyChainEvent') !== undefined || (!!period && !!country);
  },
  'CII-DT-001': attributesOnly((path) => ATTRIBUTES.find(([of]) => of.test(path))?.[1]),
  'CII-DT-015': (root) =>
    at(root, `${TRADE}/${SETTLEMENT}/ram:InvoiceReferencedDocument`).every(({ children }) =>
      children.every(({ name }) => CORRECTED.includes(name)),
    ),
  'CII-DT-031': (root) =>
    everyElement(root).every(
      ({ element: { name, attributes } }) =>
        !name.endsWith('Amount') || name === 'ram:TaxTotalAmount' || attributes.currencyID === undefined,
    ),
  'CII-DT-037': (root) =>
    everyElement(root).every(({ path, element }) => !path.endsWith('TradeTax/ram:TypeCode') || element.text === 'VAT'),
  'CII-DT-097': (root) =>
    everyElement(root).every(({ element }) => !element.name.endsWith(':DateTimeString') || isDate(element)),
};
