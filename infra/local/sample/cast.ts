import type { Member, ProductId, Since } from './build-account.ts';
import { slugOf } from './names.ts';
import type { Pays } from './payments.ts';
import { type Country, placeOf } from './places.ts';

/** Customers that every sample has: one for each thing that can happen. `role` says which. */
export interface CastMember extends Member {
  readonly role?: string;
  /** Somebody who calls or writes more than the plan includes: how many a month, and which share of them is messages. */
  readonly traffic?: { readonly records: number; readonly messages: number };
}

const established: Since = { kind: 'established' };
type Details = Partial<Omit<CastMember, 'accountId' | 'name' | 'place'>>;

const offices = (phones: number, numbers: number): Partial<Record<ProductId, number>> => ({
  'desk-phone': phones,
  'standard-number': numbers,
});

function member(country: Country, within: string, name: string, pays: Pays, details: Details = {}): CastMember {
  const company = slugOf(name).replace(/-(inc|ltd|llc|llp|corp|pty-ltd|dac|ltee|gmbh|gmbh-co-kg|ag)$/, '');
  return {
    accountId: `${country.toLowerCase()}-${company}`,
    name,
    place: placeOf(country, within),
    pays,
    since: established,
    has: offices(8, 4),
    ...details,
  };
}

const UNITED_STATES = [
  member('US', 'MA', 'Tideline Surf School LLC', 'card-on-request', {
    role: 'suspended-pays',
    since: { kind: 'behind' },
  }),
  member('US', 'NY', 'Marrowbone Diner Inc.', 'wire', {
    role: 'suspended-stays',
    since: { kind: 'behind' },
    has: offices(3, 1),
    traffic: { records: 800, messages: 0.02 },
  }),
  member('US', 'TX', 'Bluestem Irrigation LLC', 'declines-once', { role: 'declines-then-pays', has: offices(12, 6) }),
  member('US', 'CO', 'Pika Outfitters Inc.', 'declines-twice', { role: 'declines-twice-then-pays' }),
  member('US', 'GA', 'Peachwood Events LLC', 'never-has-funds', { role: 'declines-always' }),
  member('US', 'IL', 'Gearhart Tool & Die Corp.', 'lost', { role: 'hard-decline', has: offices(20, 9) }),
  member('US', 'WA', 'Saltbrush Media Inc.', 'expired', { role: 'expired-card', has: offices(4, 2) }),
  member('US', 'CA', 'Quartzite Robotics Inc.', 'second-card', { role: 'second-card', has: offices(35, 12) }),
  member('US', 'NY', 'Hudsonvale Libraries Inc.', 'bank-debit', { role: 'bank-debit', has: offices(40, 22) }),
  member('US', 'TX', 'Cactus Wren Roofing LLC', 'bank-debit-returned', { role: 'bank-debit-returned' }),
  member('US', 'IL', 'Prairie Lantern Hotels Corp.', 'wire', {
    role: 'wire',
    has: { ...offices(60, 30), 'conference-phone': 4 },
  }),
  member('US', 'MA', 'Cranberry Bog Consulting LLC', 'card-on-request', { role: 'autopay-off', has: { softphone: 6 } }),
  member('US', 'CO', 'Aspen Ledger Partners LLC', 'visa', {
    role: 'free-months',
    since: { kind: 'free', months: 3, day: 15 },
  }),
  member('US', 'WA', 'Rainshadow Ceramics Inc.', 'amex', {
    role: 'not-billed-yet',
    since: { kind: 'starts', day: 20 },
  }),
  member('US', 'GA', 'Magnolia Court Dental Inc.', 'mastercard', {
    role: 'starts-on-the-first',
    since: { kind: 'starts', day: 1 },
  }),
  member('US', 'CA', 'Anchovy & Sons Trading Corp.', 'visa', {
    role: 'starts-on-the-third',
    since: { kind: 'starts', day: 3 },
  }),
  member('US', 'TX', 'Mesquite Moon Records LLC', 'visa', { role: 'nothing-to-charge', has: {} }),
  member('US', 'NY', 'Catskill Cold Storage Inc.', 'visa', {
    role: 'credit-exceeds-charges',
    has: { 'desk-phone': 30 },
    changes: [
      ['desk-phone', 6, -30],
      ['softphone', 28, 1],
    ],
  }),
  member('US', 'IL', 'Windrow Grain Exchange Corp.', 'visa', { role: 'on-hold', hold: 'Contract under review' }),
  member('US', 'MA', 'Harborlight Clinics Inc.', 'visa', {
    role: 'five-recipients',
    recipients: 5,
    has: offices(75, 40),
  }),
  member('US', 'GA', 'Kudzu Lane Bakery LLC', 'discover', {
    role: 'one-recipient-bounces',
    recipients: 3,
    lastRecipient: 'bounces',
  }),
];

