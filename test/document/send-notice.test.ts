import { describe, expect, it } from 'vitest';
import { sendNotice } from '../../functions/send-notice.ts';
import stage from '../../infra/stages/local.json' with { type: 'json' };
import { sha256Of } from '../../shared/delivery/stored-pdf.ts';
import { renderCancellation } from '../../shared/document/cancellation-pdf.ts';
import { renderCreditNote } from '../../shared/document/credit-note-pdf.ts';
import { LAYOUT } from '../../shared/document/layout.ts';
import { renderQuote } from '../../shared/document/quote-pdf.ts';
import type { Account, HandOver } from '../../shared/domain/account.ts';
import { creditNoteName } from '../../shared/domain/books/credit-note.ts';
import type { CancellationConfirmation } from '../../shared/domain/cancellation.ts';
import type { Delivery } from '../../shared/domain/delivery.ts';
import type { PaymentAttempt, Receivable } from '../../shared/domain/receivable.ts';
import type { Message } from '../../shared/messages.ts';
import { parseStage } from '../../shared/runtime/stage.ts';
import { noteOn } from '../support/credit-notes.ts';
import {
  accountOf,
  deliveryOf,
  deliveryShelf,
  documentShelf,
  recipients,
  recordingMailer,
} from '../support/deliveries.ts';
import { sampleInvoice } from '../support/invoices.ts';
import { cancelled } from '../support/papers.ts';
import { readPdf } from '../support/pdf.ts';

const INVOICE = sampleInvoice('uk');
const { sellerId, accountId, invoiceId } = INVOICE;
const NOW = '2026-12-26T06:00:00.000Z';
/** No function lives so long. */
const LATER = '2026-12-26T06:05:00.000Z';

const RECEIVABLE: Receivable = {
  sellerId,
  accountId,
  invoiceId,
  number: INVOICE.number,
  series: 'A',
  kind: 'cycle',
  month: '2026-12',
  invoiceDate: INVOICE.invoiceDate,
  dueDate: INVOICE.dueDate,
  currency: 'GBP',
  total: INVOICE.total,
  due: INVOICE.total,
  status: 'unpaid',
  collection: { state: 'idle', attempts: 1, nextAt: '2026-12-27T06:00:00.000Z' },
  dunning: { step: 0 },
  version: 1,
};
const NOTE = noteOn(INVOICE, { kind: 'all' });
const ATTEMPT: PaymentAttempt = {
  sellerId,
  accountId,
  invoiceId,
  attempt: 1,
  key: 'key',
  methodId: 'card-1',
  method: {
    methodId: 'card-1',
    kind: 'card',
    brand: 'visa',
    last4: '4242',
    processorCustomer: 'cus_1',
    processorMethod: 'pm_1',
  },
  amount: INVOICE.total,
  currency: 'GBP',
  startedAt: NOW,
  offSession: true,
};

const HANDED_OVER: HandOver = {
  ...{ since: NOW, because: 'wire', invoiceId },
  contact: { email: 'ar.uk@northwind.example', phone: '+44 800 555 0142' },
};

const CANCELLATION = cancelled('uk', { requestedOn: '2026-12-10' });

interface Given {
  readonly receivable?: Partial<Receivable>;
  readonly account?: Partial<Account>;
  readonly occurrence?: number;
  readonly about?: string;
  readonly delivery?: Delivery;
  readonly cancellation?: Partial<CancellationConfirmation>;
  /** Called before and after each call to the outside; where it throws, the function dies. */
  readonly at?: (when: 'before' | 'after') => void;
  /** The client of the table repeats what it got no answer to, and is refused. */
  readonly concludesUnheard?: true;
}

