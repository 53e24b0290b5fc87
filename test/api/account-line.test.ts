import { describe, expect, it } from 'vitest';
import { parseAccountLine } from '../../shared/import/account-line.ts';
import { card, customer, NOW, stage } from './world.ts';

const problems = (line: string) => {
  const parsed = parseAccountLine(line, stage, NOW);
  return parsed.kind === 'rejected' ? parsed.problems.map(({ field, reason }) => `${field}: ${reason}`) : 'accepted';
};
const account = (line: object) => {
  const parsed = parseAccountLine(JSON.stringify(line), stage, NOW);
  if (parsed.kind === 'rejected') throw new Error(JSON.stringify(parsed.problems));
  return parsed.input;
};
const good = customer('acme');
const without = (field: string) => Object.fromEntries(Object.entries(good).filter(([name]) => name !== field));
const recipients = (...emails: string[]) => emails.map((email, index) => ({ email, main: index === 0 }));

describe('a line that is wrong is rejected with field and reason', () => {
  it.each<[string, object, string]>([
    ['a missing field', without('name'), 'name: is missing'],
    ['a misspelt field', { ...good, nmae: 'x' }, 'nmae: is not a known field'],
    [
      'a misspelt field deep inside',
      { ...good, billingAddress: { ...good.billingAddress, zip: '1' } },
      'billingAddress.zip: is not a known field',
    ],
    [
      'a country that is none',
      { ...good, billingAddress: { ...good.billingAddress, country: 'UK' } },
      'billingAddress.country: must be a country code by ISO 3166-1, such as CA or GB',
    ],
    [
      'an id that cannot be a key',
      { ...good, accountId: 'a#b' },
      'accountId: letters, digits, dot, hyphen and underscore only',
    ],
    [
      'a day that does not exist',
      { ...good, billingStartDate: '2026-02-30' },
      'billingStartDate: must be a calendar date in the form YYYY-MM-DD',
    ],
    ['a name with a line break', { ...good, name: 'Acme\r\nBcc: x' }, 'name: must not contain control characters'],
    [
      'a name that no document can show',
      { ...good, name: '北风 Ltd 🎉' },
      'name: contains what no document can show: 北 (U+5317), 风 (U+98CE), 🎉 (U+1F389); write it in Latin, Greek or Cyrillic letters',
    ],
    ['an empty name', { ...good, name: ' ' }, 'name: must not be empty'],
    [
      'an address that is none',
      { ...good, recipients: recipients('billing') },
      'recipients.0.email: must be an e-mail address: the @ is missing',
    ],
    [
      'six recipients',
      {
        ...good,
        recipients: recipients(
          'a@x.example',
          'b@x.example',
          'c@x.example',
          'd@x.example',
          'e@x.example',
          'f@x.example',
        ),
      },
      'recipients: at most five recipients',
    ],
    [
      'the same recipient in capitals',
      { ...good, recipients: recipients('a@x.example', 'A@X.example') },
      'recipients.1.email: is listed twice',
    ],
    [
      'no main recipient',
      { ...good, recipients: [{ email: 'a@x.example', main: false }] },
      'recipients: exactly one recipient must be main, not 0',
    ],
    [
      'two main recipients',
      {
        ...good,
        recipients: [
          { email: 'a@x.example', main: true },
          { email: 'b@x.example', main: true },
        ],
      },
      'recipients: exactly one recipient must be main, not 2',
    ],
    ['an unknown seller', { ...good, sellerId: 'nobody' }, 'sellerId: no seller has the id "nobody"'],
    ['the wrong currency', { ...good, currency: 'USD' }, 'currency: northwind-ie bills in EUR'],
    [
      'an unknown product',
      {
        ...good,
        subscriptions: [
          { subscriptionId: 's', productId: 'pager', changes: [{ effectiveOn: '2026-01-01', delta: 1 }] },
        ],
      },
      'subscriptions.0.productId: the catalog has no product "pager"',
    ],
    [
      'a change of nothing',
      {
        ...good,
        subscriptions: [
          { subscriptionId: 's', productId: 'desk-phone', changes: [{ effectiveOn: '2026-01-01', delta: 0 }] },
        ],
      },
      'subscriptions.0.changes.0.delta: must not be 0',
    ],
    [
      'half a phone',
      {
        ...good,
        subscriptions: [
          { subscriptionId: 's', productId: 'desk-phone', changes: [{ effectiveOn: '2026-01-01', delta: 0.5 }] },
        ],
      },
      'subscriptions.0.changes.0.delta: Invalid input: expected int, received number',
    ],
    [
      'more removed than there is',
      {
        ...good,
        subscriptions: [
          {
            subscriptionId: 's',
            productId: 'desk-phone',
            changes: [
              { effectiveOn: '2026-03-01', delta: 5 },
              { effectiveOn: '2026-02-01', delta: -1 },
            ],
          },
        ],
      },
      'subscriptions.0.changes: leave a negative quantity on 2026-02-01',
    ],
    [
      'two subscriptions of one id',
      { ...good, subscriptions: [...good.subscriptions, ...good.subscriptions] },
      'subscriptions.1.subscriptionId: "phones" is used twice',
    ],
    [
      'a brand that is not accepted (R31)',
      { ...good, paymentMethods: [{ ...card('card-1'), brand: 'diners' }] },
      'paymentMethods.0.brand: Accepted are cards of visa, mastercard, amex and discover, SEPA and ACH debit, and paypal',
    ],
    [
      'a bank account that is not charged in euros',
      { ...good, paymentMethods: [{ ...card('card-1'), kind: 'bank-debit', brand: 'ACH debit' }] },
      'paymentMethods.0.brand: The payment method cannot be charged in the account’s currency',
    ],
    [
      'a card that has expired',
      { ...good, paymentMethods: [{ ...card('card-1'), expires: '2026-11' }] },
      'paymentMethods.0.expires: The payment method has expired',
    ],
    [
      'a default method that is not there',
      { ...good, defaultMethodId: 'card-2' },
      'defaultMethodId: is not among paymentMethods',
    ],
    ['autopay with nothing to charge', { ...without('defaultMethodId') }, 'autopay: needs a defaultMethodId'],
    [
      'a card number instead of a token',
      { ...good, paymentMethods: [{ ...good.paymentMethods![0], processorMethod: '4242424242424242' }] },
      'paymentMethods.0.processorMethod: must be the processor’s payment method id, pm_…',
    ],
    ['a start and a signature', { ...good, signedOn: '2026-01-01' }, 'billingStartDate: give either this or signedOn'],
    ['free months without a signature', { ...good, freeMonths: 2 }, 'freeMonths: needs signedOn'],
    ['billed before it began', { ...good, billedThrough: '2025-12' }, 'billedThrough: lies before billingStartDate'],
    [
      'a fifth card',
      { ...good, paymentMethods: [1, 2, 3, 4, 5].map((number) => card(`card-${number}`)) },
      'paymentMethods: An account keeps at most four cards, two bank accounts and two connected accounts',
    ],
    [
      'billed before its free months ended',
      { ...good, billingStartDate: undefined, signedOn: '2026-08-15', freeMonths: 6 },
      'billedThrough: lies before billingStartDate',
    ],
  ])('%s', (_what, line, expected) => expect(problems(JSON.stringify(line))).toContain(expected));

  it.each([
    ['{"accountId": "acme"', ': is not valid JSON'],
    ['[]', ': Invalid input: expected object, received array'],
    ['null', ': Invalid input: expected object, received null'],
  ])('%s', (line, expected) => expect(problems(line)).toEqual([expected]));

  it('must name its language anywhere but in Québec', () => {
    expect(problems(JSON.stringify({ ...good, language: undefined }))).toEqual([
      'language: is missing: only in Québec it is French by itself',
    ]);
  });

  it('names everything that is wrong with it, not only the first', () => {
    expect(problems(JSON.stringify({ ...good, name: '', currency: 'CHF', language: 'xx' }))).toHaveLength(3);
  });
});