const CANADA = [
  member('CA', 'ON', 'Loonlake Engineering Inc.', 'visa', { role: 'canada-on', taxId: 'unchecked' }),
  member('CA', 'QC', 'Boulangerie Val-Argenté inc.', 'visa', {
    role: 'canada-qc',
    has: { ...offices(11, 5), 'toll-free-number': 1 },
    changes: [['desk-phone', 15, 2]],
    recipients: 2,
  }),
  member('CA', 'BC', 'Cedarwhistle Kayaks Ltd.', 'mastercard', {
    role: 'canada-bc',
    has: { ...offices(6, 3), 'toll-free-number': 2 },
  }),
  member('CA', 'AB', 'Foothill Seismic Ltd.', 'visa', {
    role: 'canada-ab',
    has: offices(50, 20),
    recipients: 4,
    lastRecipient: 'complains',
  }),
  member('CA', 'SK', 'Durumfield Mills Inc.', 'visa', { role: 'canada-sk', changes: [['desk-phone', 12, -3]] }),
  member('CA', 'MB', 'Redriver Optics Ltd.', 'wire', { role: 'canada-mb', has: offices(15, 7) }),
  member('CA', 'NS', 'Fogsignal Charters Inc.', 'declines-once', { role: 'canada-ns' }),
  member('CA', 'NB', 'Fundyside Fisheries Ltd.', 'visa', { role: 'canada-nb', has: offices(9, 2) }),
  member('CA', 'NL', 'Icebank Outfitters Ltd.', 'visa', { role: 'canada-nl', recipients: 2, lastRecipient: 'is-full' }),
  member('CA', 'PE', 'Redsand Potato Growers Inc.', 'asks-to-authenticate', { role: 'needs-authentication' }),
  member('CA', 'YT', 'Midnight Sun Helicopters Ltd.', 'visa', {
    role: 'canada-yt',
    has: { ...offices(5, 2), 'international-number': 1 },
  }),
  member('CA', 'NT', 'Great Bear Geodata Ltd.', 'amex', { role: 'canada-nt', has: { softphone: 14 } }),
  member('CA', 'NU', 'Narwhal Bay Co-operative Ltd.', 'visa', {
    role: 'canada-nu',
    has: offices(3, 3),
    traffic: { records: 1000, messages: 0.9 },
  }),
  member('CA', 'QC', 'Menuiserie Clairbois ltée', 'card-on-request', {
    role: 'canada-qc-late',
    since: { kind: 'behind' },
  }),
  member('CA', 'ON', 'Trillium Gate Notaries Inc.', 'visa', { role: 'no-address', address: 'missing' }),
  member('CA', 'MB', 'Plover Marsh Tours Ltd.', 'visa', { role: 'no-province', address: 'without-region' }),
];

