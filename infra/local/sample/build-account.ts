import { Temporal } from 'temporal-polyfill';
import type { WrittenAccount } from '../../../shared/import/account-schema.ts';
import { slugOf } from './names.ts';
import { type Pays, payingFor } from './payments.ts';
import type { Place } from './places.ts';
import type { Random } from './random.ts';
import { australianBusinessNumber, britishVatId, canadianGstNumber, germanVatId, irishVatId } from './tax-ids.ts';

/** Products of the local stage's catalog. */
export type ProductId =
  | 'desk-phone'
  | 'softphone'
  | 'conference-phone'
  | 'standard-number'
  | 'toll-free-number'
  | 'international-number';

/**
 * Since when the customer is billed; days are days of the month before the sample's. `established`: for years. `behind`:
 * the month before is still to be invoiced. `started`: charges began on that day. `free`: signed that many months and days
 * earlier, free until then. `starts`: charges begin on that day of the sample's month.
 */
export type Since =
  | { readonly kind: 'established' | 'behind' }
  | { readonly kind: 'started' | 'starts'; readonly day: number }
  | { readonly kind: 'free'; readonly months: number; readonly day: number };

/** A sample customer before its details are drawn. */
export interface Member {
  readonly accountId: string;
  readonly name: string;
  readonly place: Place;
  readonly has: Partial<Readonly<Record<ProductId, number>>>;
  readonly pays: Pays;
  readonly since: Since;
  /** In the month before: the product, the day, and how many more or fewer. */
  readonly changes?: readonly (readonly [ProductId, day: number, delta: number])[];
  readonly recipients?: number;
  /** The last recipient's address does not exist any more, takes our mails for spam, or is full. */
  readonly lastRecipient?: 'bounces' | 'complains' | 'is-full';
  /** `validated`: found valid with the authority, without which a foreign customer in the EU pays VAT. */
  readonly taxId?: 'validated' | 'unchecked' | 'none';
  readonly address?: 'complete' | 'missing' | 'without-region';
  readonly hold?: string;
  /** How its calls are listed, where it chose that itself. */
  readonly callDetails?: WrittenAccount['callDetails'];
}

const MAILBOXES = ['billing', 'accounts', 'office', 'finance', 'it'] as const;

/** A member as a line of an import file, with its numbers since it is billed. `month` is the month that the sample bills. */
export function buildAccount(
  member: Member,
  numbers: readonly string[],
  month: string,
  random: Random,
): WrittenAccount {
  const { accountId, name, place, since } = member;
  const previous = Temporal.PlainYearMonth.from(month).subtract({ months: 1 });
  const began = beginning(since, previous, random);
  const taxIds = taxIdsOf(member, began.from, random);
  const address = addressOf(member, random);
  return {
    accountId,
    sellerId: place.sellerId,
    name,
    language: place.language,
    currency: place.currency,
    ...(address === undefined ? {} : { billingAddress: address }),
    ...(taxIds === undefined ? {} : { taxIds }),
    recipients: recipientsOf(member),
    ...began.fields,
    ...payingFor(member.pays, accountId, place.country),
    ...(random.chance(0.4) ? { reference: `PO-${random.int(10_000, 99_999)}` } : {}),
    ...(member.callDetails && { callDetails: member.callDetails }),
    ...(member.hold === undefined ? {} : { hold: { reason: member.hold } }),
    subscriptions: subscriptionsOf(member, began.from, previous),
    ...(numbers.length === 0 ? {} : { numbers: numbers.map((number) => ({ number, from: began.from })) }),
  };
}

function beginning(since: Since, previous: Temporal.PlainYearMonth, random: Random) {
  const dayOf = (month: Temporal.PlainYearMonth, day: number) => month.toPlainDate({ day }).toString();
  switch (since.kind) {
    case 'started':
    case 'starts': {
      const month = since.kind === 'started' ? previous : previous.add({ months: 1 });
      const from = dayOf(month, since.day);
      return { from, fields: { billingStartDate: from } };
    }
    case 'free': {
      const signedOn = dayOf(previous.subtract({ months: since.months }), since.day);
      return { from: dayOf(previous, since.day), fields: { signedOn, freeMonths: since.months } };
    }
    default: {
      const from = dayOf(previous.subtract({ months: random.int(4, 40) }), random.int(1, 28));
      const billed = since.kind === 'behind' ? previous.subtract({ months: 1 }) : previous;
      return { from, fields: { billingStartDate: from, billedThrough: billed.toString() } };
    }
  }
}

function subscriptionsOf(member: Member, from: string, previous: Temporal.PlainYearMonth) {
  const changed = (product: ProductId) =>
    (member.changes ?? [])
      .filter(([of]) => of === product)
      .map(([, day, delta]) => ({ effectiveOn: previous.toPlainDate({ day }).toString(), delta }));
  const products = new Set([...Object.keys(member.has), ...(member.changes ?? []).map(([product]) => product)]);
  return ([...products] as ProductId[]).map((productId) => {
    const initial = member.has[productId];
    const changes = [...(initial === undefined ? [] : [{ effectiveOn: from, delta: initial }]), ...changed(productId)];
    return { subscriptionId: `sub-${productId}`, productId, changes };
  });
}

/** What the local mail service tells them by (`fateAt`). */
const NAMES_OF_LAST = { bounces: 'bounce-', complains: 'complaint-', 'is-full': 'mailbox-full-' };

function recipientsOf({ name, recipients = 1, lastRecipient }: Member): WrittenAccount['recipients'] {
  const nameOfLast = lastRecipient === undefined ? '' : NAMES_OF_LAST[lastRecipient];
  const domain = `${slugOf(name).slice(0, 40).replace(/-$/, '')}.example`;
  return MAILBOXES.slice(0, recipients).map((mailbox, index) => ({
    email: `${index === recipients - 1 ? nameOfLast : ''}${mailbox}@${domain}`,
    main: index === 0,
  }));
}

function addressOf({ place, address }: Member, random: Random): WrittenAccount['billingAddress'] {
  const { country, region, city, postalCode, streets } = place;
  const drawn = {
    line1: random.pick(streets).replace('#', String(random.int(1, 280))),
    city,
    ...(region === undefined || address === 'without-region' ? {} : { region }),
    postalCode: random.fill(postalCode),
    country,
  };
  return address === 'missing' ? undefined : drawn;
}

function taxIdsOf({ place, taxId }: Member, from: string, random: Random): WrittenAccount['taxIds'] {
  if (taxId === undefined || taxId === 'none') return undefined;
  const validated = taxId === 'validated' ? { validatedOn: from } : {};
  switch (place.country) {
    case 'DE':
      return [{ kind: 'eu-vat', label: 'USt-IdNr.', value: germanVatId(random), ...validated }];
    case 'IE':
      return [{ kind: 'eu-vat', label: 'VAT ID', value: irishVatId(random), ...validated }];
    case 'GB':
      return [{ kind: 'gb-vat', label: 'VAT No', value: britishVatId(random) }];
    case 'AU':
      return [{ kind: 'abn', label: 'ABN', value: australianBusinessNumber(random) }];
    case 'CA':
      return [{ kind: 'other', label: 'GST/HST', value: canadianGstNumber(random) }];
    default:
      return undefined;
  }
}
