import type { Account, Recipient } from '../../shared/domain/account.ts';
import type { Delivery, RecipientOutcome, Sending } from '../../shared/domain/delivery.ts';
import { BillingError } from '../../shared/domain/errors.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { nthOf, type SendingOf, sendingAt } from '../../shared/domain/sendings.ts';
import type { DeliveryStore, Documents, Mail, Mailer, MailOutcome } from '../../shared/ports.ts';

export const recipients = (...addresses: readonly string[]): Recipient[] =>
  addresses.map((email, index) => ({ email, main: index === 0 }));

/** What is read together with a delivery. */
type Facts = Omit<Awaited<ReturnType<DeliveryStore['loadForMail']>>, 'delivery'>;

/** One delivery kept in memory under the same conditions as in the table, so that a death between two calls can be told. */
export function deliveryShelf(initial?: Delivery, facts: Facts = {}) {
  let delivery = initial;
  const current = (): Delivery => {
    if (delivery === undefined) throw new Error('There is no delivery');
    return delivery;
  };
  const sending = (of: Pick<SendingOf, 'nth'>): Sending => sendingAt(current(), nthOf(of))!;
  const change = (of: Pick<SendingOf, 'nth'>, changed: Partial<Sending>) => {
    const { again = [] } = current();
    const place = nthOf(of) - 2;
    delivery =
      place < 0
        ? { ...current(), ...changed }
        : { ...current(), again: again.with(place, { ...again[place]!, ...changed }) };
  };
  const set = (of: Pick<SendingOf, 'nth'>, email: string, outcome: RecipientOutcome) =>
    change(of, { recipients: { ...sending(of).recipients, [email.toLowerCase()]: outcome } });
  const store: DeliveryStore = {
    recordReissue: () => Promise.reject(new Error('no delivery makes a PDF anew')),
    delivery: async () => delivery,
    invoice: async () => facts.invoice,
    loadForMail: async () => ({ delivery, ...facts }),
    async beginDelivery(begun) {
      if (delivery !== undefined) return 'already-done';
      delivery = begun;
      return 'written';
    },
    async recordPdf(_delivery, pdf) {
      delivery = { ...current(), pdf: current().pdf ?? pdf };
      return delivery.pdf ?? pdf;
    },
    async claimRecipients(of, emails, at) {
      if (emails.length > 0 && of.pdf) {
        const recorded = current().pdf ?? of.pdf;
        if (recorded.sha256 !== of.pdf.sha256) throw new BillingError('document_mismatch', of.pdf.key);
        delivery = { ...current(), pdf: recorded };
      }
      const free = emails.filter((email) => sending(of).recipients[email.toLowerCase()] === undefined);
      for (const email of free) set(of, email, { status: 'sending', at });
      return free;
    },
    async concludeRecipients(of, outcomes, completedAt) {
      if (of.pdf) delivery = { ...current(), pdf: current().pdf ?? of.pdf };
      for (const [email, outcome] of Object.entries(outcomes)) set(of, email, outcome);
      if (completedAt === undefined || sending(of).completedAt !== undefined) return {};
      change(of, { completedAt });
      return { completed: current() };
    },
    async releaseRecipients(of, emails) {
      const released = new Set(emails.map((email) => email.toLowerCase()));
      const others = Object.entries(sending(of).recipients).filter(([email]) => !released.has(email));
      change(of, { recipients: Object.fromEntries(others) });
    },
    async noteReach(_delivery, unreachedSince) {
      const { unreachedSince: _before, ...rest } = current();
      delivery = { ...rest, ...(unreachedSince !== undefined && { unreachedSince }) };
      return 'written';
    },
    againLog: async () => undefined,
    async sendAgain(_delivery, asked) {
      const { unreachedSince: _before, again = [], ...rest } = current();
      delivery = { ...rest, again: [...again, asked] };
      return 'written';
    },
  };
  return { store, current };
}

/** Keeps what it is given to send; `answers` decides for single addresses, all others are accepted. */
export function recordingMailer(answers: Readonly<Record<string, () => MailOutcome>> = {}) {
  const mails: (Mail & { readonly to: string })[] = [];
  const mailer: Mailer = {
    compose: async (mail) => ({
      async sendTo(to) {
        const answer = answers[to]?.() ?? { kind: 'sent', messageId: `message-${mails.length + 1}` };
        if (answer.kind === 'sent') mails.push({ ...mail, to });
        return answer;
      },
    }),
  };
  return { mailer, mails, addresses: () => mails.map((mail) => mail.to) };
}

/** A bucket that is written once per key. */
export function documentShelf(stored: Readonly<Record<string, Uint8Array>> = {}) {
  const objects = new Map(Object.entries(stored));
  const kept = new Map<string, string | undefined>();
  const documents: Pick<Documents, 'storeOnce' | 'load'> = {
    async storeOnce(key, bytes, _type, keptUntil) {
      if (objects.has(key)) return 'already-done';
      objects.set(key, bytes);
      kept.set(key, keptUntil);
      return 'written';
    },
    load: async (key) => objects.get(key),
  };
  return { documents, objects, kept };
}

export const deliveryOf = (invoice: Invoice, overrides: Partial<Delivery> = {}): Delivery => ({
  sellerId: invoice.sellerId,
  accountId: invoice.accountId,
  about: invoice.invoiceId,
  document: 'invoice',
  occurrence: 1,
  createdAt: invoice.issuedAt,
  recipients: {},
  ...overrides,
});

/** The account of an invoice, as far as mails ask for it. */
export const accountOf = (invoice: Invoice, overrides: Partial<Account> = {}): Account => ({
  accountId: invoice.accountId,
  sellerId: invoice.sellerId,
  name: invoice.buyer.name,
  language: invoice.language,
  currency: invoice.currency,
  taxIds: [],
  recipients: recipients('anna@customer.example'),
  billingStartDate: '2025-11-01',
  autopay: true,
  terms: 'card',
  services: { status: 'active', number: 0 },
  nextBillingDate: '2027-01-01',
  balance: invoice.total,
  version: 1,
  ...overrides,
});
