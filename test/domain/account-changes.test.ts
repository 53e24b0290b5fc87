import { describe, expect, it } from 'vitest';
import type { Account, CustomerTaxId } from '../../shared/domain/account.ts';
import {
  addMethod,
  ChangeRefused,
  changeAccount,
  chooseDefault,
  chooseFallbacks,
  exceedsMethodLimits,
  firstNegativeDay,
  numberChanges,
  REFUSALS,
  type RefusalCode,
  raised,
  refuseNegative,
  removeMethod,
  subscriptionOf,
  withoutFields,
} from '../../shared/domain/account-changes.ts';
import { faultOf, warnsOfExpiry } from '../../shared/domain/method-rules.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { PaymentMethod } from '../../shared/domain/payment-method.ts';
import type { PaymentAttempt } from '../../shared/domain/receivable.ts';
import { account, addressIn, agreed, input, subscription } from '../support/accounts.ts';
import { method } from '../support/collection.ts';

const card = method('card');
const bank = (methodId: string): PaymentMethod => ({
  ...method(methodId, `pm_${methodId}`),
  kind: 'bank-debit',
  brand: 'SEPA debit',
});
const cards = (count: number) =>
  Array.from({ length: count }, (_, index) => method(`card-${index}`, `pm_card_visa__${index}`));
const banks = (count: number) => Array.from({ length: count }, (_, index) => bank(`bank-${index}`));
const having = (methods: readonly PaymentMethod[], overrides: Partial<Account> = {}) =>
  input(account('IE', 'EUR', overrides), [], methods);
const refused = (code: RefusalCode, field: string, message: string) =>
  expect.objectContaining({ name: 'ChangeRefused', code, field, message });

describe('a refused change says which part of the request cannot be, and why', () => {
  it.each(Object.entries(REFUSALS) as [RefusalCode, string][])('%s', (code, reason) => {
    expect(reason).toMatch(/^[A-Z].*[^.]$/);
    expect(new ChangeRefused(code, 'on')).toEqual(refused(code, 'on', `${reason}.`));
    expect(new ChangeRefused(code, 'on', '2026-07-15').message).toBe(`${reason} (2026-07-15).`);
  });
});

const TODAY = '2026-12-01';

