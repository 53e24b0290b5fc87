import { describe, expect, it } from 'vitest';
import { sampleTelecom } from '../../infra/local/sample/telecom.ts';
import { readStage } from '../../infra/stage.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import { explainTax } from '../../shared/domain/explain/fee-words.ts';
import { recompute, recomputeTax } from '../../shared/domain/explain/recompute.ts';
import { explainLine } from '../../shared/domain/explain/words.ts';
import type { DraftInvoice } from '../../shared/domain/invoice.ts';
import { parseAccountLine } from '../../shared/import/account-line.ts';
import { sellerOf } from '../../shared/runtime/stage.ts';

const stage = readStage('local');
const DATE = '2026-12-01';

/** Every invoice that the sample telecom gets on the 1st. */
function invoices(accounts: number): DraftInvoice[] {
  return [...sampleTelecom({ accounts, seed: 1, month: '2026-12' })].flatMap((written) => {
    const parsed = parseAccountLine(JSON.stringify(written), stage, '2026-11-30T00:00:00.000Z');
    if (parsed.kind === 'rejected') throw new Error(JSON.stringify(parsed.problems));
    const { account } = parsed.input;
    if (account.nextBillingDate > DATE) return [];
    const seller = sellerOf(stage, account.sellerId);
    const decision = composeInvoice(parsed.input, seller, stage.products, account.nextBillingDate, DATE);
    return decision.outcome === 'invoice' ? [decision.draft] : [];
  });
}

describe('every line of the sample telecom', () => {
  const all = invoices(2000);
  const lines = all.flatMap(({ lines, currency, accountId }) => lines.map((line) => ({ line, currency, accountId })));
  const taxes = all.flatMap(({ taxes, currency, accountId }) => taxes.map((tax) => ({ tax, currency, accountId })));

  it('is there', () => {
    expect(all.length).toBeGreaterThan(1500);
    expect(new Set(lines.map(({ line }) => line.explanation.kind))).toContain('proration');
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
