/**
 * The default alphabet of 3GPP TS 23.038 §6.2.1. Position 9 is the capital Ç: that is what the standard's table prints and
 * what handsets send. Unicode's GSM0338.TXT maps it to the small ç instead, and carriers differ; we take the standard by
 * its word, so a text with ç is UCS-2.
 */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** §6.2.1.1: each is an escape and a character, two septets that one segment must hold together. */
const EXTENSION = new Set('\f^{}\\[~]|€');

/** Units in a message of its own, and in each part of a longer one, whose header takes the difference (TS 23.040 §9.2.3.24). */
const SEPTETS = { single: 160, part: 153 };
const UTF16 = { single: 70, part: 67 };

/**
 * In how many segments a text travels, each of which is one credit (R110). One character outside the GSM alphabet turns
 * the whole text into UCS-2, counted in UTF-16 units. Neither an escaped character nor a surrogate pair is cut in two, so
 * a part may stay one unit short. An empty text is one segment: a message was sent.
 */
export function smsSegments(text: string): number {
  const characters = [...text];
  const gsm = characters.every((character) => BASIC.has(character) || EXTENSION.has(character));
  const costs = characters.map((character) => (gsm ? (EXTENSION.has(character) ? 2 : 1) : character.length));
  const limits = gsm ? SEPTETS : UTF16;
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  return total <= limits.single ? 1 : parts(costs, limits.part);
}

function parts(costs: readonly number[], limit: number): number {
  let count = 1;
  let used = 0;
  for (const cost of costs) {
    if (used + cost > limit) {
      count++;
      used = 0;
    }
    used += cost;
  }
  return count;
}
