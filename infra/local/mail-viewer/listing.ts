import type { KeptMail } from '../gateway/mailbox.ts';

/** A mail as the list shows it: one row per message, which has one recipient. */
export interface ListedMail {
  readonly mail: KeptMail;
  readonly to: string;
  /** Which document it is; absent: it does not say. */
  readonly kind?: string;
  readonly account?: string;
  readonly outcome: string;
}

export interface Filter {
  readonly kind?: string;
  readonly account?: string;
  readonly to?: string;
  readonly outcome?: string;
}

export function listed(mail: KeptMail): ListedMail {
  const to = mail.to.join(', ');
  const { document: kind, account } = mail.tags;
  const fates = mail.to.map((address) => mail.fates.get(address) ?? 'arrives');
  return {
    mail,
    to,
    ...(kind === undefined ? {} : { kind }),
    ...(account === undefined ? {} : { account: decoded(account) }),
    outcome: [...new Set(fates.map((fate) => (fate === 'arrives' ? 'delivered' : fate)))].join(', '),
  };
}

/** Newest first. An account or an address is found by a part of it, whatever its case. */
export function matching(mails: readonly KeptMail[], { kind, account, to, outcome }: Filter): ListedMail[] {
  const has = (text: string | undefined, part: string | undefined) =>
    part === undefined || (text ?? '').toLowerCase().includes(part.toLowerCase());
  return mails
    .toReversed()
    .map(listed)
    .filter(
      (each) =>
        (kind === undefined || each.kind === kind) &&
        (outcome === undefined || each.outcome === outcome) &&
        has(each.account, account) &&
        has(each.to, to),
    );
}

/** Of all mails, whatever is shown: to choose from. */
export const choices = (mails: readonly ListedMail[], of: 'kind' | 'outcome'): string[] =>
  [...new Set(mails.flatMap((mail) => mail[of] ?? []))].sort();

/** Tags have letters, digits, hyphens and underscores only; an id may have more (`shared/delivery/mail-tags.ts`). */
const decoded = (tag: string): string =>
  tag.replace(/_([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
