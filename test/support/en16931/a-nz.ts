import { CONDITIONS } from './core.ts';
import { ABN, SHARED_WITH_XRECHNUNG } from './peppol.ts';
import { filled, type Party, type Rules, type Terms } from './terms.ts';

const hasAbn = ({ address, legalId }: Party): boolean =>
  address?.country !== 'AU' || (filled(legalId?.id) && legalId?.scheme === '0151');

/** The same as a rule of EN 16931, or of Peppol in Europe. */
const as =
  (id: string) =>
  (terms: Terms): boolean =>
    ({ ...CONDITIONS, ...SHARED_WITH_XRECHNUNG, ...ABN })[id]!(terms);

/** Peppol's PINT for Australia and New Zealand, where it says more than EN 16931 or another thing. */
export const A_NZ: Rules = {
  'aligned-ibr-001-aunz': ({ seller }) => hasAbn(seller),
  'aligned-ibr-004-aunz': ({ buyer }) => hasAbn(buyer),
  'aligned-ibrp-001-aunz': ({ specification }) =>
    specification?.startsWith('urn:peppol:pint:billing-1@aunz-1') === true,
  'aligned-ibrp-003': ({ buyerReference }) => filled(buyerReference),
  'aligned-ibrp-018': ({ payment }) =>
    payment.every(({ means, account }) => !['30', '58'].includes(means ?? '') || filled(account)),
  'aligned-ibrp-053': as('PEPPOL-EN16931-R120'),
  'aligned-ibrp-061': as('BR-CO-25'),
  'aligned-ibrp-cl-01-aunz': ({ taxes, lines }) =>
    [...taxes, ...lines].every(({ category }) => ['E', 'S', 'Z', 'G', 'O'].includes(category ?? '')),
  'ibr-080': as('PEPPOL-EN16931-R010'),
  'ibr-081': as('PEPPOL-EN16931-R020'),
  'ibr-085': as('PEPPOL-EN16931-R110'),
  'ibr-086': as('PEPPOL-EN16931-R111'),
  'ibr-087': as('PEPPOL-EN16931-R121'),
  'ibr-088': as('PEPPOL-EN16931-R130'),
  'ibr-120': as('PEPPOL-COMMON-R050'),
  'ibr-sr-51': ({ notes }) => notes.length <= 1,
};
