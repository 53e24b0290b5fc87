import type { Place } from './places.ts';
import type { Random } from './random.ts';

/** Invented company names, in the language of the place, with the legal form of the country. */
interface Words {
  readonly first: readonly string[];
  readonly trade: readonly string[];
  readonly form: readonly string[];
}

const ENGLISH_FIRST = [
  'Bramblewick', 'Copperfinch', 'Dunmarrow', 'Elderquay', 'Fennhollow', 'Glasswater', 'Hartsedge', 'Inkberry',
  'Kettlemoor', 'Larkspire', 'Mapleghyll', 'Nettlestone', 'Oxbarrow', 'Pinewhistle', 'Quillford', 'Rooksbeck',
  'Saltmarrow', 'Thistledown', 'Umberfield', 'Violetbank', 'Wrenfield', 'Yarrowgate',
]; // biome-ignore format: a word list
const ENGLISH_TRADE = [
  'Dental Care', 'Freight', 'Joinery', 'Bakehouse', 'Optics', 'Veterinary', 'Surveyors', 'Cycles', 'Print Works',
  'Robotics', 'Seed Company', 'Accounting', 'Physiotherapy', 'Glazing', 'Clinics', 'Architects',
]; // biome-ignore format: a word list

const FRENCH: Words = {
  first: ['Val-Argenté', 'Belle-Grève', 'Mont-Cendré', 'Rive-Ocre', 'Clairbois', 'Pont-Vermeil', 'Haute-Lande'],
  trade: ['Boulangerie', 'Menuiserie', 'Optique', 'Transport', 'Clinique dentaire', 'Imprimerie', 'Architectes'],
  form: ['inc.', 'ltée'],
};
const GERMAN: Words = {
  first: ['Silberlinde', 'Moorbach', 'Eichengrund', 'Nordhaffer', 'Kupferhain', 'Ährenfeld', 'Schwanstein', 'Grünwehr'],
  trade: ['Maschinenbau', 'Logistik', 'Möbelwerk', 'Zahntechnik', 'Druckerei', 'Messtechnik', 'Bäckereien', 'Optik'],
  form: ['GmbH', 'GmbH & Co. KG', 'AG', 'UG (haftungsbeschränkt)'],
};
const FORMS: Readonly<Record<string, readonly string[]>> = {
  US: ['Inc.', 'LLC', 'Corp.'],
  CA: ['Inc.', 'Ltd.'],
  AU: ['Pty Ltd'],
  GB: ['Ltd', 'LLP'],
  IE: ['Ltd', 'DAC'],
};

export function companyName({ language, country }: Place, random: Random): string {
  if (language === 'fr') return `${random.pick(FRENCH.trade)} ${random.pick(FRENCH.first)} ${random.pick(FRENCH.form)}`;
  if (language === 'de') return `${random.pick(GERMAN.first)} ${random.pick(GERMAN.trade)} ${random.pick(GERMAN.form)}`;
  const form = random.pick(FORMS[country] ?? ['Ltd']);
  return `${random.pick(ENGLISH_FIRST)} ${random.pick(ENGLISH_TRADE)} ${form}`;
}

/** A name as part of a domain or an id: lower-case ASCII words with hyphens. */
export const slugOf = (name: string): string =>
  name
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
