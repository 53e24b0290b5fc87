import { filled, type Payment, type Rules, type Terms } from './terms.ts';

const paidBy = (means: readonly string[], holds: (payment: Payment) => boolean) => (terms: Terms) =>
  terms.payment.every((payment) => !means.includes(payment.means ?? '') || holds(payment));
const TRANSFER = ['30', '58'];
const CARD = ['48', '54', '55'];

/** ISO 13616: the letters as numbers, the first four signs last, is 1 modulo 97. */
function isIban(account: string | undefined): boolean {
  if (!/^[A-Z]{2}\d\d[A-Za-z0-9]{1,30}$/.test(account ?? '')) return false;
  const turned = `${account!.slice(4)}${account!.slice(0, 4)}`.toUpperCase();
  return BigInt([...turned].map((sign) => Number.parseInt(sign, 36)).join('')) % 97n === 1n;
}

/** XRechnung 3 of Germany's public sector, without what it says of parts that we do not write. */
export const XRECHNUNG: Rules = {
  'BR-DE-1': ({ payment }) => payment.length > 0,
  'BR-DE-2': ({ seller }) => seller.contact !== undefined,
  'BR-DE-3': ({ seller }) => filled(seller.address?.city),
  'BR-DE-4': ({ seller }) => filled(seller.address?.postalCode),
  'BR-DE-5': ({ seller: { contact } }) => contact === undefined || filled(contact.name),
  'BR-DE-6': ({ seller: { contact } }) => contact === undefined || filled(contact.phone),
  'BR-DE-7': ({ seller: { contact } }) => contact === undefined || filled(contact.email),
  'BR-DE-8': ({ buyer }) => filled(buyer.address?.city),
  'BR-DE-9': ({ buyer }) => filled(buyer.address?.postalCode),
  'BR-DE-14': ({ taxes }) => taxes.every(({ rate }) => filled(rate)),
  'BR-DE-15': ({ buyerReference }) => filled(buyerReference),
  'BR-DE-16': ({ seller, lines }) => filled(seller.vatId) || lines.every(({ category }) => category === 'O'),
  'BR-DE-17': ({ type }) => type === '380' || type === '381',
  'BR-DE-18': ({ paymentTerms = '' }) => paymentTerms.split('\n').every((line) => !line.trim().startsWith('#')),
  'BR-DE-19': paidBy(['58'], ({ account }) => isIban(account)),
  'BR-DE-21': ({ specification }) =>
    specification === 'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0',
  'BR-DE-23-a': paidBy(TRANSFER, ({ account }) => account !== undefined),
  'BR-DE-23-b': paidBy(TRANSFER, ({ card, mandate }) => card === undefined && !mandate),
  'BR-DE-24-a': paidBy(CARD, ({ card }) => card !== undefined),
  'BR-DE-24-b': paidBy(CARD, ({ account, mandate }) => account === undefined && !mandate),
  'BR-DE-27': ({ seller: { contact } }) => contact?.phone === undefined || /\d(.*\d){2}/.test(contact.phone),
  'BR-DE-28': ({ seller: { contact } }) =>
    /^[\w!#$%&"*+/=?^`{|}~-]+(\.[\w!#$%&"*+/=?^`{|}~-]+)*@([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z\d]([a-z\d-]*[a-z\d])?$/i.test(
      contact?.email ?? 'a@b.c',
    ),
  'BR-DE-TMP-32': ({ period, lines }) => period !== undefined || lines.every((line) => line.period !== undefined),
};
