import { isVatId } from './codes.ts';
import {
  amountOf,
  CENT,
  distance,
  filled,
  type Line,
  type Period,
  type Rules,
  sumOf,
  type Terms,
  UNIT,
} from './terms.ts';

/** Australia's documents are by the same model, with GST in place of VAT. */
export const taxOf = ({ specification }: Terms): 'VAT' | 'GST' =>
  specification?.startsWith('urn:peppol:pint:') === true ? 'GST' : 'VAT';

const eachLine = (holds: (line: Line) => boolean) => (terms: Terms) => terms.lines.every(holds);
const inOrder = (period: Period | undefined): boolean =>
  period?.from === undefined || period.to === undefined || period.from <= period.to;
const begun = (period: Period | undefined): boolean =>
  period === undefined || period.from !== undefined || period.to !== undefined;
const isTransfer = ({ means }: { readonly means: string | undefined }): boolean => means === '30' || means === '58';

/** What an invoice must have: BR of EN 16931-1. */
export const PRESENCE: Rules = {
  'BR-01': ({ specification }) => filled(specification),
  'BR-02': ({ number }) => filled(number),
  'BR-03': ({ issueDate }) => /^\d{4}-\d\d-\d\d$/.test(issueDate ?? ''),
  'BR-04': ({ type }) => filled(type),
  'BR-05': ({ currency }) => filled(currency),
  'BR-06': ({ seller }) => filled(seller.name),
  'BR-07': ({ buyer }) => filled(buyer.name),
  'BR-08': ({ seller }) => seller.address !== undefined,
  'BR-09': ({ seller }) => seller.address === undefined || filled(seller.address.country),
  'BR-10': ({ buyer }) => buyer.address !== undefined,
  'BR-11': ({ buyer }) => buyer.address === undefined || filled(buyer.address.country),
  'BR-12': ({ totals }) => filled(totals.lines),
  'BR-13': ({ totals }) => filled(totals.withoutTax),
  'BR-14': ({ totals }) => filled(totals.withTax),
  'BR-15': ({ totals }) => filled(totals.due),
  'BR-16': ({ lines }) => lines.length > 0,
  'BR-21': eachLine(({ id }) => filled(id)),
  'BR-22': eachLine(({ quantity }) => filled(quantity)),
  'BR-23': eachLine(({ unit }) => filled(unit)),
  'BR-24': eachLine(({ amount }) => filled(amount)),
  'BR-25': eachLine(({ name }) => filled(name)),
  'BR-26': eachLine(({ price }) => filled(price)),
  'BR-27': eachLine(({ price }) => amountOf(price) >= 0n),
  'BR-29': ({ period }) => inOrder(period),
  'BR-30': eachLine(({ period }) => inOrder(period)),
  'BR-45': ({ taxes }) => taxes.every(({ base }) => filled(base)),
  'BR-46': ({ taxes }) => taxes.every(({ amount }) => filled(amount)),
  'BR-47': (terms) => terms.taxes.every(({ scheme, category }) => filled(category) && scheme === taxOf(terms)),
  'BR-48': ({ taxes }) => taxes.every(({ category, rate }) => category === 'O' || filled(rate)),
  'BR-49': ({ payment }) => payment.every(({ means }) => filled(means)),
  'BR-50': ({ payment }) => payment.every((of) => !isTransfer(of) || of.account !== ''),
  // Later versions allow up to ten.
  'BR-51': ({ payment }) => payment.every(({ card }) => card === undefined || /^.{4,6}$/.test(card)),
  'BR-55': ({ preceding }) => preceding.every(({ number }) => filled(number)),
  'BR-61': ({ payment }) => payment.every((of) => !isTransfer(of) || filled(of.account)),
  'BR-62': ({ seller }) => seller.endpoint === undefined || filled(seller.endpoint.scheme),
  'BR-63': ({ buyer }) => buyer.endpoint === undefined || filled(buyer.endpoint.scheme),
};

/** What must follow from what: BR-CO. Amounts are exact to the cent, or to the yen; the official rules forgive more. */
export const CONDITIONS: Rules = {
  'BR-CO-04': (terms) => terms.lines.every(({ scheme, category }) => filled(category) && scheme === taxOf(terms)),
  // The ABN of Australia has no country in front.
  'BR-CO-09': (terms) => taxOf(terms) === 'GST' || (isVatId(terms.seller.vatId) && isVatId(terms.buyer.vatId)),
  'BR-CO-10': ({ totals, lines }) => amountOf(totals.lines) === sumOf(lines.map(({ amount }) => amount)),
  'BR-CO-13': ({ totals }) => amountOf(totals.withoutTax) === amountOf(totals.lines),
  'BR-CO-14': ({ totals, taxes }) => amountOf(totals.tax) === sumOf(taxes.map(({ amount }) => amount)),
  'BR-CO-15': ({ totals, currency }) =>
    totals.taxCurrency === currency && amountOf(totals.withTax) === amountOf(totals.withoutTax) + amountOf(totals.tax),
  'BR-CO-16': ({ totals }) => amountOf(totals.due) === amountOf(totals.withTax) - amountOf(totals.prepaid),
  // What was credited in parts may be a cent and a half off: two roundings, and the tax is what is left of a sum with tax. The official rule forgives less than one of whatever the currency is.
  'BR-CO-17': ({ taxes, currency }) =>
    taxes.every(
      ({ base, rate, amount }) =>
        distance(amountOf(base) * amountOf(rate), amountOf(amount) * 100n * UNIT) <=
        100n * UNIT * (currency === 'JPY' ? UNIT / 2n : (3n * CENT) / 2n),
    ),
  'BR-CO-18': ({ taxes }) => taxes.length > 0,
  'BR-CO-19': ({ period }) => begun(period),
  'BR-CO-20': eachLine(({ period }) => begun(period)),
  // Gone in the versions of 2026, and in what is in use of those before.
  'BR-CO-25': ({ totals, dueDate, paymentTerms }) =>
    amountOf(totals.due) <= 0n || filled(dueDate) || filled(paymentTerms),
  'BR-CO-26': ({ seller }) => filled(seller.vatId) || filled(seller.legalId?.id),
};
