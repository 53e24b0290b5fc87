import type { PlainDate, ServicePeriod } from '../../domain/calendar.ts';
import { type Currency, decimalText } from '../../domain/money.ts';
import type { EInvoice, ELine, EParty, ETax } from './model.ts';
import { element, percent, text, xmlDocument } from './xml.ts';

const NAMESPACES = {
  rsm: 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
  ram: 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  qdt: 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
  udt: 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
};

/** The Cross Industry Invoice of UN/CEFACT (D16B) in the profile EN 16931 of Factur-X 1.0 and ZUGFeRD 2, in UTF-8. */
export function ciiOf(invoice: EInvoice): Buffer {
  return xmlDocument(
    'rsm:CrossIndustryInvoice',
    NAMESPACES,
    element(
      'rsm:ExchangedDocumentContext',
      element('ram:GuidelineSpecifiedDocumentContextParameter', text('ram:ID', 'urn:cen.eu:en16931:2017')),
    ),
    element(
      'rsm:ExchangedDocument',
      text('ram:ID', invoice.number),
      text('ram:TypeCode', invoice.type),
      date('ram:IssueDateTime', invoice.issueDate),
      invoice.notes.map((note) => element('ram:IncludedNote', text('ram:Content', note))),
    ),
    element(
      'rsm:SupplyChainTradeTransaction',
      invoice.lines.map((line) => lineOf(line, invoice.currency)),
      element(
        'ram:ApplicableHeaderTradeAgreement',
        text('ram:BuyerReference', invoice.buyerReference),
        partyOf('ram:SellerTradeParty', invoice.seller),
        partyOf('ram:BuyerTradeParty', invoice.buyer),
      ),
      // [BT-80] Factur-X wants a delivery that says something: the service is used where the buyer is (BR-FX-EN-04).
      element(
        'ram:ApplicableHeaderTradeDelivery',
        element(
          'ram:ShipToTradeParty',
          element('ram:PostalTradeAddress', text('ram:CountryID', invoice.buyer.address.country)),
        ),
      ),
      settlementOf(invoice),
    ),
  );
}

const date = (name: string, day: PlainDate) =>
  element(name, text('udt:DateTimeString', day.replaceAll('-', ''), { format: '102' }));
const period = ({ from, to }: ServicePeriod) =>
  element('ram:BillingSpecifiedPeriod', date('ram:StartDateTime', from), date('ram:EndDateTime', to));

function lineOf(line: ELine, currency: Currency) {
  const { id, name, description, quantity, unit, price, baseQuantity, amount, period: of, tax } = line;
  return element(
    'ram:IncludedSupplyChainTradeLineItem',
    element('ram:AssociatedDocumentLineDocument', text('ram:LineID', id)),
    element('ram:SpecifiedTradeProduct', text('ram:Name', name), text('ram:Description', description)),
    element(
      'ram:SpecifiedLineTradeAgreement',
      element(
        'ram:NetPriceProductTradePrice',
        text('ram:ChargeAmount', price),
        text('ram:BasisQuantity', baseQuantity, { unitCode: unit }),
      ),
    ),
    element('ram:SpecifiedLineTradeDelivery', text('ram:BilledQuantity', quantity, { unitCode: unit })),
    element(
      'ram:SpecifiedLineTradeSettlement',
      element(
        'ram:ApplicableTradeTax',
        text('ram:TypeCode', 'VAT'),
        text('ram:CategoryCode', tax.category),
        tax.category !== 'O' && text('ram:RateApplicablePercent', percent(tax.ratePpm)),
      ),
      period(of),
      element(
        'ram:SpecifiedTradeSettlementLineMonetarySummation',
        text('ram:LineTotalAmount', decimalText(amount, currency)),
      ),
    ),
  );
}

function partyOf(element_: string, { name, address, taxId, endpoint, contact }: EParty) {
  return element(
    element_,
    text('ram:Name', name),
    contact &&
      element(
        'ram:DefinedTradeContact',
        text('ram:PersonName', contact.name),
        element('ram:TelephoneUniversalCommunication', text('ram:CompleteNumber', contact.phone)),
        element('ram:EmailURIUniversalCommunication', text('ram:URIID', contact.email)),
      ),
    element(
      'ram:PostalTradeAddress',
      text('ram:PostcodeCode', address.postalCode),
      text('ram:LineOne', address.line1),
      text('ram:LineTwo', address.line2),
      text('ram:CityName', address.city),
      text('ram:CountryID', address.country),
      text('ram:CountrySubDivisionName', address.region),
    ),
    endpoint && element('ram:URIUniversalCommunication', text('ram:URIID', endpoint.id, { schemeID: endpoint.scheme })),
    element('ram:SpecifiedTaxRegistration', text('ram:ID', taxId, { schemeID: 'VA' })),
  );
}

function settlementOf(invoice: EInvoice) {
  const { currency, payment, taxes, totals, dueDate, paymentTerms, corrects } = invoice;
  return element(
    'ram:ApplicableHeaderTradeSettlement',
    text('ram:PaymentReference', payment.reference),
    text('ram:InvoiceCurrencyCode', currency),
    element(
      'ram:SpecifiedTradeSettlementPaymentMeans',
      text('ram:TypeCode', payment.means),
      payment.card && element('ram:ApplicableTradeSettlementFinancialCard', text('ram:ID', payment.card.last4)),
      payment.account &&
        element(
          'ram:PayeePartyCreditorFinancialAccount',
          text('ram:IBANID', payment.account.iban),
          text('ram:AccountName', payment.account.holder),
        ),
      payment.account &&
        element('ram:PayeeSpecifiedCreditorFinancialInstitution', text('ram:BICID', payment.account.bic)),
    ),
    taxes.map((tax) => taxOf(tax, currency)),
    period(invoice.period),
    element(
      'ram:SpecifiedTradePaymentTerms',
      text('ram:Description', paymentTerms),
      dueDate !== undefined && date('ram:DueDateDateTime', dueDate),
    ),
    element(
      'ram:SpecifiedTradeSettlementHeaderMonetarySummation',
      text('ram:LineTotalAmount', decimalText(totals.lines, currency)),
      text('ram:TaxBasisTotalAmount', decimalText(totals.lines, currency)),
      text('ram:TaxTotalAmount', decimalText(totals.tax, currency), { currencyID: currency }),
      text('ram:GrandTotalAmount', decimalText(totals.withTax, currency)),
      totals.prepaid !== 0 && text('ram:TotalPrepaidAmount', decimalText(totals.prepaid, currency)),
      text('ram:DuePayableAmount', decimalText(totals.due, currency)),
    ),
    corrects &&
      element(
        'ram:InvoiceReferencedDocument',
        text('ram:IssuerAssignedID', corrects.number),
        element(
          'ram:FormattedIssueDateTime',
          text('qdt:DateTimeString', corrects.issueDate.replaceAll('-', ''), { format: '102' }),
        ),
      ),
  );
}

const taxOf = ({ category, ratePpm, base, amount, reason }: ETax, currency: Currency) =>
  element(
    'ram:ApplicableTradeTax',
    text('ram:CalculatedAmount', decimalText(amount, currency)),
    text('ram:TypeCode', 'VAT'),
    text('ram:ExemptionReason', reason?.text),
    text('ram:BasisAmount', decimalText(base, currency)),
    text('ram:CategoryCode', category),
    text('ram:ExemptionReasonCode', reason?.code),
    category !== 'O' && text('ram:RateApplicablePercent', percent(ratePpm)),
  );
