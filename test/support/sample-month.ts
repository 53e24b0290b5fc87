import { sampleTelecom } from '../../infra/local/sample/telecom.ts';
import { readStage } from '../../infra/stage.ts';
import type { BillingInput } from '../../shared/domain/account.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import type { DraftInvoice } from '../../shared/domain/invoice.ts';
import { parseAccountLine } from '../../shared/import/account-line.ts';
import { sellerOf } from '../../shared/runtime/stage.ts';
import { sampleUsage } from './sample-usage.ts';

const stage = readStage('local');
export const SAMPLE_DATE = '2026-12-01';

export interface SampleDraft {
  readonly draft: DraftInvoice;
  readonly input: BillingInput;
}

/** Every invoice that the sample telecom gets on the 1st, with the calls and messages of the month before. */
export async function sampleMonth(sample: {
  readonly seed: number;
  readonly accounts: number;
}): Promise<SampleDraft[]> {
  const accounts = [...sampleTelecom({ ...sample, month: '2026-12' })];
  const { usage } = await sampleUsage({ seed: sample.seed, accounts, month: '2026-11', stage });
  return accounts.flatMap((written) => {
    const parsed = parseAccountLine(JSON.stringify(written), stage, '2026-11-30T00:00:00.000Z');
    if (parsed.kind === 'rejected') throw new Error(JSON.stringify(parsed.problems));
    return billed({ ...parsed.input, usage: usage.get(written.accountId) ?? [] });
  });
}

/** A customer who is a month behind has two cycles. */
function billed(input: BillingInput): SampleDraft[] {
  const { account } = input;
  if (account.nextBillingDate > SAMPLE_DATE) return [];
  const seller = sellerOf(stage, account.sellerId);
  const decision = composeInvoice(input, seller, stage.products, account.nextBillingDate, account.nextBillingDate);
  if (decision.outcome !== 'invoice') return [];
  const { draft } = decision;
  if (account.nextBillingDate === SAMPLE_DATE) return [{ draft, input }];
  const billedThrough = { date: account.nextBillingDate, month: draft.month, change: draft.coversChange };
  const next = { ...account, nextBillingDate: SAMPLE_DATE, billedThrough };
  return [{ draft, input }, ...billed({ ...input, account: next })];
}
