import type { Invoice } from '../domain/invoice.ts';
import { drawProse } from './notes.ts';
import type { Sheet } from './sheet.ts';
import { leading, STYLES } from './styles.ts';
import type { DocumentTexts } from './texts/texts.ts';
import { wrapped } from './wrap.ts';

interface ContactOptions {
  readonly sentence?: string;
  readonly heading?: string;
  /** Points. */
  readonly below?: number;
}

/** How high they are with the space above them. */
export const contactsHeight = (sheet: Sheet, sentence = ''): number =>
  SPACE + leading(STYLES.heading) + wrapped(sentence, sheet.width, STYLES.body).length * leading(STYLES.body) + 47;
const SPACE = 13;

/** Last on every document: whom to ask, and a sentence before it. Kept together, and with what is `below` at the foot of its page. */
export function drawContacts(
  sheet: Sheet,
  { support, accountsReceivable }: Invoice['seller'],
  texts: DocumentTexts,
  { sentence = '', heading = texts.questions, below = 0 }: ContactOptions = {},
): void {
  const half = (sheet.width - 20) / 2;
  const contacts = [
    { heading: texts.accountsReceivable, ...accountsReceivable },
    { heading: texts.support, ...support },
  ];
  sheet.room(contactsHeight(sheet, sentence) + below);
  sheet.y += SPACE;
  sheet.heading('H2', heading);
  sheet.y += 2;
  if (sentence !== '') drawProse(sheet, sentence);
  const top = sheet.y + 5;
  contacts.forEach(({ heading: who, email, phone }, index) => {
    const x = sheet.left + index * (half + 20);
    sheet.y = top;
    sheet.paragraph(who, x, half, STYLES.strong);
    sheet.link(email, x, half, STYLES.body, `mailto:${email}`);
    sheet.paragraph(phone, x, half, STYLES.label);
  });
}
