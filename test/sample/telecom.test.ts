import { stdnum } from 'stdnum';
import { describe, expect, it } from 'vitest';
import { CAST } from '../../infra/local/sample/cast.ts';
import { isMistake } from '../../infra/local/sample/mistakes.ts';
import { isTollFree } from '../../infra/local/sample/phone-numbers.ts';
import { sampleCast, sampleTelecom } from '../../infra/local/sample/telecom.ts';
import { trafficOf } from '../../infra/local/sample/traffic.ts';
import { usageFiles } from '../../infra/local/sample/usage-files.ts';
import { readStage } from '../../infra/stage.ts';
import type { BillingInput } from '../../shared/domain/account.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import { USAGE_FORMATS } from '../../shared/domain/usage-exception.ts';
import { parseAccountLine } from '../../shared/import/account-line.ts';
import type { WrittenAccount } from '../../shared/import/account-schema.ts';
import { isE164 } from '../../shared/usage/phone-number.ts';
import { sampleUsage } from '../support/sample-usage.ts';

const stage = readStage('local');
const MONTH = '2026-12';
const sample = (accounts: number, seed = 1) => [...sampleTelecom({ accounts, seed, month: MONTH })];

const loaded = (written: WrittenAccount): BillingInput => {
  const parsed = parseAccountLine(JSON.stringify(written), stage, '2026-11-30T00:00:00.000Z');
  if (parsed.kind === 'rejected') throw new Error(`${written.accountId}: ${JSON.stringify(parsed.problems)}`);
  return parsed.input;
};
const byRole = (role: string) => {
  const accountId = sampleCast()[role];
  return loaded(sample(CAST.length).find((written) => written.accountId === accountId)!);
};
const billed = (input: BillingInput, month = MONTH) => {
  const seller = stage.sellers.find(({ sellerId }) => sellerId === input.account.sellerId)!;
  return composeInvoice(input, seller, stage.products, `${month}-01`, `${month}-01`);
};

describe('the sample telecom', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(sample(300, 7)).toEqual(sample(300, 7));
    expect(sample(300, 8)).not.toEqual(sample(300, 7));
  });

  it('grows without changing the accounts it had', () => {
    expect(sample(500).slice(0, 120)).toEqual(sample(120));
  });

  it('has only accounts that can be loaded, each with an id of its own', () => {
    const accounts = sample(3000);
    const ids = accounts.map((written) => loaded(written).account.accountId);
    expect(new Set(ids).size).toBe(3000);
  });

  it('has every province and territory of Canada, and every country we bill', () => {
    const addresses = sample(CAST.length).flatMap(({ billingAddress }) => billingAddress ?? []);
    const provinces = addresses.filter(({ country }) => country === 'CA').flatMap(({ region }) => region ?? []);
    expect([...new Set(provinces)].sort()).toEqual('AB BC MB NB NL NS NT NU ON PE QC SK YT'.split(' '));
    expect([...new Set(addresses.map(({ country }) => country))].sort()).toEqual('AU CA DE GB IE US'.split(' '));
  });

  it.each([
    ['eu-vat', 'DE', stdnum.DE!.vat],
    ['eu-vat', 'IE', stdnum.IE!.vat],
    ['gb-vat', 'GB', stdnum.GB!.vat],
    ['abn', 'AU', stdnum.AU!.abn],
    ['other', 'CA', stdnum.CA!.gst],
  ] as const)('has tax numbers of kind %s in %s that pass the format check', (kind, country, validator) => {
    const ids = sample(2000)
      .filter(({ billingAddress }) => billingAddress?.country === country)
      .flatMap(({ taxIds = [] }) => taxIds.filter((id) => id.kind === kind));
    expect(ids.length).toBeGreaterThan(10);
    expect(ids.filter(({ value }) => !validator!.validate(value).isValid)).toEqual([]);
  });

  it.each([
    ['no-address', 'held', 'billing_address_missing'],
    ['no-province', 'held', 'billing_address_missing'],
    ['on-hold', 'held', 'hold_by_finance'],
    ['nothing-to-charge', 'zero', 'Nothing to charge'],
    ['credit-exceeds-charges', 'zero', 'Credits exceed charges and are carried to the next invoice'],
    ['suspended-pays', 'invoice', undefined],
    ['reverse-charge', 'invoice', undefined],
    ['canada-qc', 'invoice', undefined],
  ])('has an account "%s" whose outcome is %s', (role, outcome, why) => {
    const decision = billed(byRole(role));
    expect(decision.outcome).toBe(outcome);
    if (decision.outcome === 'held') expect(decision.code).toBe(why);
    if (decision.outcome === 'zero') expect(decision.reason).toBe(why);
  });

  it('bills everybody else of the cast who is due', () => {
    const odd = ['no-address', 'no-province', 'on-hold', 'nothing-to-charge', 'credit-exceeds-charges'].map(
      (role) => sampleCast()[role],
    );
    for (const written of sample(CAST.length).filter(({ accountId }) => !odd.includes(accountId))) {
      const input = loaded(written);
      if (input.account.nextBillingDate <= `${MONTH}-01`)
        expect([written.accountId, billed(input).outcome]).toEqual([written.accountId, 'invoice']);
    }
  });

  it.each(['suspended-pays', 'suspended-stays', 'canada-qc-late', 'uk-late'])(
    'has "%s" owing an invoice of the month before, so that it can be suspended when the sample begins',
    (role) => expect(byRole(role).account.nextBillingDate).toBe('2026-11-01'),
  );

  it.each([
    ['starts-on-the-third', '2026-12-03'],
    ['not-billed-yet', '2027-01-01'],
    ['free-months', '2026-12-01'],
  ])('has "%s" due on %s', (role, date) => expect(byRole(role).account.nextBillingDate).toBe(date));

  it('charges the free-months customer for 15 days of the first month and the next in full', () => {
    const decision = billed(byRole('free-months'));
    const lines = decision.outcome === 'invoice' ? decision.draft.lines : [];
    expect(lines.filter(({ charge }) => charge === 'proration').map(({ explanation }) => explanation)).toEqual(
      expect.arrayContaining([expect.objectContaining({ days: 15, of: 30, effectiveOn: '2026-11-15' })]),
    );
  });
});

