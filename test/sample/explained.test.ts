import { describe, expect, it } from 'vitest';
import { sampleTelecom } from '../../infra/local/sample/telecom.ts';
import { readStage } from '../../infra/stage.ts';
import type { BillingInput } from '../../shared/domain/account.ts';
import type { ChargeGroup } from '../../shared/domain/catalog.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import { explainTax } from '../../shared/domain/explain/fee-words.ts';
import { recompute, recomputeTax } from '../../shared/domain/explain/recompute.ts';
import { explainLine } from '../../shared/domain/explain/words.ts';
import type { DraftInvoice } from '../../shared/domain/invoice.ts';
import type { UsageClass } from '../../shared/domain/usage/usage.ts';
import { parseAccountLine } from '../../shared/import/account-line.ts';
import { sellerOf } from '../../shared/runtime/stage.ts';
import { sampleUsage } from '../support/sample-usage.ts';

const stage = readStage('local');
const DATE = '2026-12-01';
const SAMPLE = { seed: 1, accounts: 2000 };

/** Every invoice that the sample telecom gets on the 1st, with the calls and messages of the month before. */
async function invoices(): Promise<DraftInvoice[]> {
  const accounts = [...sampleTelecom({ ...SAMPLE, month: '2026-12' })];
  const { usage } = await sampleUsage({ seed: SAMPLE.seed, accounts, month: '2026-11', stage });
  return accounts.flatMap((written) => {
    const parsed = parseAccountLine(JSON.stringify(written), stage, '2026-11-30T00:00:00.000Z');
    if (parsed.kind === 'rejected') throw new Error(JSON.stringify(parsed.problems));
    return billed({ ...parsed.input, usage: usage.get(written.accountId) ?? [] });
  });
}

/** A customer who is a month behind has two cycles. */
function billed(input: BillingInput): DraftInvoice[] {
  const { account } = input;
  if (account.nextBillingDate > DATE) return [];
  const seller = sellerOf(stage, account.sellerId);
  const decision = composeInvoice(input, seller, stage.products, account.nextBillingDate, account.nextBillingDate);
  if (decision.outcome !== 'invoice') return [];
  const { draft } = decision;
  if (account.nextBillingDate === DATE) return [draft];
  const billedThrough = { date: account.nextBillingDate, month: draft.month, change: draft.coversChange };
  return [draft, ...billed({ ...input, account: { ...account, nextBillingDate: DATE, billedThrough } })];
}

describe('every line of the sample telecom', async () => {
  const all = await invoices();
  const lines = all.flatMap(({ lines, currency, accountId }) => lines.map((line) => ({ line, currency, accountId })));
  const taxes = all.flatMap(({ taxes, currency, accountId }) => taxes.map((tax) => ({ tax, currency, accountId })));

  it('is there', () => {
    expect(all.length).toBeGreaterThan(1500);
    expect(new Set(lines.map(({ line }) => line.explanation.kind))).toContain('proration');
  });

  it.each<[UsageClass, ChargeGroup]>([
    ['domestic', 'included-minutes'],
    ['domestic', 'outbound-overage'],
    ['toll-free-inbound', 'included-minutes'],
    ['domestic-premium', 'domestic-premium'],
    ['international', 'international'],
    ['message', 'sms-included'],
    ['message', 'sms-overage'],
  ])('has usage: %s under %s', (usage, group) => {
    const found = lines.filter(({ line: { explanation, ...line } }) => {
      const metered = explanation.kind === 'usage' || explanation.kind === 'allowance';
      return metered && explanation.usage === usage && line.group === group;
    });
    expect(found.length).toBeGreaterThan(0);
  });

  it('has regulatory fees on its usage', () => {
    const onUsage = lines.filter(
      ({ line: { explanation, servicePeriod } }) => explanation.kind === 'fee' && servicePeriod.to < DATE,
    );
    expect(onUsage.length).toBeGreaterThan(0);
  });

  it('has the amount that its explanation alone gives', () => {
    const wrong = lines.filter(({ line, currency }) => recompute(line.explanation, currency) !== line.amount);
    expect(wrong).toEqual([]);
  });

  it('is explained in words that end with its amount', () => {
    for (const { line, currency } of lines) {
      const amount = (Math.abs(line.amount) / 100).toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',');
      expect(explainLine(line, currency).at(-1)).toMatch(
        new RegExp(`${currency} ${line.amount < 0 ? '−' : ''}${amount.replace('.', '\\.')}\\.$`),
      );
    }
  });

  it('and every tax has the amount of its base and rate', () => {
    const wrong = taxes.filter(({ tax, currency }) => recomputeTax(tax, currency) !== tax.amount);
    expect(wrong).toEqual([]);
    expect(taxes.every(({ tax, currency }) => explainTax(tax, currency).length >= 3)).toBe(true);
  });
});
