import { describe, expect, it } from 'vitest';
import type { ChargeGroup } from '../../shared/domain/catalog.ts';
import { explainTax } from '../../shared/domain/explain/fee-words.ts';
import { recompute, recomputeTax } from '../../shared/domain/explain/recompute.ts';
import { explainLine } from '../../shared/domain/explain/words.ts';
import type { UsageClass } from '../../shared/domain/usage/usage.ts';
import { SAMPLE_DATE, sampleMonth } from '../support/sample-month.ts';

describe('every line of the sample telecom', async () => {
  const all = (await sampleMonth({ seed: 1, accounts: 2000 })).map(({ draft }) => draft);
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
      ({ line: { explanation, servicePeriod } }) => explanation.kind === 'fee' && servicePeriod.to < SAMPLE_DATE,
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
