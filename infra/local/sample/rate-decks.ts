/** Destinations: prefix, name, price per minute in the cheapest currency, and whether it is billed in whole minutes. */
const DESTINATIONS: readonly (readonly [string, string, number, 'whole-minutes'?])[] = [
  ['1', 'United States and Canada', 18_000],
  ['1242', 'Bahamas', 240_000, 'whole-minutes'],
  ['1876', 'Jamaica', 290_000, 'whole-minutes'],
  ['27', 'South Africa', 95_000],
  ['31', 'Netherlands', 21_000],
  ['316', 'Netherlands, mobile', 49_000],
  ['33', 'France', 17_000],
  ['336', 'France, mobile', 46_000],
  ['34', 'Spain', 16_000],
  ['351', 'Portugal', 18_000],
  ['353', 'Ireland', 19_000],
  ['3538', 'Ireland, mobile', 52_000],
  ['39', 'Italy', 18_000],
  ['41', 'Switzerland', 38_000],
  ['43', 'Austria', 24_000],
  ['44', 'United Kingdom', 15_500],
  ['447', 'United Kingdom, mobile', 42_000],
  ['45', 'Denmark', 17_000],
  ['46', 'Sweden', 16_000],
  ['48', 'Poland', 22_000],
  ['49', 'Germany', 19_000],
  ['491', 'Germany, mobile', 49_000],
  ['52', 'Mexico', 30_000, 'whole-minutes'],
  ['55', 'Brazil', 48_000],
  ['61', 'Australia', 23_000],
  ['614', 'Australia, mobile', 61_000],
  ['64', 'New Zealand', 26_000],
  ['65', 'Singapore', 21_000],
  ['7', 'Russia and Kazakhstan', 120_000],
  ['81', 'Japan', 39_000],
  ['852', 'Hong Kong', 31_000],
  ['86', 'China', 27_000],
  ['870', 'Satellite', 6_900_000, 'whole-minutes'],
  ['91', 'India', 28_000],
  ['971', 'United Arab Emirates', 210_000, 'whole-minutes'],
  ['972', 'Israel', 25_000],
];

/** What is dialled like a call at home and costs more (R105): sample prefixes. */
const PREMIUM: Readonly<Record<string, readonly (readonly [string, string, number])[]>> = {
  us: [
    ['1787', 'Puerto Rico', 90_000],
    ['1939', 'Puerto Rico', 90_000],
    ['1900', 'Premium services', 1_990_000],
  ],
  ca: [['1900', 'Premium services', 2_490_000]],
  au: [['61190', 'Premium services', 2_750_000]],
  uk: [
    ['449', 'Premium services', 1_500_000],
    ['4487', 'Business rate', 130_000],
  ],
  ie: [['353157', 'Premium services', 1_250_000]],
};

/** What a dollar's price is in the seller's currency, in percent; samples have no exchange rates. */
const PERCENT: Readonly<Record<string, number>> = { us: 100, ca: 130, au: 150, uk: 80, ie: 95 };
const HEADING = 'prefix,destination,initial,subsequent,price,from,to';

/** The decks that the local stage's sellers name, as CSV. */
export function* sampleRateDecks(): Generator<{ sellerId: string; deck: string; csv: string }> {
  for (const [place, percent] of Object.entries(PERCENT)) {
    const sellerId = `northwind-${place}`;
    const international = DESTINATIONS.map(([prefix, destination, micros, whole]) =>
      rowOf(prefix, destination, whole === undefined ? '30,6' : '60,60', (micros * percent) / 100),
    );
    const premium = PREMIUM[place]!.map(([prefix, destination, micros]) => rowOf(prefix, destination, '60,60', micros));
    yield { sellerId, deck: `international-${place}`, csv: [HEADING, ...international, ''].join('\n') };
    yield { sellerId, deck: `premium-${place}`, csv: [HEADING, ...premium, ''].join('\n') };
  }
}

const rowOf = (prefix: string, destination: string, increments: string, micros: number): string =>
  `${prefix},"${destination}",${increments},${decimal(Math.round(micros))},2026-01-01,`;

const decimal = (micros: number): string =>
  `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`;