const AUSTRALIA = [
  member('AU', 'NSW', 'Lorikeet Lending Pty Ltd', 'visa', {
    role: 'australia',
    taxId: 'unchecked',
    has: offices(22, 11),
  }),
  member('AU', 'VIC', 'Yarra Loom Textiles Pty Ltd', 'mastercard', { since: { kind: 'started', day: 15 } }),
  member('AU', 'QLD', 'Mangrove Point Marine Pty Ltd', 'visa', {
    changes: [
      ['desk-phone', 20, 4],
      ['standard-number', 20, 4],
    ],
  }),
  member('AU', 'WA', 'Ironbark Assay Pty Ltd', 'wire', {
    taxId: 'unchecked',
    has: { ...offices(90, 45), 'toll-free-number': 3 },
  }),
  member('AU', 'SA', 'Gumleaf Cellars Pty Ltd', 'declines-once'),
  member('AU', 'TAS', 'Devilbrook Cider Pty Ltd', 'visa', { has: { softphone: 3, 'standard-number': 1 } }),
];

const UNITED_KINGDOM = [
  member('GB', 'London', 'Candlewick & Rowe Solicitors LLP', 'visa', {
    role: 'united-kingdom',
    taxId: 'unchecked',
    has: offices(45, 30),
    recipients: 3,
  }),
  member('GB', 'Manchester', 'Bobbin Mill Lofts Ltd', 'asks-to-authenticate', { has: offices(7, 3) }),
  member('GB', 'Bristol', 'Clifton Arch Acoustics Ltd', 'visa', { since: { kind: 'started', day: 30 } }),
  member('GB', 'Leeds', 'Teasel Carding Company Ltd', 'stolen', { has: offices(10, 5) }),
  member('GB', 'Edinburgh', 'Thistlecrag Whisky Ltd', 'mastercard', {
    taxId: 'unchecked',
    changes: [['standard-number', 9, 10]],
  }),
  member('GB', 'Cardiff', 'Redkite Rail Parts Ltd', 'card-on-request', { role: 'uk-late', since: { kind: 'behind' } }),
  member('GB', 'Belfast', 'Slipway Sails Ltd', 'visa', { has: { ...offices(6, 2), 'toll-free-number': 1 } }),
];

const IRELAND_AND_GERMANY = [
  member('DE', 'Berlin', 'Silberlinde Zahntechnik GmbH', 'visa', {
    role: 'reverse-charge',
    taxId: 'validated',
    has: offices(18, 9),
  }),
  member('DE', 'Hamburg', 'Nordhaffer Logistik GmbH & Co. KG', 'bank-debit', {
    role: 'sepa-debit',
    taxId: 'validated',
    has: offices(65, 30),
    recipients: 4,
  }),
  member('DE', 'München', 'Eichengrund Möbelwerk GmbH', 'visa', {
    role: 'german-vat',
    taxId: 'unchecked',
    callDetails: 'full',
  }),
  member('DE', 'Köln', 'Grünwehr Druckerei AG', 'asks-to-authenticate', {
    taxId: 'validated',
    callDetails: 'masked',
  }),
  member('DE', 'Leipzig', 'Ährenfeld Bäckereien GmbH', 'wire', {
    has: offices(14, 7),
    since: { kind: 'started', day: 10 },
  }),
  member('IE', 'Dublin', 'Liffeyside Analytics Ltd', 'visa', {
    role: 'ireland',
    taxId: 'validated',
    has: offices(32, 16),
    recipients: 2,
  }),
  member('IE', 'Cork', 'Fuchsia Bay Smokehouse Ltd', 'bank-debit-returned', { has: offices(5, 2) }),
  member('IE', 'Galway', 'Currach Coding DAC', 'mastercard', {
    role: 'worked-example',
    has: offices(20, 10),
    changes: [['desk-phone', 15, 2]],
  }),
  member('IE', 'Limerick', 'Shannon Reed Instruments Ltd', 'declines-once', { taxId: 'unchecked' }),
];

export const CAST: readonly CastMember[] = [
  ...UNITED_STATES,
  ...CANADA,
  ...AUSTRALIA,
  ...UNITED_KINGDOM,
  ...IRELAND_AND_GERMANY,
];
