import type { Random } from './random.ts';

/**
 * Numbers that nobody has: ranges that the authorities keep free for films and manuals (NANP 555-01xx, Ofcom, ACMA,
 * Bundesnetzagentur, ComReg, Arcep). `#` is a digit.
 */
const US_AREAS = [
  ...['617', '212', '404', '312', '512', '303', '408', '206', '202', '215', '216', '305', '313', '314', '323', '330'],
  ...['334', '337', '360', '386', '401', '402', '405', '410', '412', '414', '415', '419', '423', '425', '432', '434'],
  ...['440', '443', '469', '478', '479', '480', '501', '502', '503', '504', '505', '507', '508', '509', '510', '515'],
  ...['520', '530', '541', '559', '561', '562', '563', '570', '571', '573', '574', '580', '585', '601', '602', '603'],
];
const CA_AREAS = [
  ...['416', '514', '604', '403', '306', '204', '902', '506', '709', '867', '613', '647', '905', '438', '450', '778'],
  ...['236', '587', '780', '639', '431', '782', '343', '519', '226', '548', '705', '249', '807', '819', '873', '418'],
];
const GB_AREAS = [
  ...['113496', '114496', '115496', '116496', '117496', '118496', '121496', '131496', '141496', '151496', '161496'],
  ...['207946', '191498', '292018'],
];

const RANGES: Readonly<Record<string, readonly string[]>> = {
  US: US_AREAS.map((area) => `+1${area}55501##`),
  CA: CA_AREAS.map((area) => `+1${area}55501##`),
  GB: GB_AREAS.map((area) => `+44${area}0###`),
  AU: ['2', '3', '7', '8'].flatMap((area) => [`+61${area}5550####`, `+61${area}7010####`]),
  DE: ['3023125###', '6990009###', '4066969###', '2214710###', '8999998###'].map((range) => `+49${range}`),
  IE: ['0', '1', '2', '3', '4', '5', '6', '7'].map((digit) => `+353 2091${digit}####`.replace(' ', '')),
};

const TOLL_FREE: Readonly<Record<string, readonly string[]>> = {
  US: ['800', '888', '877', '866', '855', '844', '833'].map((area) => `+1${area}55501##`),
  CA: ['888', '877', '866', '855', '844', '833', '800'].map((area) => `+1${area}55501##`),
  GB: ['+448081570###'],
  AU: ['+61180097570#', '+61180016040#'],
  DE: ['+498005550###'],
  IE: ['+3531800555###'],
};

/** Numbers abroad, and two that look alike: Puerto Rico is premium for an American, +7 875 55… is Russia. */
const ABROAD = ['+331990#####', '+46313900###', '+81355500###', '+52555550####', '+78755501###', '+9715555####'];

const sizeOf = (range: string): number => 10 ** [...range].filter((mark) => mark === '#').length;

/** The n-th number of a list of ranges, counted from 0; undefined beyond the last. */
function numberAt(ranges: readonly string[], position: number): string | undefined {
  let left = position;
  for (const range of ranges) {
    const size = sizeOf(range);
    if (left < size) {
      const digits = String(left).padStart(String(size).length - 1, '0');
      let used = 0;
      return range.replace(/#/g, () => digits[used++]!);
    }
    left -= size;
  }
  return undefined;
}

export const NUMBERS_PER_ACCOUNT = 3;

/** The geographic numbers of the sample's `index`-th account; none when the country's free ranges are used up. */
export const numbersOf = (country: string, index: number): string[] =>
  Array.from({ length: NUMBERS_PER_ACCOUNT }, (_, i) =>
    numberAt(RANGES[country] ?? [], index * NUMBERS_PER_ACCOUNT + i),
  ).filter((number) => number !== undefined);

/** Its toll-free number, if there is one left. */
export const tollFreeOf = (country: string, index: number): string | undefined =>
  numberAt(TOLL_FREE[country] ?? [], index);

export const numberIn = (country: string, random: Random): string => random.fill(random.pick(RANGES[country] ?? []));
export const tollFreeIn = (country: string, random: Random): string =>
  random.fill(random.pick(TOLL_FREE[country] ?? []));
export const numberAbroad = (country: string, random: Random): string =>
  random.fill(random.pick([...ABROAD, ...Object.keys(RANGES).flatMap((of) => (of === country ? [] : RANGES[of]!))]));