describe('C3: four cards and two bank accounts, exactly one of them the default', () => {
  it.each([
    ['a fourth card', cards(3), method('new'), true],
    ['a fifth card', cards(4), method('new'), false],
    ['a second bank account', banks(1), bank('new'), true],
    ['a third bank account', banks(2), bank('new'), false],
    ['a second bank account beside four cards', [...cards(4), ...banks(1)], bank('new'), true],
    ['a fourth card beside two bank accounts', [...cards(3), ...banks(2)], method('new'), true],
  ])('%s', (_name, existing, added, allowed) => {
    const of = having(existing, { defaultMethodId: existing[0]!.methodId });
    expect(exceedsMethodLimits([...existing, added])).toBe(!allowed);
    if (allowed) expect(addMethod(of, added, TODAY)).toEqual({ ...of.account, version: 2 });
    else
      expect(() => addMethod(of, added, TODAY)).toThrow(
        refused(
          'method_limit',
          'kind',
          'An account keeps at most four cards, two bank accounts and two connected accounts.',
        ),
      );
  });

  it.each<[string, Partial<PaymentMethod>, Currency, string | undefined]>([
    ...(['visa', 'mastercard', 'amex', 'discover'] as const).map(
      (brand) =>
        [`a card of ${brand}`, { brand }, 'GBP', undefined] as [string, Partial<PaymentMethod>, Currency, undefined],
    ),
    ['a card of a brand that is not accepted', { brand: 'diners' }, 'USD', 'method_not_accepted'],
    ['a SEPA debit in euros', { kind: 'bank-debit', brand: 'SEPA debit' }, 'EUR', undefined],
    ['a SEPA debit in pounds', { kind: 'bank-debit', brand: 'SEPA debit' }, 'GBP', 'method_currency'],
    ['an ACH debit in dollars', { kind: 'bank-debit', brand: 'ACH debit' }, 'USD', undefined],
    ['an ACH debit in Canadian dollars', { kind: 'bank-debit', brand: 'ACH debit' }, 'CAD', 'method_currency'],
    ['a PayPal account', { kind: 'connected', brand: 'paypal' }, 'AUD', undefined],
    ['another connected account', { kind: 'connected', brand: 'toto' }, 'AUD', 'method_not_accepted'],
    ['a card that expires this month', { expires: '2026-12' }, 'USD', undefined],
    ['a card that expired last month', { expires: '2026-11' }, 'USD', 'method_expired'],
  ])('R31: %s', (_what, more, currency, fault) => {
    expect(faultOf({ ...card, ...more }, currency, TODAY)).toBe(fault);
  });

  it('C3: two connected accounts are kept, no third', () => {
    const paypal = (id: string): PaymentMethod => ({ ...method(id), kind: 'connected', brand: 'paypal' });
    expect(exceedsMethodLimits([paypal('a'), paypal('b')])).toBe(false);
    expect(exceedsMethodLimits([paypal('a'), paypal('b'), paypal('c')])).toBe(true);
  });

  it('methods that take over are chosen in order from those that exist, and leave with the method', () => {
    const of = having([card, bank('bank'), method('third')], { defaultMethodId: 'card' });
    const account = chooseFallbacks(of, ['third', 'bank', 'third']);
    expect(account.fallbackMethodIds).toEqual(['third', 'bank']);
    expect(removeMethod({ ...of, account }, 'third').fallbackMethodIds).toEqual(['bank']);
    expect(() => chooseFallbacks(of, ['gone'])).toThrow(ChangeRefused);
  });

  it.each([
    ['2026-10-15T06:00:00.000Z', '2026-12', false],
    ['2026-11-01T06:00:00.000Z', '2026-12', true],
    ['2026-12-01T06:00:00.000Z', '2026-12', true],
  ])('a payment made at %s with a card good through %s warns: %s', (finishedAt, expires, warns) => {
    const attempt = { outcome: { kind: 'succeeded' }, offSession: true, finishedAt, method: { ...card, expires } };
    expect(warnsOfExpiry(attempt as PaymentAttempt)).toBe(warns);
    expect(warnsOfExpiry({ ...attempt, offSession: false } as PaymentAttempt)).toBe(false);
  });

  it('the same method is not added twice', () => {
    expect(() => addMethod(having([card]), card, TODAY)).toThrow(
      refused('method_exists', 'methodId', 'The account has a payment method with this id already (card).'),
    );
  });

  it('R35: the first one becomes the default', () => {
    expect(addMethod(having([]), card, TODAY)).toMatchObject({ defaultMethodId: 'card', version: 2 });
  });

  it('R35: another one is chosen from those that exist', () => {
    const of = having([card, bank('bank')], { defaultMethodId: 'card' });
    expect(chooseDefault(of, 'bank')).toEqual({ ...of.account, defaultMethodId: 'bank', version: 2 });
    const unknown = refused('method_not_found', 'methodId', 'The account has no such payment method (other).');
    expect(() => chooseDefault(of, 'other')).toThrow(unknown);
    expect(() => removeMethod(of, 'other')).toThrow(unknown);
  });

  it('the default is not removed while there is another', () => {
    const of = having([card, bank('bank')], { defaultMethodId: 'card', autopay: true });
    expect(() => removeMethod(of, 'card')).toThrow(
      refused(
        'method_is_default',
        'methodId',
        'Make another payment method the default before removing this one (card).',
      ),
    );
    expect(removeMethod(of, 'bank')).toEqual({ ...of.account, version: 2 });
  });

  it('the last one takes the default and autopay with it', () => {
    const next = removeMethod(having([card], { defaultMethodId: 'card', autopay: true }), 'card');
    expect(next).toMatchObject({ autopay: false, version: 2 });
    expect(next).not.toHaveProperty('defaultMethodId');
  });
});

