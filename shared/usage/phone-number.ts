import { type CountryCode, isSupportedCountry, parsePhoneNumberWithError } from 'libphonenumber-js/min';
import { type Fault, fault } from './raw-record.ts';

/** As a switch names somebody who does not want to be known. */
const WITHHELD = /^(anonymous|restricted|private|unavailable|unknown|withheld)?$/i;
/** Extensions, feature codes and emergency numbers: short, and the same wherever they are dialled. */
const SHORT = /^[*#]?\d{1,6}#?$/;
/** The name of a sender: up to eleven characters with a letter among them (3GPP TS 23.040 §9.1.2.5). */
const NAME = /^(?=.*[A-Za-z])[\w .&-]{1,11}$/;
/** ITU-T E.164: at most 15 digits, and no country code begins with 0. */
const E164 = /^\+[1-9]\d{4,14}$/;
const NANP = /^\+1[2-9]\d{2}[2-9]\d{6}$/;
/** What people and switches write between digits. */
const FILLERS = /[\s().\-/]/g;

/** What stands for a caller who withheld the number. */
export const ANONYMOUS = 'anonymous';

const MOST_REMEMBERED = 20_000;

/**
 * Numbers as a switch writes them to E.164, in the country where it stands: `+` and digits, the national form, or with `00`
 * or the country's own international prefix. Short numbers stay as they are; a withheld caller is `anonymous`.
 * One per file: it remembers what it has seen.
 */
export function numberReader(country: string) {
  const remembered = new Map<string, string | undefined>();
  const e164 = (text: string): string | undefined => {
    if (remembered.has(text)) return remembered.get(text);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    const found = parsed(text, country);
    remembered.set(text, found);
    return found;
  };
  return {
    caller: (field: string, written: string): string | Fault =>
      WITHHELD.test(written.trim()) ? ANONYMOUS : read(field, written, e164),
    called: (field: string, written: string): string | Fault => read(field, written, e164),
    /** Of a message: companies send under a name. */
    sender: (field: string, written: string): string | Fault =>
      NAME.test(written) ? written : read(field, written, e164),
  };
}
export type NumberReader = ReturnType<typeof numberReader>;

function read(field: string, written: string, e164: (text: string) => string | undefined): string | Fault {
  if (isE164(written)) return written;
  const text = written.trim().replace(FILLERS, '');
  if (SHORT.test(text)) return text;
  return e164(text) ?? fault('number_malformed', field, `"${written.slice(0, 40)}" is not a telephone number`);
}

/** Whether a text is a number in the form in which numbers are kept. */
export const isE164 = (text: string): boolean => E164.test(text) && (!text.startsWith('+1') || NANP.test(text));

function parsed(text: string, country: string): string | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  const dialled = dialledIn(text, country);
  if (dialled !== undefined || !text.startsWith('00')) return dialled;
  // Carriers write 00 also where it is not what people dial.
  const international = `+${text.slice(2)}`;
  return isE164(international) ? international : undefined;
}

function dialledIn(text: string, country: string): string | undefined {
  if (!isSupportedCountry(country)) return undefined;
  try {
    const found = parsePhoneNumberWithError(text, country as CountryCode);
    return found.isPossible() && isE164(found.number) ? found.number : undefined;
  } catch {
    return undefined;
  }
}