describe('a line that is right', () => {
  it('is in French in Québec where it names no language, and in the one it names otherwise', () => {
    const quebec = { line1: '5 rue des Érables', city: 'Montréal', region: 'QC', postalCode: 'H2X 1Y4', country: 'CA' };
    const of = (line: object) => account({ ...without('language'), billingAddress: quebec, ...line }).account.language;
    expect([of({}), of({ language: 'en' })]).toEqual(['fr', 'en']);
  });

  it('is accepted without an address: the account loads, and finance sees it held', () => {
    expect(account(without('billingAddress')).account.billingAddress).toBeUndefined();
  });

  it.each([
    ['on the 1st', { billingStartDate: '2026-12-01' }, '2026-12-01'],
    ['on the 5th', { billingStartDate: '2026-12-05' }, '2026-12-05'],
    ['on the 6th', { billingStartDate: '2026-12-06' }, '2027-01-01'],
    ['after free months', { billingStartDate: undefined, signedOn: '2026-08-31', freeMonths: 3 }, '2026-12-01'],
  ])('is billed first in the run that follows its start %s (C7, R94)', (_when, start, date) => {
    expect(account({ ...without('billedThrough'), ...start }).account.nextBillingDate).toBe(date);
  });

  it('free months end on the last day of a shorter month', () => {
    const { account: free } = account({
      ...without('billedThrough'),
      billingStartDate: undefined,
      signedOn: '2026-08-31',
      freeMonths: 3,
    });
    expect(free.billingStartDate).toBe('2026-11-30');
  });

  it('that another system billed so far goes on with the month after', () => {
    const { account: moved } = account(good);
    expect([moved.nextBillingDate, moved.billedThrough]).toEqual([
      '2026-12-01',
      { date: '2026-11-01', month: '2026-11', change: 1 },
    ]);
  });

  it('numbers its changes through all subscriptions in the order given', () => {
    const change = (effectiveOn: string) => ({ effectiveOn, delta: 1 });
    const { subscriptions } = account({
      ...good,
      subscriptions: [
        { subscriptionId: 'a', productId: 'desk-phone', changes: [change('2026-05-01'), change('2026-04-01')] },
        { subscriptionId: 'b', productId: 'softphone', changes: [change('2026-01-01')] },
      ],
    });
    expect(subscriptions.map(({ changes }) => changes.map((of) => of.change))).toEqual([[1, 2], [3]]);
  });
});

