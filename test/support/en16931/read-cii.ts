import { at, type Element, first, textAt } from './element.ts';
import type { Category, Line, Party, Payment, Period, Tax, Terms } from './terms.ts';

/** The terms of a Cross Industry Invoice. */
export function termsOfCii(root: Element): Terms {
  const document = first(root, 'rsm:ExchangedDocument');
  const trade = first(root, 'rsm:SupplyChainTradeTransaction');
  const agreement = first(trade, 'ram:ApplicableHeaderTradeAgreement');
  const settlement = first(trade, 'ram:ApplicableHeaderTradeSettlement');
  const sums = first(settlement, 'ram:SpecifiedTradeSettlementHeaderMonetarySummation');
  const sum = (name: string) => textAt(sums, `ram:${name}`);
  return {
    syntax: 'cii',
    specification: textAt(root, 'rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID'),
    number: textAt(document, 'ram:ID'),
    issueDate: dateAt(document, 'ram:IssueDateTime'),
    type: textAt(document, 'ram:TypeCode'),
    currency: textAt(settlement, 'ram:InvoiceCurrencyCode'),
    dueDate: dateAt(settlement, 'ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime'),
    buyerReference: textAt(agreement, 'ram:BuyerReference'),
    paymentTerms: textAt(settlement, 'ram:SpecifiedTradePaymentTerms/ram:Description'),
    notes: at(document, 'ram:IncludedNote/ram:Content').map(({ text }) => text),
    period: periodOf(first(settlement, 'ram:BillingSpecifiedPeriod')),
    preceding: at(settlement, 'ram:InvoiceReferencedDocument').map((of) => ({
      number: textAt(of, 'ram:IssuerAssignedID'),
    })),
    seller: partyOf(first(agreement, 'ram:SellerTradeParty')),
    buyer: partyOf(first(agreement, 'ram:BuyerTradeParty')),
    payment: at(settlement, 'ram:SpecifiedTradeSettlementPaymentMeans').map(paymentOf),
    totals: {
      lines: sum('LineTotalAmount'),
      withoutTax: sum('TaxBasisTotalAmount'),
      tax: sum('TaxTotalAmount'),
      taxCurrency: first(sums, 'ram:TaxTotalAmount')?.attributes.currencyID,
      withTax: sum('GrandTotalAmount'),
      prepaid: sum('TotalPrepaidAmount'),
      due: sum('DuePayableAmount'),
    },
    taxes: at(settlement, 'ram:ApplicableTradeTax').map(taxOf),
    lines: at(trade, 'ram:IncludedSupplyChainTradeLineItem').map(lineOf),
  };
}

/** Format 102 is the one of EN 16931: YYYYMMDD. */
function dateAt(from: Element | undefined, path: string): string | undefined {
  const date = first(from, `${path}/udt:DateTimeString`);
  return date?.attributes.format === '102' ? date.text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3') : undefined;
}

const periodOf = (of: Element | undefined): Period | undefined =>
  of && { from: dateAt(of, 'ram:StartDateTime'), to: dateAt(of, 'ram:EndDateTime') };

function partyOf(party: Element | undefined): Party {
  const address = first(party, 'ram:PostalTradeAddress');
  const contact = first(party, 'ram:DefinedTradeContact');
  const endpoint = first(party, 'ram:URIUniversalCommunication/ram:URIID');
  const legal = first(party, 'ram:SpecifiedLegalOrganization/ram:ID');
  const registrations = at(party, 'ram:SpecifiedTaxRegistration/ram:ID');
  return {
    name: textAt(party, 'ram:Name'),
    address: address && {
      line: textAt(address, 'ram:LineOne'),
      city: textAt(address, 'ram:CityName'),
      postalCode: textAt(address, 'ram:PostcodeCode'),
      country: textAt(address, 'ram:CountryID'),
    },
    vatId: registrations.find(({ attributes }) => attributes.schemeID === 'VA')?.text,
    legalId: legal && { id: legal.text, scheme: legal.attributes.schemeID },
    endpoint: endpoint && { id: endpoint.text, scheme: endpoint.attributes.schemeID },
    contact:
      contact &&
      contactOf({
        name: textAt(contact, 'ram:PersonName'),
        phone: textAt(contact, 'ram:TelephoneUniversalCommunication/ram:CompleteNumber'),
        email: textAt(contact, 'ram:EmailURIUniversalCommunication/ram:URIID'),
      }),
  };
}

/** Without what is missing. */
export const contactOf = (of: Readonly<Record<'name' | 'phone' | 'email', string | undefined>>): Party['contact'] =>
  Object.fromEntries(Object.entries(of).filter(([, text]) => text !== undefined));

function paymentOf(of: Element): Payment {
  const account = first(of, 'ram:PayeePartyCreditorFinancialAccount');
  return {
    means: textAt(of, 'ram:TypeCode'),
    account: account && (textAt(account, 'ram:IBANID') ?? textAt(account, 'ram:ProprietaryID') ?? ''),
    card: textAt(of, 'ram:ApplicableTradeSettlementFinancialCard/ram:ID'),
    mandate: false,
  };
}

const categoryOf = (of: Element | undefined): Category => ({
  scheme: textAt(of, 'ram:TypeCode'),
  category: textAt(of, 'ram:CategoryCode'),
  rate: textAt(of, 'ram:RateApplicablePercent'),
});

const taxOf = (of: Element): Tax => ({
  ...categoryOf(of),
  base: textAt(of, 'ram:BasisAmount'),
  amount: textAt(of, 'ram:CalculatedAmount'),
  reason: textAt(of, 'ram:ExemptionReason'),
  reasonCode: textAt(of, 'ram:ExemptionReasonCode'),
});

function lineOf(of: Element): Line {
  const settlement = first(of, 'ram:SpecifiedLineTradeSettlement');
  const price = first(of, 'ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice');
  const quantity = first(of, 'ram:SpecifiedLineTradeDelivery/ram:BilledQuantity');
  const base = first(price, 'ram:BasisQuantity');
  return {
    ...categoryOf(first(settlement, 'ram:ApplicableTradeTax')),
    id: textAt(of, 'ram:AssociatedDocumentLineDocument/ram:LineID'),
    quantity: quantity?.text,
    unit: quantity?.attributes.unitCode,
    amount: textAt(settlement, 'ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount'),
    name: textAt(of, 'ram:SpecifiedTradeProduct/ram:Name'),
    price: textAt(price, 'ram:ChargeAmount'),
    baseQuantity: base?.text,
    baseUnit: base?.attributes.unitCode,
    period: periodOf(first(settlement, 'ram:BillingSpecifiedPeriod')),
  };
}
