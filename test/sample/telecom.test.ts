import { stdnum } from 'stdnum';
import { describe, expect, it } from 'vitest';
import { CAST } from '../../infra/local/sample/cast.ts';
import { sampleCast, sampleTelecom } from '../../infra/local/sample/telecom.ts';
import { readStage } from '../../infra/stage.ts';
import type { BillingInput } from '../../shared/domain/account.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import { parseAccountLine } from '../../shared/import/account-line.ts';
import type { WrittenAccount } from '../../shared/import/account-schema.ts';

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
