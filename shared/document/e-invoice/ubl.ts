import type { ServicePeriod } from '../../domain/calendar.ts';
import { decimalText } from '../../domain/money.ts';
import type { UblFormat } from './formats.ts';
import type { EInvoice, ELine, EParty, ETax, ETaxCategory } from './model.ts';
import { element, percent, text, type Xml, xmlDocument } from './xml.ts';

/** [BT-24], [BT-23] Which rules a document keeps, and as part of which process; EN 16931 alone names none. */
const SPECIFICATIONS: Readonly<Record<UblFormat, readonly [customization: string, profile?: string]>> = {
  en16931: ['urn:cen.eu:en16931:2017'],
  peppol: [
    'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
    'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
  ],
  xrechnung: [
    'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0',
    'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
  ],
  'a-nz': ['urn:peppol:pint:billing-1@aunz-1', 'urn:peppol:bis:billing'],
};

/**
 * The Universal Business Language 2.1 of OASIS: an Invoice, or a CreditNote for what corrects one. Whether it can keep the
 * format's rules is for `obstacleTo` to say.
 */
export function ublOf(invoice: EInvoice, format: UblFormat): string {
  const [customization, profile] = SPECIFICATIONS[format];
  const root = invoice.type === 381 ? 'CreditNote' : 'Invoice';
  const money = (name: string, amount: number) =>
    text(name, decimalText(amount, invoice.currency), { currencyID: invoice.currency });
  const document = xmlDocument(
    root,
    {
      '': `urn:oasis:names:specification:ubl:schema:xsd:${root}-2`,
      cac: 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
      cbc: 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
    },
    text('cbc:CustomizationID', customization),
    text('cbc:ProfileID', profile),
    text('cbc:ID', invoice.number),
    text('cbc:IssueDate', invoice.issueDate),
    root === 'Invoice' && text('cbc:DueDate', invoice.dueDate),
    text(`cbc:${root}TypeCode`, invoice.type),
    // A number sign would begin the code of a subject (BR-CL-08).
    text('cbc:Note', invoice.notes.join('\n').replaceAll('#', '№')),
    text('cbc:DocumentCurrencyCode', invoice.currency),
    text('cbc:BuyerReference', invoice.buyerReference),
    periodOf(invoice.period),
    invoice.corrects &&
      element(
        'cac:BillingReference',
        element(
          'cac:InvoiceDocumentReference',
          text('cbc:ID', invoice.corrects.number),
          text('cbc:IssueDate', invoice.corrects.issueDate),
        ),
      ),
    element('cac:AccountingSupplierParty', partyOf(invoice.seller, invoice)),
    element('cac:AccountingCustomerParty', partyOf(invoice.buyer, invoice)),
    paymentOf(invoice),
    element('cac:PaymentTerms', text('cbc:Note', invoice.paymentTerms)),
    element(
      'cac:TaxTotal',
      money('cbc:TaxAmount', invoice.totals.tax),
      invoice.taxes.map((tax) => taxOf(tax, invoice, money)),
    ),
    element(
      'cac:LegalMonetaryTotal',
      money('cbc:LineExtensionAmount', invoice.totals.lines),
      money('cbc:TaxExclusiveAmount', invoice.totals.lines),
      money('cbc:TaxInclusiveAmount', invoice.totals.withTax),
      invoice.totals.prepaid !== 0 && money('cbc:PrepaidAmount', invoice.totals.prepaid),
      money('cbc:PayableAmount', invoice.totals.due),
    ),
    invoice.lines.map((line) => lineOf(line, invoice, root, money)),
  );
  return String(document);
}

type Money = (name: string, amount: number) => Xml | undefined;

const periodOf = ({ from, to }: ServicePeriod) =>
  element('cac:InvoicePeriod', text('cbc:StartDate', from), text('cbc:EndDate', to));

const schemeOf = ({ taxScheme }: EInvoice) => element('cac:TaxScheme', text('cbc:ID', taxScheme));

function partyOf({ name, address, taxId, endpoint, contact }: EParty, invoice: EInvoice) {
  const abn = invoice.taxScheme === 'GST' ? { schemeID: '0151' } : undefined;
  return element(
    'cac:Party',
    endpoint && text('cbc:EndpointID', endpoint.id, { schemeID: endpoint.scheme }),
    element('cac:PartyName', text('cbc:Name', name)),
    element(
      'cac:PostalAddress',
      text('cbc:StreetName', address.line1),
      text('cbc:AdditionalStreetName', address.line2),
      text('cbc:CityName', address.city),
      text('cbc:PostalZone', address.postalCode),
      text('cbc:CountrySubentity', address.region),
      element('cac:Country', text('cbc:IdentificationCode', address.country)),
    ),
    taxId !== undefined && element('cac:PartyTaxScheme', text('cbc:CompanyID', taxId), schemeOf(invoice)),
    element('cac:PartyLegalEntity', text('cbc:RegistrationName', name), abn && text('cbc:CompanyID', taxId, abn)),
    contact &&
      element(
        'cac:Contact',
        text('cbc:Name', contact.name),
        text('cbc:Telephone', contact.phone),
        text('cbc:ElectronicMail', contact.email),
      ),
  );
}

function paymentOf({ payment, type, dueDate }: EInvoice) {
  const { means, reference, card, account } = payment;
  return element(
    'cac:PaymentMeans',
    text('cbc:PaymentMeansCode', means),
    type === 381 && text('cbc:PaymentDueDate', dueDate),
    text('cbc:PaymentID', reference),
    card &&
      element(
        'cac:CardAccount',
        text('cbc:PrimaryAccountNumberID', card.last4),
        text('cbc:NetworkID', card.network.toUpperCase()),
      ),
    account &&
      element(
        'cac:PayeeFinancialAccount',
        text('cbc:ID', account.iban),
        text('cbc:Name', account.holder),
        element('cac:FinancialInstitutionBranch', text('cbc:ID', account.bic)),
      ),
  );
}

const taxOf = (tax: ETax, invoice: EInvoice, money: Money) =>
  element(
    'cac:TaxSubtotal',
    money('cbc:TaxableAmount', tax.base),
    money('cbc:TaxAmount', tax.amount),
    categoryOf('cac:TaxCategory', tax, invoice, tax.reason),
  );

const categoryOf = (name: string, { category, ratePpm }: ETaxCategory, invoice: EInvoice, reason?: ETax['reason']) =>
  element(
    name,
    text('cbc:ID', category),
    category !== 'O' && text('cbc:Percent', percent(ratePpm)),
    text('cbc:TaxExemptionReasonCode', reason?.code),
    text('cbc:TaxExemptionReason', reason?.text),
    schemeOf(invoice),
  );

function lineOf(line: ELine, invoice: EInvoice, root: 'Invoice' | 'CreditNote', money: Money) {
  const quantity = root === 'Invoice' ? 'cbc:InvoicedQuantity' : 'cbc:CreditedQuantity';
  return element(
    `cac:${root}Line`,
    text('cbc:ID', line.id),
    text(quantity, line.quantity, { unitCode: line.unit }),
    money('cbc:LineExtensionAmount', line.amount),
    periodOf(line.period),
    element(
      'cac:Item',
      text('cbc:Description', line.description),
      text('cbc:Name', line.name),
      categoryOf('cac:ClassifiedTaxCategory', line.tax, invoice),
    ),
    element(
      'cac:Price',
      text('cbc:PriceAmount', line.price, { currencyID: invoice.currency }),
      text('cbc:BaseQuantity', line.baseQuantity, { unitCode: line.unit }),
    ),
  );
}
