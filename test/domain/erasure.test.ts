import { describe, expect, it } from 'vitest';
import type { Account, BillingInput } from '../../shared/domain/account.ts';
import {
  decideErasure,
  type ErasureRefusalCode,
  neverAccepted,
  processorCustomersOf,
  processorErasureWaits,
} from '../../shared/domain/erasure.ts';
import { openReceivable } from '../../shared/domain/open-receivable.ts';
import type { Receivable } from '../../shared/domain/receivable.ts';
import type { Subscription } from '../../shared/domain/subscription.ts';
import { account } from '../support/accounts.ts';
import { sampleInvoice } from '../support/invoices.ts';
import { made, sampleQuote } from '../support/quotes.ts';

const NOW = '2027-03-10T09:00:00.000Z';
const INVOICE = sampleInvoice('germanBusiness');
const paid: Receivable = { ...openReceivable(INVOICE, NOW), due: 0, status: 'paid' };
const ended: Subscription = {
  subscriptionId: 'phones',
  productId: 'desk-phone',
  changes: [{ change: 1, effectiveOn: '2026-01-01', delta: 4 }],
  cancellation: { requestedOn: '2026-12-10', endsOn: '2026-12-31' },
};
const card = {
  methodId: 'card-1',
  kind: 'card',
  brand: 'visa',
  last4: '4242',
  processorCustomer: 'cus_1',
  processorMethod: 'pm_1',
} as const;

interface Given {
  readonly account?: Partial<Account>;
  readonly subscription?: Partial<Subscription>;
  readonly receivable?: Partial<Receivable>;
  readonly country?: string;
  /** Beside the paid one. */
  readonly more?: readonly Receivable[];
  readonly usage?: BillingInput['usage'];
  readonly creditNotes?: readonly { readonly date: string }[];
}
const decide = ({ country = 'DE', creditNotes = [], ...given }: Given = {}) =>
  decideErasure({
    input: {
      account: account('DE', 'EUR', {
        ...{
          name: 'Erika Muster',
          reference: 'PO 7',
          billedThrough: { date: '2027-01-01', month: '2027-01', change: 1 },
        },
        ...{ autopay: true, defaultMethodId: 'card-1', fallbackMethodIds: ['card-1'], balance: 0, version: 7 },
        ...given.account,
      }),
      subscriptions: [{ ...ended, ...given.subscription }],
      methods: [card],
      ...(given.usage && { usage: given.usage }),
    },
    receivables: [{ ...paid, ...given.receivable }, ...(given.more ?? [])],
    ...{ country, creditNotes, today: '2027-03-10', now: NOW, by: 'stan' },
  });

describe('the account that is left', () => {
  it('names nobody any more, and can be charged by nothing', () => {
    const { account: left, methods } = decide();
    expect(left).toMatchObject({
      name: 'Erased on request',
      recipients: [],
      autopay: false,
      erased: { at: NOW, by: 'stan' },
    });
    for (const field of ['billingAddress', 'reference', 'defaultMethodId', 'fallbackMethodIds'])
      expect(left).not.toHaveProperty(field);
    expect(methods).toEqual([card]);
    expect(JSON.stringify(left)).not.toContain('Erika');
  });

  it('is one version on for each method and once more', () => expect(decide().account.version).toBe(9));

  it('asked again stays as it was first erased, whatever was booked since', () => {
    const erased = { at: '2027-02-01T00:00:00.000Z', by: 'sue' };
    expect(decide({ account: { erased, balance: -5 } }).account.erased).toEqual(erased);
  });

  it('says what was erased', () =>
    expect(decide().erased).toEqual([
      'name',
      'billing address',
      'recipients of mails',
      'reference',
      'payment methods',
      'quotes that were never accepted, with their contact persons',
    ]));

  it('is not named in quotes that were never accepted, either; what was accepted is part of a contract', () => {
    const quotes = (['open', 'accepted', 'rejected', 'withdrawn'] as const).map((status) =>
      made(sampleQuote('germanBusiness'), { quoteId: status, status }),
    );
    expect(neverAccepted(quotes).map(({ quoteId }) => quoteId)).toEqual(['open', 'rejected', 'withdrawn']);
  });
});

describe('an account is closed', () => {
  const { cancellation: _none, ...running } = ended;
  const changes = [...running.changes, { change: 2, effectiveOn: '2026-12-01', delta: -4 }];
  const request = (subscriptions: readonly Subscription[], billedThrough?: Account['billedThrough']) =>
    decideErasure({
      input: {
        account: account('DE', 'EUR', { balance: 0, ...(billedThrough && { billedThrough }) }),
        subscriptions,
        methods: [],
      },
      receivables: [],
      creditNotes: [],
      ...{ country: 'DE', today: '2027-03-10', now: NOW, by: 'stan' },
    });

  it('when nothing is left of what it had, though nobody cancelled it', () => {
    const billed = { date: '2027-01-01', month: '2027-01', change: 2 } as const;
    expect(request([{ ...running, changes }], billed).account.name).toBe('Erased on request');
    expect(() => request([running], billed)).toThrow(expect.objectContaining({ code: 'account_not_closed' }));
    expect(() => request([{ ...running, changes }], { ...billed, date: '2026-12-01' })).toThrow(
      expect.objectContaining({ code: 'billing_unfinished' }),
    );
  });

  it('never by a run that has not been: what no run has seen is not billed', () => {
    const cancelled = { ...running, cancellation: { requestedOn: '2026-12-10', endsOn: '2026-12-31' } };
    expect(() => request([cancelled])).toThrow(expect.objectContaining({ code: 'billing_unfinished' }));
  });

  it('when it never had anything: then only its log and what it asked for is kept', () => {
    expect(request([]).kept).toEqual([
      {
        what: 'the audit log, quotes that were accepted, what was ordered and cancelled by whom, and to whom documents were delivered',
        ground: 'GDPR Art. 17(3)(e); evidence for legal claims; the log is a chain of hashes that nobody can change',
      },
    ]);
  });
});

