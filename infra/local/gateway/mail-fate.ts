/** What becomes of a mail at one address, after SES accepted it. */
export type Fate = 'arrives' | 'bounces' | 'mailbox-full' | 'complains' | 'answers-automatically' | 'suppressed';

/** As SES's own simulator: by what the part before the @ begins with. */
const FATES: readonly (readonly [RegExp, Fate])[] = [
  [/^bounce[^@]*@|@bounce\.example$/i, 'bounces'],
  [/^complaint[^@]*@/i, 'complains'],
  [/^mailbox-full[^@]*@/i, 'mailbox-full'],
  [/^ooto[^@]*@/i, 'answers-automatically'],
  [/^suppressionlist[^@]*@/i, 'suppressed'],
];

/** By the address alone: of an address without a name of its own mails arrive. */
export const fateAt = (address: string): Fate => FATES.find(([pattern]) => pattern.test(address))?.[1] ?? 'arrives';
