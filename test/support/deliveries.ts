import type { Account, Recipient } from '../../shared/domain/account.ts';
import type { Delivery, RecipientOutcome } from '../../shared/domain/delivery.ts';
import { BillingError } from '../../shared/domain/errors.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
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
  const set = (email: string, outcome: RecipientOutcome) => {
    delivery = { ...current(), recipients: { ...current().recipients, [email.toLowerCase()]: outcome } };
  };
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
      const free = emails.filter((email) => current().recipients[email.toLowerCase()] === undefined);
      for (const email of free) set(email, { status: 'sending', at });
      return free;
    },
    async concludeRecipients(of, outcomes, completedAt) {
      if (of.pdf) delivery = { ...current(), pdf: current().pdf ?? of.pdf };
      for (const [email, outcome] of Object.entries(outcomes)) set(email, outcome);
      const completed = completedAt !== undefined && current().completedAt === undefined;
      if (!completed) return {};
      delivery = { ...current(), completedAt };
      return { completed: delivery };
    },
    async releaseRecipients(_delivery, emails) {
      const released = new Set(emails.map((email) => email.toLowerCase()));
      const others = Object.entries(current().recipients).filter(([email]) => !released.has(email));
      delivery = { ...current(), recipients: Object.fromEntries(others) };
    },
    async noteReach(_delivery, unreachedSince) {
      const { unreachedSince: _before, ...rest } = current();
      delivery = { ...rest, ...(unreachedSince !== undefined && { unreachedSince }) };
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
