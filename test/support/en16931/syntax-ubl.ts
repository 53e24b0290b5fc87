import { isUblCountry } from './codes.ts';
import { at, type Element, everyElement } from './element.ts';
import {
  atMostOnce,
  attributesOnly,
  each,
  exactlyOnce,
  isAmount,
  isInListedCurrencies,
  type SyntaxRules,
} from './syntax.ts';

const SUPPLIER = 'cac:AccountingSupplierParty/cac:Party';
const CUSTOMER = 'cac:AccountingCustomerParty/cac:Party';
const identified = /cac:Party\/cbc:EndpointID$|cac:PartyLegalEntity\/cbc:CompanyID$/;
function attribute(path: string): string | undefined {
  if (isAmount(path)) return 'currencyID';
  if (path.endsWith('Quantity')) return 'unitCode';
  return identified.test(path) ? 'schemeID' : undefined;
}
const once = (path: string) => (document: Element) => at(document, path).length <= 1;
/** In all payment means together, the same. */
const alike = (path: string) => (document: Element) =>
  new Set(at(document, `cac:PaymentMeans/${path}`).map(({ text }) => text.trim())).size <= 1;
const linesOf = (document: Element) => [...at(document, 'cac:InvoiceLine'), ...at(document, 'cac:CreditNoteLine')];

/** UBL: UBL-SR, UBL-DT. What may not be there at all (UBL-CR) is for the reference's schema to say: see `check.ts`. */
export const UBL: SyntaxRules = {
  'BR-66': once('cac:PaymentMeans/cac:CardAccount'),
  'BR-CL-03': isInListedCurrencies,
  'BR-CL-14': each('cbc:IdentificationCode', isUblCountry),
  'UBL-SR-05': atMostOnce('cac:PaymentTerms', 'cbc:Note'),
  'UBL-SR-06': atMostOnce('cac:BillingReference', 'cac:InvoiceDocumentReference'),
  'UBL-SR-07': exactlyOnce('cac:InvoiceDocumentReference', 'cbc:ID'),
  'UBL-SR-08': once('cac:InvoicePeriod'),
  'UBL-SR-09': once(`${SUPPLIER}/cac:PartyLegalEntity/cbc:RegistrationName`),
  'UBL-SR-10': once(`${SUPPLIER}/cac:PartyName/cbc:Name`),
  'UBL-SR-11': once(`${SUPPLIER}/cac:PartyLegalEntity/cbc:CompanyID`),
  'UBL-SR-12': once(`${SUPPLIER}/cac:PartyTaxScheme/cbc:CompanyID`),
  'UBL-SR-15': once(`${CUSTOMER}/cac:PartyLegalEntity/cbc:RegistrationName`),
  'UBL-SR-17': once(`${CUSTOMER}/cac:PartyLegalEntity/cbc:CompanyID`),
  'UBL-SR-18': once(`${CUSTOMER}/cac:PartyTaxScheme/cbc:CompanyID`),
  'UBL-SR-26': atMostOnce('cac:PaymentMeans', 'cbc:PaymentID'),
  'UBL-SR-32': atMostOnce('cac:TaxCategory', 'cbc:TaxExemptionReason'),
  'UBL-SR-36': (document) => linesOf(document).every((line) => at(line, 'cac:InvoicePeriod').length <= 1),
  'UBL-SR-40': once(`${CUSTOMER}/cac:PartyName/cbc:Name`),
  'UBL-SR-42': (document) => at(document, `${SUPPLIER}/cac:PartyTaxScheme`).length <= 2,
  'UBL-SR-44': alike('cbc:PaymentID'),
  'UBL-SR-45': once('cac:PaymentMeans/cbc:PaymentDueDate'),
  'UBL-SR-47': alike('cbc:PaymentMeansCode'),
  'UBL-SR-48': exactlyOnce('cac:Item', 'cac:ClassifiedTaxCategory'),
  'UBL-SR-50': atMostOnce('cac:Item', 'cbc:Description'),
  'UBL-SR-53': (document) =>
    exactlyOnce('cac:PartyTaxScheme', 'cbc:CompanyID')(document) &&
    exactlyOnce('cac:PartyTaxScheme', 'cac:TaxScheme/cbc:ID')(document),
  'UBL-SR-54': once('cac:PaymentMeans/cac:CardAccount'),
  'UBL-DT-01': (document) =>
    everyElement(document).every(
      ({ path, element }) =>
        !isAmount(path) || path.endsWith('PriceAmount') || (element.text.split('.')[1]?.length ?? 0) <= 2,
    ),
  'UBL-DT-08': attributesOnly(attribute),
};
