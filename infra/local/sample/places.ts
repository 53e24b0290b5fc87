import type { WrittenAccount } from '../../../shared/import/account-schema.ts';

/** Where sample companies are. Cities are real, streets and companies are not. */
export interface Place {
  readonly sellerId: string;
  readonly currency: WrittenAccount['currency'];
  readonly language: WrittenAccount['language'];
  readonly country: string;
  readonly region?: string;
  readonly city: string;
  /** `#` is a digit, `?` a letter. */
  readonly postalCode: string;
  /** `#` stands for the house number. */
  readonly streets: readonly string[];
}

const american = ['# Orchard Lane', '# Foundry Street', '# Lakeview Avenue', '# Copper Road', '# Old Mill Drive'];
const canadian = ['# Birchwood Crescent', '# Kestrel Road', '# Granary Street', '# Lighthouse Way', '# Tamarack Lane'];
const quebecois = ['# rue des Érables', '# chemin du Moulin', '# avenue des Tilleuls', '# rue de la Grève'];
const australian = ['# Wattle Street', '# Lorikeet Parade', '# Ironbark Road', '# Jetty Terrace'];
const british = ['# Tanner’s Row', '# Millstone Lane', '# Cooper’s Yard', '# Harvest Road', '# Weir Street'];
const german = ['Lindenhof #', 'Am Alten Speicher #', 'Gerberweg #', 'Uferstieg #', 'Zur Ölmühle #'];
const irish = ['# Harbour Terrace', '# Fuchsia Lane', '# Weaver’s Quay', '# Abbey Gardens'];

type Row = readonly [region: string, city: string, postalCode: string];

const us = ([region, city, postalCode]: Row): Place => ({
  sellerId: 'northwind-us',
  currency: 'USD',
  language: 'en',
  country: 'US',
  region,
  city,
  postalCode,
  streets: american,
});
const ca = ([region, city, postalCode]: Row): Place => ({
  sellerId: 'northwind-ca',
  currency: 'CAD',
  language: region === 'QC' ? 'fr' : 'en',
  country: 'CA',
  region,
  city,
  postalCode,
  streets: region === 'QC' ? quebecois : canadian,
});
const au = ([region, city, postalCode]: Row): Place => ({
  sellerId: 'northwind-au',
  currency: 'AUD',
  language: 'en',
  country: 'AU',
  region,
  city,
  postalCode,
  streets: australian,
});
const european =
  (
    country: string,
    language: Place['language'],
    streets: readonly string[],
    sellerId: string,
    currency: Place['currency'],
  ) =>
  ([city, postalCode]: readonly [string, string]): Place => ({
    sellerId,
    currency,
    language,
    country,
    city,
    postalCode,
    streets,
  });

/** By country, every province and territory of Canada among them. */
export const PLACES = {
  US: (
    [
      ['MA', 'Boston', '021##'],
      ['NY', 'Albany', '122##'],
      ['GA', 'Atlanta', '303##'],
      ['IL', 'Chicago', '606##'],
      ['TX', 'Austin', '787##'],
      ['CO', 'Denver', '802##'],
      ['CA', 'San Jose', '951##'],
      ['WA', 'Seattle', '981##'],
    ] as const
  ).map(us),
  CA: (
    [
      ['ON', 'Toronto', 'M5V #?#'],
      ['QC', 'Montréal', 'H2X #?#'],
      ['BC', 'Vancouver', 'V6B #?#'],
      ['AB', 'Calgary', 'T2P #?#'],
      ['SK', 'Regina', 'S4P #?#'],
      ['MB', 'Winnipeg', 'R3C #?#'],
      ['NS', 'Halifax', 'B3J #?#'],
      ['NB', 'Moncton', 'E1C #?#'],
      ['NL', 'St. John’s', 'A1C #?#'],
      ['PE', 'Charlottetown', 'C1A #?#'],
      ['YT', 'Whitehorse', 'Y1A #?#'],
      ['NT', 'Yellowknife', 'X1A #?#'],
      ['NU', 'Iqaluit', 'X0A 0H0'],
    ] as const
  ).map(ca),
  AU: (
    [
      ['NSW', 'Sydney', '20##'],
      ['VIC', 'Melbourne', '30##'],
      ['QLD', 'Brisbane', '40##'],
      ['WA', 'Perth', '60##'],
      ['SA', 'Adelaide', '50##'],
      ['TAS', 'Hobart', '70##'],
    ] as const
  ).map(au),
  GB: (
    [
      ['London', 'EC2A #??'],
      ['Manchester', 'M1 #??'],
      ['Bristol', 'BS1 #??'],
      ['Leeds', 'LS1 #??'],
      ['Edinburgh', 'EH1 #??'],
      ['Cardiff', 'CF10 #??'],
      ['Belfast', 'BT1 #??'],
    ] as const
  ).map(european('GB', 'en', british, 'northwind-uk', 'GBP')),
  DE: (
    [
      ['Berlin', '10###'],
      ['Hamburg', '20###'],
      ['München', '80###'],
      ['Köln', '50###'],
      ['Leipzig', '04###'],
    ] as const
  ).map(european('DE', 'de', german, 'northwind-ie', 'EUR')),
  IE: (
    [
      ['Dublin', 'D02 ?#?#'],
      ['Cork', 'T12 ?#?#'],
      ['Galway', 'H91 ?#?#'],
      ['Limerick', 'V94 ?#?#'],
    ] as const
  ).map(european('IE', 'en', irish, 'northwind-ie', 'EUR')),
} satisfies Record<string, readonly Place[]>;
export type Country = keyof typeof PLACES;

/** Finds a place by country and, where a country has several, region or city. */
export function placeOf(country: Country, within?: string): Place {
  const places: readonly Place[] = PLACES[country];
  const found = places.find(({ region, city }) => within === undefined || region === within || city === within);
  if (found === undefined) throw new Error(`the sample knows no place ${within} in ${country}`);
  return found;
}