function world(document: Message<'notices'>['document'], given: Given = {}) {
  const mail = recordingMailer();
  const bucket = documentShelf();
  const mortal = <T extends object>(port: T): T => (given.at ? dyingAt(port, given.at) : port);
  const account = accountOf(INVOICE, { recipients: recipients('a@x.example', 'b@x.example'), ...given.account });
  const receivable = { ...RECEIVABLE, ...given.receivable };
  const shelf = deliveryShelf(given.delivery, { invoice: INVOICE, account, receivable });
  const send = sendNotice({
    store: {
      ...mortal(shelf.store),
      ...(given.concludesUnheard && {
        concludeRecipients: async (...call) => {
          await shelf.store.concludeRecipients(...call);
          return {};
        },
      }),
      attempts: async () => [ATTEMPT],
      loadAccount: async () => ({ account, subscriptions: [], methods: [] }),
      receivable: async () => receivable,
      creditNote: async (_accountId, of, creditNoteId) =>
        of === NOTE.invoiceId && creditNoteId === NOTE.creditNoteId ? NOTE : undefined,
      quote: async () => undefined,
      cancellation: async (_accountId, subscriptionId) =>
        subscriptionId === CANCELLATION.subscriptionId ? { ...CANCELLATION, ...given.cancellation } : undefined,
    },
    draw: { creditNote: renderCreditNote, cancellation: renderCancellation, quote: renderQuote },
    documents: mortal(bucket.documents),
    mailer: mail.mailer,
    config: { mailFrom: 'billing@northwind.example', sellers: parseStage(stage).sellers },
  });
  const { about = invoiceId, occurrence = 1 } = given;
  const message = { sellerId, accountId, about, document, occurrence };
  return { send: (now = NOW) => send(message, now), shelf, mail, bucket };
}

/** A port whose calls may be the last before or after what they do. */
function dyingAt<T extends object>(port: T, at: (when: 'before' | 'after') => void): T {
  const calls = Object.entries(port).map(([name, call]) => [
    name,
    async (...of: unknown[]) => {
      at('before');
      const answer = await call(...of);
      at('after');
      return answer;
    },
  ]);
  return Object.fromEntries(calls);
}

describe('a notice', () => {
  it('goes to every recipient once, however often it is asked for', async () => {
    const { send, mail, shelf } = world('reminder-1');
    await Promise.all([send(), send()]);
    await send();
    expect(mail.addresses().sort()).toEqual(['a@x.example', 'b@x.example']);
    expect(mail.mails[0]?.subject).toBe('Reminder: £629.83 was due 16 Dec 2026 (NTUK-202612A-000042)');
    expect(mail.mails[0]?.attachments).toEqual([]);
    expect(shelf.current().completedAt).toBe(NOW);
  });

  const paid = { due: 0, status: 'paid' } as const;
  const running = { services: { status: 'active', number: 1 } } as const;
  it.each([
    ['a reminder of what is paid', 'reminder-2', { receivable: paid }],
    ['a final notice of what is paid', 'final-notice', { receivable: paid }],
    ['a failed payment of what is paid since', 'payment-failed', { receivable: paid }],
    ['a suspension that is over', 'suspended', { account: running }],
    ['a hand-over that is over', 'handed-over', { account: { terms: 'wire' } }],
    [
      'a reactivation before the latest suspension',
      'reactivated',
      { account: { services: { status: 'suspended', number: 2 } } },
    ],
  ] as const)('that was overtaken is mailed to nobody, and done: %s', async (_name, document, given) => {
    const { send, mail, shelf } = world(document, given);
    await send();
    expect(mail.mails).toEqual([]);
    expect(shelf.current().completedAt).toBe(NOW);
  });
});