describe('a change of an account', () => {
  it('R34: autopay needs a default method', () => {
    const without = account('IE', 'EUR');
    expect(() => changeAccount(without, { autopay: true })).toThrow(
      refused('autopay_without_method', 'autopay', 'Autopay needs a default payment method.'),
    );
    const having = { ...without, defaultMethodId: 'card' };
    expect(changeAccount(having, { autopay: true })).toEqual({ ...having, autopay: true, version: 2 });
    expect(changeAccount(without, { autopay: false })).toMatchObject({ autopay: false });
  });

  it.each(['every-30-days', 'annual'] as const)(
    'C25: billed %s, autopay stays on, and comes on with the first method; by wire it may be off',
    (schedule) => {
      const of = account('IE', 'EUR', { schedule, autopay: true, defaultMethodId: 'card' });
      expect(() => changeAccount(of, { autopay: false })).toThrow(
        expect.objectContaining({ code: 'autopay_always_on', field: 'autopay' }),
      );
      const byWire = changeAccount(of, { terms: 'wire', autopay: false });
      expect(byWire).toMatchObject({ terms: 'wire', autopay: false });
      expect(() => changeAccount(byWire, { terms: 'card' })).toThrow('always charged automatically');
      expect(changeAccount({ ...of, autopay: false }, { name: 'As it was' })).toMatchObject({ autopay: false });
      const input = { account: of, subscriptions: [], methods: [card] };
      expect(() => removeMethod(input, 'card')).toThrow(expect.objectContaining({ code: 'autopay_always_on' }));
      const { defaultMethodId: _none, ...cardless } = { ...of, autopay: false };
      const added = addMethod({ account: cardless, subscriptions: [], methods: [] }, card, '2026-12-01');
      expect(added).toMatchObject({ defaultMethodId: 'card', autopay: true });
    },
  );

  it('C14: a tax ID that is written again keeps what the authority said about it, a new one begins without', () => {
    const evidence = [{ authority: 'VIES', valid: true, on: '2026-01-10', at: '2026-01-10T09:00:00.000Z' }];
    const id: CustomerTaxId = { kind: 'eu-vat', label: 'VAT ID', value: 'DE 999 000 009' };
    const of = account('DE', 'EUR', { taxIds: [{ ...id, evidence }] });
    const other = { ...id, value: 'DE999000010' };
    expect(changeAccount(of, { taxIds: [{ ...id, value: 'DE999000009' }, other] }).taxIds).toEqual([
      { ...id, value: 'DE999000009', evidence },
      other,
    ]);
    expect(changeAccount(of, { reference: 'PO-1' }).taxIds).toBe(of.taxIds);
  });

  it('raises the version by one, so that no invoice is issued from what was read before', () => {
    const of = account('IE', 'EUR', { version: 6 });
    expect(raised(of)).toEqual({ ...of, version: 7 });
    expect(raised(of, { reference: 'PO-1' })).toEqual({ ...of, reference: 'PO-1', version: 7 });
  });

  it('takes optional fields away altogether', () => {
    const of = account('IE', 'EUR', { reference: 'PO-1', hold: { reason: 'x', since: '' } });
    const { reference: _, ...rest } = of;
    expect(withoutFields(of, ['reference'])).toEqual(rest);
    expect(withoutFields(of, ['reference', 'hold', 'billingAddress', 'trafficStudy'])).not.toHaveProperty('hold');
    expect(withoutFields(of, [])).toEqual(of);
    expect(of.billingAddress).toEqual(addressIn('IE'));
  });
});

describe('changes of quantities', () => {
  const phones = subscription('phone', [1, '2026-01-01', 5], [7, '2026-03-01', -1]);

  it('are numbered through the whole account, in the order in which they were recorded', () => {
    const dated = [
      { effectiveOn: '2026-08-10', delta: 1 },
      { effectiveOn: '2026-01-10', delta: -1 },
    ];
    expect(numberChanges([], dated)).toEqual([
      { change: 1, effectiveOn: '2026-08-10', delta: 1 },
      { change: 2, effectiveOn: '2026-01-10', delta: -1 },
    ]);
    expect(numberChanges([phones, subscription('fax', [3, '2026-01-01', 1])], dated)[0]?.change).toBe(8);
    const circuit = agreed(phones, { activation: { on: '2026-07-15', change: 9 } });
    expect(numberChanges([circuit], dated).map(({ change }) => change)).toEqual([10, 11]);
    expect(numberChanges([agreed(phones, { activation: 'pending' })], dated)[0]?.change).toBe(8);
  });

  it.each<[string, [string, number][], string | undefined]>([
    ['nothing', [], undefined],
    [
      'all of it removed',
      [
        ['2026-01-01', 2],
        ['2026-03-01', -2],
      ],
      undefined,
    ],
    [
      'one too many',
      [
        ['2026-01-01', 2],
        ['2026-03-01', -3],
      ],
      '2026-03-01',
    ],
    [
      'removed before it was there',
      [
        ['2026-03-01', 2],
        ['2026-02-01', -1],
      ],
      '2026-02-01',
    ],
    [
      'removed and added on one day, in whatever order',
      [
        ['2026-03-01', -1],
        ['2026-03-01', 1],
      ],
      undefined,
    ],
    [
      'the first such day is named',
      [
        ['2026-05-01', -1],
        ['2026-04-01', -1],
        ['2026-06-01', 9],
      ],
      '2026-04-01',
    ],
  ])('never leave less than nothing: %s', (_name, list, day) => {
    const changes = list.map(([effectiveOn, delta]) => ({ effectiveOn, delta }));
    expect(firstNegativeDay(changes)).toBe(day);
    if (day === undefined) expect(() => refuseNegative(changes)).not.toThrow();
    else
      expect(() => refuseNegative(changes)).toThrow(
        refused('quantity_negative', 'delta', `More would be removed than there is on that day (${day}).`),
      );
  });

  it('belong to a subscription that exists', () => {
    expect(subscriptionOf([subscription('fax'), phones], 'sub-phone')).toBe(phones);
    expect(() => subscriptionOf([phones], 'sub-fax')).toThrow(
      refused('subscription_not_found', 'subscriptionId', 'The account has no such subscription (sub-fax).'),
    );
  });
});