describe('the numbers of the sample telecom', () => {
  const accounts = sample(600);
  const numbers = accounts.flatMap(({ numbers: own = [] }) => own.map(({ number }) => number));

  it('are E.164, and each is one account’s', () => {
    expect(numbers.length).toBeGreaterThan(800);
    expect(numbers.filter((number) => !isE164(number))).toEqual([]);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('are the account’s from its billing start on, no more than it pays for, and toll-free where it has that product', () => {
    for (const written of accounts) {
      const { account } = loaded(written);
      const own = written.numbers ?? [];
      const quantity = (product: string) =>
        written.subscriptions.find(({ productId }) => productId === product)?.changes[0]?.delta ?? 0;
      expect(own.every(({ from }) => from === account.billingStartDate)).toBe(true);
      const tollFree = own.filter(({ number }) => isTollFree(number)).length;
      expect(tollFree).toBeLessThanOrEqual(quantity('toll-free-number'));
      expect(own.length - tollFree).toBeLessThanOrEqual(quantity('standard-number'));
    }
    expect(numbers.filter(isTollFree).length).toBeGreaterThan(30);
  });
});

describe('the traffic of the sample telecom', async () => {
  const accounts = sample(300);
  const filesOf = (seed: number) =>
    usageFiles({ accounts: accounts.slice(0, CAST.length), seed, month: '2026-11', stage });
  const { counted } = await sampleUsage({ accounts, seed: 1, month: '2026-11', stage });
  const outcomes = counted.flatMap((each) => each.outcomes);

  it('is the same for the same seed, and another for another', () => {
    expect(filesOf(7)).toEqual(filesOf(7));
    expect(filesOf(8)).not.toEqual(filesOf(7));
  });

  it('grows without changing what the accounts did that it had', () => {
    const of = (all: readonly WrittenAccount[]) =>
      all
        .slice(0, 60)
        .map((account, index) => trafficOf(account, { index, seed: 1, month: '2026-11', timeZone: 'UTC' }));
    expect(of(sample(400))).toEqual(of(sample(60)));
  });

  it.each(['2026-11', '2028-02', '2026-12'])('of %s is in that month, in the seller’s time zone', (month) => {
    for (const [index, account] of accounts.entries()) {
      const traffic = trafficOf(account, { index, seed: 1, month, timeZone: 'Australia/Sydney' });
      const times = traffic.map((each) => (each.kind === 'call' ? each.start : each.at));
      expect(times.every((at) => at.toPlainDate().toPlainYearMonth().toString() === month)).toBe(true);
    }
  });

  it('is written in every format that we read', () => {
    expect(new Set(filesOf(1).map(({ format }) => format))).toEqual(new Set(USAGE_FORMATS));
  });

  it('can be counted as it is written, but for the three records that are meant to be wrong', () => {
    const exceptions = outcomes.flatMap((outcome) => (outcome.kind === 'exception' ? [outcome] : []));
    expect(exceptions.map(({ recordId, fault: { code } }) => [isMistake(recordId), code])).toEqual([
      [true, 'unknown_number'],
      [true, 'end_before_answer'],
      [true, 'field_malformed'],
    ]);
  });

  it('has calls that nobody answered and some from before the billing start (R93)', () => {
    const of = (kind: string) => outcomes.filter((outcome) => outcome.kind === kind).length;
    expect(of('counted')).toBeGreaterThan(9_000);
    expect(of('not-billable')).toBeGreaterThan(500);
    expect(of('dropped')).toBeGreaterThan(50);
  });
});
