/**
 * Italian articles and prepositions before a date or a percentage in figures: the vowel of eight and eleven elides them, so that
 * it is `il 7 dicembre` but `l’8 dicembre`, and `dell’80%` but `del 18%`.
 */
const before = (plain: string, elided: string) => (text: string) =>
  /^(?:8|11(?!\d))/.test(text) ? `${elided}’${text}` : `${plain} ${text}`;

export const il = before('il', 'l');
/** At the beginning of a sentence. */
export const Il = before('Il', 'L');
export const al = before('al', 'all');
export const dal = before('dal', 'dall');
export const del = before('del', 'dell');