describe('what the law wants is kept', () => {
  it.each([
    ['DE', '2034-12-31', 'GDPR Art. 17(3)(b); UStG §14b(1), AO §147(3) as amended'],
    ['GB', '2033-11-30', 'UK GDPR Art. 17(3)(b); Finance Act 1998'],
    ['US', '2034-11-30', 'IRC §6001'],
  ])('in %s until %s', (country, until, ground) => {
    const { kept } = decide({ country });
    const invoices = kept.find(({ what }) => what.startsWith('invoices'))!;
    expect(invoices.until).toBe(until);
    expect(invoices.ground.startsWith(ground)).toBe(true);
    expect(kept.slice(0, -1).map((each) => [each.until, each.ground])).toEqual(Array(4).fill([until, invoices.ground]));
    expect(kept.map(({ what }) => what)).toEqual([
      'invoices, credit notes and their PDFs, with the name and address that they were issued to',
      'books, payments and refunds',
      'evidence of taxes: VAT IDs, their validation, exemption certificates',
      'calls and messages that were billed, and to whom the numbers belonged',
      'the audit log, quotes that were accepted, what was ordered and cancelled by whom, and to whom documents were delivered',
    ]);
  });
});

it('a credit note of a later year is kept by its own date, and all with it', () => {
  const { kept } = decide({ country: 'DE', creditNotes: [{ date: '2027-02-03' }, { date: '2026-12-20' }] });
  expect(kept.find(({ what }) => what.startsWith('invoices'))?.until).toBe('2035-12-31');
});

describe('nothing is erased', () => {
  it.each<[string, Given, ErasureRefusalCode]>([
    [
      'while a subscription runs',
      { subscription: { cancellation: { requestedOn: '2027-03-01', endsOn: '2027-03-31' } } },
      'account_not_closed',
    ],
    [
      'on the last day of one',
      { subscription: { cancellation: { requestedOn: '2027-03-01', endsOn: '2027-03-10' } } },
      'account_not_closed',
    ],
    [
      'before the last day is invoiced',
      { account: { billedThrough: { date: '2026-12-31', month: '2026-12', change: 1 } } },
      'billing_unfinished',
    ],
    [
      'before calls that came late are invoiced',
      { usage: [{ month: '2026-12', covered: 1, last: 2, before: {}, records: [] }] },
      'billing_unfinished',
    ],
    ['while the balance is not 0.00, whatever the invoices say', { account: { balance: 1 } }, 'balance_open'],
    [
      'while one of two payments is being attempted',
      { more: [{ ...paid, collection: { state: 'attempting', attempts: 1 } }] },
      'payment_under_way',
    ],
    [
      'before what was used last is invoiced',
      { account: { billedThrough: { date: '2026-12-01', month: '2026-12', change: 1 } } },
      'billing_unfinished',
    ],
    [
      'before a change is invoiced',
      { account: { billedThrough: { date: '2027-01-01', month: '2027-01', change: 0 } } },
      'billing_unfinished',
    ],
    ['while something is owed', { receivable: { due: 1, status: 'unpaid' } }, 'balance_open'],
    ['while something is contested', { receivable: { disputed: 1 } }, 'balance_open'],
    ['while the customer has credit', { account: { credit: 1 } }, 'credit_open'],
    [
      'while a debit may come back',
      { receivable: { collection: { state: 'processing', attempts: 1 } } },
      'payment_under_way',
    ],
  ])('%s', (_when, given, code) => {
    expect(() => decide(given)).toThrow(expect.objectContaining({ name: 'ErasureRefused', field: 'accountId', code }));
  });
});

describe('the customer at the processor is deleted', () => {
  const erased = { at: NOW, by: 'stan' };
  const open = { ...paid, due: 1, status: 'unpaid' } as const;
  const trying = (state: 'attempting' | 'processing'): Receivable => ({ ...paid, collection: { state, attempts: 1 } });
  it.each<[string, Partial<Account>, Receivable[], ReturnType<typeof processorErasureWaits>]>([
    ['once all is settled', { erased }, [paid], undefined],
    ['of an account that never had an invoice', { erased }, [], undefined],
    ['not before the account is erased', {}, [paid], 'account_not_erased'],
    ['not while a debit that came back is owed', { erased, balance: 1 }, [paid], 'balance_open'],
    ['not while the telecom owes something', { erased, balance: -1 }, [paid], 'balance_open'],
    ['not while one of two invoices is open', { erased }, [paid, open], 'balance_open'],
    ['not while one of two is contested', { erased }, [{ ...paid, disputed: 1 }, paid], 'balance_open'],
    ['not while one of two payments has no outcome', { erased }, [paid, trying('attempting')], 'payment_under_way'],
    ['not while a bank works on one', { erased }, [trying('processing'), paid], 'payment_under_way'],
  ])('%s', (_when, of, receivables, waits) => {
    expect(processorErasureWaits(account('DE', 'EUR', { balance: 0, ...of }), receivables)).toBe(waits);
  });

  it('each one that the account has or ever paid with, once', () => {
    const paidWith = (processorCustomer: string) => ({ method: { ...card, processorCustomer } });
    expect(processorCustomersOf([card], [paidWith('cus_0'), paidWith('cus_1'), paidWith('cus_0')])).toEqual([
      'cus_1',
      'cus_0',
    ]);
    expect(processorCustomersOf([], [])).toEqual([]);
  });
});