describe('schedules and the terms of subscriptions', () => {
  const phones = (more: object) => [
    { subscriptionId: 'phones', productId: 'desk-phone', changes: [{ effectiveOn: '2026-03-15', delta: 2 }], ...more },
  ];
  const { billedThrough: _month, ...unbilled } = good;
  const yearly = { ...unbilled, schedule: 'annual', billingStartDate: '2026-03-15', subscriptions: phones({}) };

  it('R91: an account by the year is first billed on its start, or after the last cycle that another system billed', () => {
    expect(account(yearly).account).toMatchObject({ schedule: 'annual', nextBillingDate: '2026-03-15' });
    // With a phone it is due on the 1st, too: usage comes in arrears by the month.
    expect(account({ ...yearly, billedThrough: '2027-03-14' }).account).toMatchObject({
      nextBillingDate: '2027-01-01',
      billedThrough: { date: '2026-03-15', month: '2026-03', change: 1 },
    });
  });

  it('C25: by the year or every 30 days autopay is on by itself and stays on; on the calendar it is off unless chosen', () => {
    const { autopay: _on, ...silent } = yearly;
    expect(account(silent).account.autopay).toBe(true);
    expect(account({ ...silent, schedule: 'every-30-days' }).account.autopay).toBe(true);
    expect(account(without('autopay')).account.autopay).toBe(false);
    const off = { ...silent, autopay: false };
    expect(problems(JSON.stringify(off))).toEqual(['autopay: must be true on schedule annual, unless it pays by wire']);
    expect(account({ ...off, terms: 'wire' }).account.autopay).toBe(false);
    const { defaultMethodId: _none, ...cardless } = { ...silent, paymentMethods: [] };
    expect(account(cardless).account.autopay).toBe(false);
    expect(problems(JSON.stringify({ ...cardless, autopay: true }))).toEqual(['autopay: needs a defaultMethodId']);
  });

  it('R94: free months run from the signature, and an interval begins with the month in which they end', () => {
    const { billingStartDate: _on, ...signed } = unbilled;
    const line = {
      ...signed,
      signedOn: '2026-01-31',
      freeMonths: 1,
      subscriptions: phones({ interval: 'year', minimum: 2 }),
    };
    const { account: of, subscriptions } = account(line);
    expect(of.billingStartDate).toBe('2026-02-28');
    expect(subscriptions[0]).toMatchObject({ minimum: 2, intervals: [{ from: '2026-03-01', interval: 'year' }] });
  });

  it('R95, C27: an activation is a numbered change; a contract renews by twelve months', () => {
    const contract = { endsOn: '2027-06-14' };
    const line = { ...good, billedThrough: '2026-11', subscriptions: phones({ activation: '2026-04-02', contract }) };
    const { account: of, subscriptions } = account(line);
    expect(subscriptions[0]).toMatchObject({
      activation: { on: '2026-04-02', change: 2 },
      contract: { endsOn: '2027-06-14', renewalMonths: 12 },
    });
    expect(of.billedThrough?.change).toBe(2);
  });

  it('R64: a contract may say when it started, whole months before its first renewal', () => {
    const from = (startsOn: string) =>
      JSON.stringify({ ...unbilled, subscriptions: phones({ contract: { startsOn, endsOn: '2027-02-27' } }) });
    expect(problems(from('2026-11-30'))).toBe('accepted');
    expect(problems(from('2026-11-15'))).toEqual([
      'subscriptions.0.contract.startsOn: must lie whole months before the day after `endsOn`',
    ]);
    expect(problems(from('2027-02-28'))).toHaveLength(1);
  });

  it.each<[string, object, string]>([
    ['quarterly without a quote', { ...unbilled, schedule: 'quarterly' }, 'schedule: quarterly billing needs a quote'],
    [
      'an interval beside a schedule',
      { ...yearly, subscriptions: phones({ interval: 'month' }) },
      'subscriptions.0.interval: is set by the account’s schedule, annual',
    ],
    [
      'a product without a price for the schedule',
      { ...yearly, subscriptions: phones({ productId: 'phone-rental' }) },
      'subscriptions.0.productId: "phone-rental" has no price per year in EUR',
    ],
    [
      'a subscription to what is bought once',
      { ...good, subscriptions: phones({ productId: 'desk-phone-purchase' }) },
      'subscriptions.0.productId: "desk-phone-purchase" is bought once: order it instead of subscribing to it',
    ],
    [
      'a month where cycles are no months',
      { ...yearly, billedThrough: '2026-11' },
      'billedThrough: must be a date on schedule annual',
    ],
    [
      'a date where cycles are months',
      { ...good, billedThrough: '2026-11-30' },
      'billedThrough: must be a month, YYYY-MM',
    ],
    [
      'a date within a cycle',
      { ...yearly, billedThrough: '2026-11-30' },
      'billedThrough: is not the last day of a cycle; the one it lies in ends on 2027-03-14',
    ],
    [
      'an activation that is no date',
      { ...good, subscriptions: phones({ activation: 'soon' }) },
      'subscriptions.0.activation: must be a calendar date in the form YYYY-MM-DD',
    ],
    [
      'a time of day that does not exist',
      { ...good, subscriptions: phones({ changes: [{ effectiveOn: '2026-03-15', time: '25:00:00', delta: 1 }] }) },
      'subscriptions.0.changes.0.time: must be a time of day in the form HH:MM:SS',
    ],
  ])('%s is rejected', (_name, line, problem) => {
    expect(problems(JSON.stringify(line))).toEqual([problem]);
  });
});
