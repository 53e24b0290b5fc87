import type { Random } from './random.ts';

/**
 * Numbers that nobody has: ranges that the authorities keep free for films and manuals (NANP 555-01xx, Ofcom, ACMA,
 * Bundesnetzagentur, ComReg, Arcep). `#` is a digit. The area code of the telecom itself, 617, is left out.
 */
const US_AREAS = [
  ...['212', '404', '312', '512', '303', '408', '206', '202', '215', '216', '305', '313', '314', '323', '330'],
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
  IE: ['0', '1', '2', '3', '4', '5', '6', '7'].map((digit) => `+3532091${digit}####`),
};

const TOLL_FREE: Readonly<Record<string, readonly string[]>> = {
  US: ['800', '888', '877', '866', '855', '844', '833'].map((area) => `+1${area}55501##`),
  CA: ['888', '877', '866', '855', '844', '833', '800'].map((area) => `+1${area}55501##`),
  GB: ['+448081570###'],
  AU: ['+61180097570#', '+61180016040#'],
  DE: ['+498005550###'],
  IE: ['+3531800555###'],
};

/** Numbers abroad, among them one that looks like Puerto Rico's +1 787 55… and is Russian (C16). */
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

/** Hands out numbers: the next ones of a country, each once; none when its free ranges are used up. */
export function numberPlan() {
  const taken = new Map<readonly string[], number>();
  const take = (ranges: readonly string[] = [], count = 0): string[] => {
    const from = taken.get(ranges) ?? 0;
    taken.set(ranges, from + count);
    return Array.from({ length: count }, (_, i) => numberAt(ranges, from + i)).filter((number) => number !== undefined);
  };
  return {
    geographic: (country: string, count: number) => take(RANGES[country], count),
    tollFree: (country: string, count: number) => take(TOLL_FREE[country], count),
  };
}

const TOLL_FREE_NUMBER = new RegExp(
  `^(${Object.values(TOLL_FREE)
    .flat()
    .map((range) => `\\${range.replaceAll('#', '\\d')}`)
    .join('|')})$`,
);
export const isTollFree = (number: string): boolean => TOLL_FREE_NUMBER.test(number);

export const numberIn = (country: string, random: Random): string => random.fill(random.pick(RANGES[country] ?? []));
export const tollFreeIn = (country: string, random: Random): string =>
  random.fill(random.pick(TOLL_FREE[country] ?? []));
export const numberAbroad = (country: string, random: Random): string =>
  random.fill(random.pick([...ABROAD, ...Object.keys(RANGES).flatMap((of) => (of === country ? [] : RANGES[of]!))]));
