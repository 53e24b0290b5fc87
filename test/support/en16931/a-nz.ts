import { SHARED_WITH_XRECHNUNG } from './peppol.ts';
import { filled, type Party, type Rules } from './terms.ts';

const hasAbn = ({ address, legalId }: Party): boolean =>
  address?.country !== 'AU' || (filled(legalId?.id) && legalId?.scheme === '0151');

/** Peppol's PINT for Australia and New Zealand, where it says more than EN 16931 or another thing. */
export const A_NZ: Rules = {
  'aligned-ibr-001-aunz': ({ seller }) => hasAbn(seller),
  'aligned-ibr-004-aunz': ({ buyer }) => hasAbn(buyer),
  'aligned-ibrp-001-aunz': ({ specification }) => specification === 'urn:peppol:pint:billing-1@aunz-1',
  'aligned-ibrp-003': ({ buyerReference }) => filled(buyerReference),
  'aligned-ibrp-018': ({ payment }) =>
    payment.every(({ means, account }) => !['30', '58'].includes(means ?? '') || filled(account)),
  'aligned-ibrp-053': (terms) => SHARED_WITH_XRECHNUNG['PEPPOL-EN16931-R120']!(terms),
  'aligned-ibrp-cl-01-aunz': ({ taxes, lines }) =>
    [...taxes, ...lines].every(({ category }) => ['E', 'S', 'Z', 'G', 'O'].includes(category ?? '')),
};
