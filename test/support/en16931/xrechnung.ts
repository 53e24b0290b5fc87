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

/** By the names that Peppol gives them where a German seller sends to a German buyer. */
export const AMONG_GERMANS: Readonly<Record<string, string>> = {
  'DE-R-001': 'BR-DE-1',
  'DE-R-002': 'BR-DE-2',
  'DE-R-003': 'BR-DE-3',
  'DE-R-004': 'BR-DE-4',
  'DE-R-005': 'BR-DE-5',
  'DE-R-006': 'BR-DE-6',
  'DE-R-007': 'BR-DE-7',
  'DE-R-008': 'BR-DE-8',
  'DE-R-009': 'BR-DE-9',
  'DE-R-014': 'BR-DE-14',
  'DE-R-015': 'BR-DE-15',
  'DE-R-016': 'BR-DE-16',
  'DE-R-017': 'BR-DE-17',
  'DE-R-018': 'BR-DE-18',
  'DE-R-019': 'BR-DE-19',
  'DE-R-023-1': 'BR-DE-23-a',
  'DE-R-023-2': 'BR-DE-23-b',
  'DE-R-024-1': 'BR-DE-24-a',
  'DE-R-024-2': 'BR-DE-24-b',
  'DE-R-027': 'BR-DE-27',
  'DE-R-028': 'BR-DE-28',
};
const areGermans = ({ seller, buyer }: Terms): boolean =>
  seller.address?.country === 'DE' && buyer.address?.country === 'DE';
export const GERMAN_PEPPOL: Rules = Object.fromEntries(
  Object.entries(AMONG_GERMANS).map(([id, same]) => [
    id,
    (terms: Terms) => !areGermans(terms) || XRECHNUNG[same]!(terms),
  ]),
);
