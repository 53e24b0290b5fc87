import { type DeliveryId, DOCUMENTS, type DocumentKind } from '../domain/delivery.ts';
import { nthOf, type SendingOf } from '../domain/sendings.ts';

/**
 * Which sending of which delivery a mail is of, as tags that the mail service repeats in its news of the mail. Their values may be letters,
 * digits, hyphens and underscores only: anything else is written as an underscore and two hexadecimal digits.
 */
export function tagsOf(of: SendingOf): Record<string, string> {
  const { sellerId, accountId, about, document, occurrence } = of;
  return {
    seller: encoded(sellerId),
    account: encoded(accountId),
    about: encoded(about),
    document,
    occurrence: String(occurrence),
    ...(nthOf(of) > 1 && { sending: String(of.nth) }),
  };
}

/** Reads them back; undefined when they are not of this product. */
export function deliveryIn(
  tags: Readonly<Record<string, readonly string[]>>,
): (DeliveryId & { readonly sellerId: string; readonly sending?: number }) | undefined {
  const value = (name: string): string => decoded(tags[name]?.[0] ?? '');
  const document = value('document');
  const occurrence = Number(value('occurrence'));
  const sending = Number(value('sending') || 1);
  if (!isDocument(document) || !Number.isInteger(occurrence) || !Number.isInteger(sending)) return undefined;
  return {
    ...{ sellerId: value('seller'), accountId: value('account'), about: value('about') },
    ...{ document, occurrence },
    ...(sending > 1 && { sending }),
  };
}

const isDocument = (name: string): name is DocumentKind => Object.hasOwn(DOCUMENTS, name);

const LONGEST = 256;

/** Ids are ASCII. One that comes out too long is cut off: better a mail whose news find nobody, which is counted, than none. */
const encoded = (id: string): string =>
  id.replace(/[^A-Za-z0-9-]/g, (sign) => `_${sign.charCodeAt(0).toString(16).padStart(2, '0')}`).slice(0, LONGEST);
const decoded = (text: string): string =>
  text.replace(/_([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
