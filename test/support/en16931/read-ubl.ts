import { at, type Element, first, textAt } from './element.ts';
import { contactOf } from './read-cii.ts';
import type { Category, Line, Party, Payment, Period, Tax, Terms } from './terms.ts';

/** The terms of an Invoice or a CreditNote in UBL. */
export function termsOfUbl(root: Element): Terms {
  const sums = first(root, 'cac:LegalMonetaryTotal');
  const sum = (name: string) => textAt(sums, `cbc:${name}`);
  const tax = first(root, 'cac:TaxTotal');
  return {
    syntax: 'ubl',
    specification: textAt(root, 'cbc:CustomizationID'),
    number: textAt(root, 'cbc:ID'),
    issueDate: textAt(root, 'cbc:IssueDate'),
    type: textAt(root, `cbc:${root.name}TypeCode`),
    currency: textAt(root, 'cbc:DocumentCurrencyCode'),
    dueDate: textAt(root, 'cbc:DueDate') ?? textAt(root, 'cac:PaymentMeans/cbc:PaymentDueDate'),
    buyerReference: textAt(root, 'cbc:BuyerReference'),
    paymentTerms: textAt(root, 'cac:PaymentTerms/cbc:Note'),
    notes: at(root, 'cbc:Note').map(({ text }) => text),
    period: periodOf(first(root, 'cac:InvoicePeriod')),
    preceding: at(root, 'cac:BillingReference').map((of) => ({
      number: textAt(of, 'cac:InvoiceDocumentReference/cbc:ID'),
    })),
    seller: partyOf(first(root, 'cac:AccountingSupplierParty/cac:Party')),
    buyer: partyOf(first(root, 'cac:AccountingCustomerParty/cac:Party')),
    payment: at(root, 'cac:PaymentMeans').map(paymentOf),
    totals: {
      lines: sum('LineExtensionAmount'),
      withoutTax: sum('TaxExclusiveAmount'),
      tax: textAt(tax, 'cbc:TaxAmount'),
      taxCurrency: first(tax, 'cbc:TaxAmount')?.attributes.currencyID,
      withTax: sum('TaxInclusiveAmount'),
      prepaid: sum('PrepaidAmount'),
      due: sum('PayableAmount'),
    },
    taxes: at(root, 'cac:TaxTotal/cac:TaxSubtotal').map(taxOf),
    lines: at(root, `cac:${root.name}Line`).map(lineOf),
  };
}

const periodOf = (of: Element | undefined): Period | undefined =>
  of && { from: textAt(of, 'cbc:StartDate'), to: textAt(of, 'cbc:EndDate') };

function partyOf(party: Element | undefined): Party {
  const address = first(party, 'cac:PostalAddress');
  const contact = first(party, 'cac:Contact');
  const endpoint = first(party, 'cbc:EndpointID');
  const legal = first(party, 'cac:PartyLegalEntity/cbc:CompanyID');
  return {
    name: textAt(party, 'cac:PartyLegalEntity/cbc:RegistrationName'),
    address: address && {
      line: textAt(address, 'cbc:StreetName'),
      city: textAt(address, 'cbc:CityName'),
      postalCode: textAt(address, 'cbc:PostalZone'),
      country: textAt(address, 'cac:Country/cbc:IdentificationCode'),
    },
    vatId: textAt(party, 'cac:PartyTaxScheme/cbc:CompanyID'),
    legalId: legal && { id: legal.text, scheme: legal.attributes.schemeID },
    endpoint: endpoint && { id: endpoint.text, scheme: endpoint.attributes.schemeID },
    contact:
      contact &&
      contactOf({
        name: textAt(contact, 'cbc:Name'),
        phone: textAt(contact, 'cbc:Telephone'),
        email: textAt(contact, 'cbc:ElectronicMail'),
      }),
  };
}

function paymentOf(of: Element): Payment {
  const account = first(of, 'cac:PayeeFinancialAccount');
  return {
    means: textAt(of, 'cbc:PaymentMeansCode'),
    account: account && (textAt(account, 'cbc:ID') ?? ''),
    card: textAt(of, 'cac:CardAccount/cbc:PrimaryAccountNumberID'),
    mandate: first(of, 'cac:PaymentMandate') !== undefined,
  };
}

const categoryOf = (of: Element | undefined): Category => ({
  scheme: textAt(of, 'cac:TaxScheme/cbc:ID'),
  category: textAt(of, 'cbc:ID'),
  rate: textAt(of, 'cbc:Percent'),
});

const taxOf = (of: Element): Tax => ({
  ...categoryOf(first(of, 'cac:TaxCategory')),
  base: textAt(of, 'cbc:TaxableAmount'),
  amount: textAt(of, 'cbc:TaxAmount'),
  reason: textAt(of, 'cac:TaxCategory/cbc:TaxExemptionReason'),
  reasonCode: textAt(of, 'cac:TaxCategory/cbc:TaxExemptionReasonCode'),
});

function lineOf(of: Element): Line {
  const quantity = first(of, 'cbc:InvoicedQuantity') ?? first(of, 'cbc:CreditedQuantity');
  const base = first(of, 'cac:Price/cbc:BaseQuantity');
  return {
    ...categoryOf(first(of, 'cac:Item/cac:ClassifiedTaxCategory')),
    id: textAt(of, 'cbc:ID'),
    quantity: quantity?.text,
    unit: quantity?.attributes.unitCode,
    amount: textAt(of, 'cbc:LineExtensionAmount'),
    name: textAt(of, 'cac:Item/cbc:Name'),
    price: textAt(of, 'cac:Price/cbc:PriceAmount'),
    baseQuantity: base?.text,
    baseUnit: base?.attributes.unitCode,
    period: periodOf(first(of, 'cac:InvoicePeriod')),
  };
}