describe('a final notice sent again', () => {
  const GIVEN = '2026-12-22T06:00:00.000Z';
  const receivable = { dueDate: '2026-12-01' };
  const asked = { askedAt: NOW, askedBy: 'telecom', requestId: 'r-1', recipients: {} } as const;
  const delivery: Delivery = {
    ...{ sellerId, accountId, about: invoiceId, document: 'final-notice', occurrence: 1 },
    ...{ createdAt: GIVEN, completedAt: GIVEN, asksFor: INVOICE.total, again: [asked] },
    recipients: { 'a@x.example': { status: 'sent', at: GIVEN } },
  };

  it('names the day of suspension that follows from when it was first given', async () => {
    const first = world('final-notice', { receivable });
    await first.send();
    const again = world('final-notice', { delivery, receivable });
    await Promise.all([again.send(), again.send()]);
    const day = ({ mail }: typeof first) => /suspension on (.*) \(/.exec(mail.mails[0]!.subject)?.[1];
    expect([day(first), day(again)]).toEqual(['31 Dec 2026', '27 Dec 2026']);
    expect(again.mail.addresses().sort()).toEqual(['a@x.example', 'b@x.example']);
  });

  it('names the day that follows from now, where the first came back from everybody', async () => {
    const bounced = { status: 'bounced', at: GIVEN, bounce: 'permanent' } as const;
    const { send, mail } = world('final-notice', {
      ...{ receivable, delivery: { ...delivery, recipients: { 'a@x.example': bounced } } },
    });
    await send();
    expect(mail.mails[0]?.subject).toMatch(/suspension on 31 Dec 2026 /);
  });

  it('is mailed to nobody when it would ask for another amount than it did', async () => {
    const { send, mail, shelf } = world('final-notice', { delivery, receivable: { due: INVOICE.total - 1 } });
    await send();
    expect(mail.mails).toEqual([]);
    expect(shelf.current().again).toMatchObject([{ completedAt: NOW, recipients: {} }]);
  });
});

describe('a notice that nobody has is listed although the answer that said that it was over got lost', () => {
  const bounced = { status: 'bounced', at: NOW, bounce: 'permanent' } as const;
  const gone = { since: NOW, reason: 'bounced' } as const;
  const nobody = recipients('a@x.example').map((recipient) => ({ ...recipient, undeliverable: gone }));
  const of = { sellerId, accountId, about: invoiceId, document: 'reminder-1', occurrence: 1, createdAt: NOW } as const;
  const again = [{ askedAt: NOW, askedBy: 'telecom', requestId: 'r', recipients: {} }] as const;
  const sent = { ...of, completedAt: NOW, recipients: { 'a@x.example': bounced }, again };

  it.each<[string, Given]>([
    ['since every address is marked', { account: { recipients: nobody } }],
    ['since it was overtaken when it was sent again', { delivery: sent, receivable: { due: 0, status: 'paid' } }],
  ])('%s', async (_name, given) => {
    const { send, shelf } = world('reminder-1', { ...given, concludesUnheard: true });
    await send();
    expect(shelf.current().unreachedSince).toBe(NOW);
  });
});

describe('a credit note', () => {
  const about = creditNoteName(NOTE);
  it('is mailed with its PDF to every recipient once, however often it is asked for', async () => {
    const { send, mail, shelf } = world('credit-note', { about });
    await Promise.all([send(), send()]);
    await send();
    expect(mail.addresses().sort()).toEqual(['a@x.example', 'b@x.example']);
    const [first] = mail.mails;
    expect(first?.subject).toBe(`Credit note ${NOTE.number}: £629.83 (${INVOICE.number})`);
    expect(first?.text).toContain('Reason: Charged by mistake.');
    expect(first?.text).toContain('£629.83 comes off what you still have to pay on this invoice.');
    expect(first?.attachments.map(({ fileName, type }) => [fileName, type])).toEqual([
      [`${NOTE.number}.pdf`, 'application/pdf'],
    ]);
    const { text } = await readPdf(first!.attachments[0]!.bytes);
    expect(text).toContain(`This corrects invoice ${INVOICE.number}`);
    expect(shelf.current()).toMatchObject({ about, document: 'credit-note', completedAt: NOW });
  });

  const key = `credit-notes/${sellerId}/2026-12/${NOTE.number}.pdf`;

  it('is stored once before it is mailed, locked as the law wants it, with its hash and layout on record', async () => {
    const { send, mail, shelf, bucket } = world('credit-note', { about });
    await send();
    const bytes = bucket.objects.get(key)!;
    expect([...bucket.kept]).toEqual([[key, '2033-12-09']]);
    expect(shelf.current().pdf).toEqual({ key, sha256: sha256Of(bytes), layout: LAYOUT });
    expect(mail.mails.map(({ attachments }) => attachments[0]?.bytes)).toEqual([bytes, bytes]);
  });

  it('that another try stored is what is mailed, not a second drawing', async () => {
    const { send, mail, shelf, bucket } = world('credit-note', { about });
    const first = Buffer.from('%PDF-1.7 by an older version');
    bucket.objects.set(key, first);
    await send();
    expect(mail.mails[0]?.attachments[0]?.bytes).toBe(first);
    expect(shelf.current().pdf?.sha256).toBe(sha256Of(first));
  });

  it('whose PDF is not the one on record is mailed to nobody', async () => {
    const begun = deliveryOf(INVOICE, { about, document: 'credit-note', pdf: { key, sha256: 'f'.repeat(64) } });
    const { send, mail, bucket } = world('credit-note', { about, delivery: begun });
    bucket.objects.set(key, Buffer.from('tampered'));
    await expect(send()).rejects.toMatchObject({ code: 'document_mismatch' });
    bucket.objects.clear();
    await expect(send()).rejects.toMatchObject({ code: 'document_mismatch' });
    expect([mail.mails, bucket.objects.size]).toEqual([[], 0]);
  });

  it.each(['before', 'after'] as const)(
    'dead %s any of its calls and begun again, is stored once and mailed to each at most once',
    async (when) => {
      for (let call = 1, died = true; died; call++) {
        let [calls, alive] = [0, true];
        const at = (moment: 'before' | 'after') => {
          if (moment !== when || !alive || ++calls !== call) return;
          alive = false;
          throw new Error('died');
        };
        const { send, mail, shelf, bucket } = world('credit-note', { about, at });
        await send().catch(() => undefined);
        died = !alive;
        alive = false;
        await send(LATER);
        await send(LATER);
        const bytes = bucket.objects.get(key)!;
        expect([...bucket.objects.keys()]).toEqual([key]);
        expect(shelf.current().pdf).toMatchObject({ key, sha256: sha256Of(bytes) });
        expect(shelf.current().completedAt).toBeDefined();
        expect(new Set(mail.addresses()).size).toBe(mail.mails.length);
        for (const { attachments } of mail.mails) expect(attachments[0]?.bytes).toBe(bytes);
        // Who was claimed by a dead function stays in doubt: no mail is better than two.
        const outcomes = Object.values(shelf.current().recipients).map(({ status }) => status);
        expect(outcomes.filter((status) => status === 'sent' || status === 'uncertain')).toHaveLength(2);
      }
    },
  );

  it('goes out although the invoice is paid meanwhile: what it says stays true', async () => {
    const { send, mail } = world('credit-note', { about, receivable: { due: 0, status: 'paid' } });
    await send();
    expect(mail.mails).toHaveLength(2);
  });

  it.each([`${invoiceId}#another`, 'nonsense'])('that does not exist is refused for good: %s', async (unknown) => {
    const { send, mail, shelf } = world('credit-note', { about: unknown });
    await expect(send()).rejects.toMatchObject({ code: 'credit_note_not_found' });
    expect(mail.mails).toEqual([]);
    expect(() => shelf.current()).toThrow('no delivery');
  });
});

describe('a cancellation', () => {
  const about = CANCELLATION.subscriptionId;
  it('is confirmed with its PDF and the day on which the data is deleted, to every recipient once', async () => {
    const { send, mail } = world('cancellation', { about });
    await Promise.all([send(), send()]);
    await send();
    expect(mail.addresses().sort()).toEqual(['a@x.example', 'b@x.example']);
    const [first] = mail.mails;
    expect(first?.subject).toBe('Cancellation confirmed: Desk phone ends on 31 December 2026');
    expect(first?.text).toContain('In service until: 31 December 2026');
    expect(first?.text.replaceAll('\u00a0', ' ')).toContain('On 31 March 2027 it is deleted for good');
    expect(first?.attachments.map(({ fileName }) => fileName)).toEqual([`cancellation-${about}.pdf`]);
    expect((await readPdf(first!.attachments[0]!.bytes)).text).toContain('Cancellation confirmation');
  });

  const withdrawn = {
    ...{ on: '2026-11-20', at: '2026-11-20T10:00:00.000Z', by: 'support' as const },
    renewal: { on: '2027-03-01', months: 15, cancelBy: '2027-01-30' },
  } as const;

  it('that was taken back is told so, with what holds again', async () => {
    const { send, mail } = world('cancellation-withdrawn', { about, cancellation: { withdrawn } });
    await Promise.all([send(), send()]);
    expect(mail.addresses().sort()).toEqual(['a@x.example', 'b@x.example']);
    const [first] = mail.mails;
    expect([first?.subject, first?.attachments]).toEqual(['Cancellation withdrawn: Desk phone continues', []]);
    const text = first?.text.replaceAll('\u00a0', ' ').replaceAll(/\s+/g, ' ');
    for (const words of [
      'Your subscription does not end on 31 December 2026.',
      'The contract renews on 1 March 2027 for 15 months. To let it end then, cancel it by 30 January 2027.',
      'Contrary to what we wrote, it will not be deleted on 31 March 2027.',
      'Withdrawn by: Our support team, for you',
    ])
      expect(text).toContain(words);
  });

  it.each([
    ['its confirmation, when it was taken back', 'cancellation', 1, { withdrawn }],
    ['that it was taken back, when it was cancelled again', 'cancellation-withdrawn', 1, { occurrence: 2 }],
    ['its confirmation, when it was cancelled again', 'cancellation', 1, { occurrence: 2 }],
  ] as const)('a mail that was overtaken goes to nobody: %s', async (_name, document, occurrence, cancellation) => {
    const { send, mail, shelf } = world(document, { about, occurrence, cancellation });
    await send();
    expect(mail.mails).toEqual([]);
    expect(shelf.current().completedAt).toBe(NOW);
  });

  it('that was never confirmed is refused for good', async () => {
    await expect(world('cancellation', { about: 'other' }).send()).rejects.toMatchObject({
      code: 'cancellation_not_found',
    });
  });
});

describe('what it says', () => {
  const suspended = { services: { status: 'suspended', number: 1 }, balance: 70_000 } as const;
  it.each([
    [
      'the policy’s day, or later if the notice is late',
      'final-notice',
      {},
      'suspend your services on 31 December 2026',
    ],
    [
      'Accounts Receivable instead, where no machine cuts',
      'final-notice',
      { account: { terms: 'wire' } },
      'our Accounts Receivable team takes over on 31 December 2026',
    ],
    [
      'whom to turn to',
      'handed-over',
      { account: { handedOver: HANDED_OVER } },
      'Questions? Write to ar.uk@northwind.example',
    ],
    ['the unpaid balance of the account', 'suspended', { account: suspended }, 'unpaid balance of £700.00'],
    ['the card of the attempt, and the next', 'payment-failed', {}, 'We will try again on 27 December 2026 at 06:00'],
    [
      'that the card is not tried again',
      'payment-failed',
      { receivable: { collection: { state: 'stopped', attempts: 1 } } },
      'We will not try this payment method again',
    ],
    ['whom to confirm', 'authentication-needed', {}, 'Your bank asks you to confirm the payment of £629.83'],
    ['the link that leads to the very payment (R42)', 'authentication-needed', {}, '?confirm=NTUK-202612A-000042'],
    ['what was received', 'payment-received', { account: { balance: 0 } }, 'Unpaid balance: £0.00'],
  ] as const)('names %s: %s', async (_what, document, given, words) => {
    const { send, mail } = world(document, given);
    await send();
    expect(mail.mails[0]?.text).toContain(words);
  });

  it('moves the day of suspension when the final notice itself comes late', async () => {
    const { send, mail } = world('final-notice', { receivable: { dueDate: '2026-11-16' } });
    await send();
    expect(mail.mails[0]?.text).toContain('on 31 December 2026');
  });
});
