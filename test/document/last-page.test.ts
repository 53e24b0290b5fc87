import { describe, expect, it } from 'vitest';
import { renderCancellation } from '../../shared/document/cancellation-pdf.ts';
import { renderQuote } from '../../shared/document/quote-pdf.ts';
import { renderReceipt } from '../../shared/document/receipt-pdf.ts';
import { renderStatement } from '../../shared/document/statement-pdf.ts';
import { addMonths } from '../../shared/domain/calendar.ts';
import { AccountStory, eventfulStory } from '../support/account-story.ts';
import { cancelled, partiesIn, statementOf } from '../support/papers.ts';
import { misplaced, readPdf } from '../support/pdf.ts';
import { quoteLine, sampleQuote } from '../support/quotes.ts';

const LONGEST = 40;

/** Papers that are longer and longer: lines, parts or months. */
const PAPERS: Readonly<Record<string, (length: number) => Uint8Array | Promise<Uint8Array>>> = {
  'a quote': (lines) =>
    renderQuote(
      sampleQuote('uk', { lines: Array.from({ length: lines }, (_, index) => quoteLine('desk-phone', index + 1)) }),
    ),
  'a receipt': (parts) => {
    const story = eventfulStory('ireland');
    const [receipt] = story.receipts;
    const settled = Array.from({ length: parts }, () => receipt!.settled[0]!);
    return renderReceipt({ ...receipt!, settled }, partiesIn(story));
  },
  'a statement of what was paid': (months) => renderStatement(statementOf(yearsOf(months, true), ...YEARS)),
  'a statement of what is open': (months) => renderStatement(statementOf(yearsOf(months, false), ...YEARS)),
  'the confirmation of a cancellation': (months) => {
    const contract = { endsOn: addMonths('2026-11-30', months), renewalMonths: 15 };
    return renderCancellation(cancelled('uk', { requestedOn: '2026-11-15', contract }));
  },
};

const YEARS = ['2022-01-01', '2026-12-31'] as const;
function yearsOf(months: number, paid: boolean): AccountStory {
  const story = new AccountStory('ireland');
  for (let month = 0; month < months; month++) {
    const name = addMonths('2022-01-01', month).slice(0, 7);
    story.invoice(name);
    if (paid) story.sends(`${name}-12`, 738_25, String(month));
  }
  return story;
}

describe('the last page', () => {
  it.each(Object.entries(PAPERS))('of %s never says only whom to ask, however long it is', async (_name, draw) => {
    for (let length = 1; length <= LONGEST; length++) {
      const { pages, placed, width, height } = await readPdf(await draw(length));
      expect(pages.at(-1), `${length}`).toMatch(/^.{120,}Questions/);
      for (const page of pages) expect(page, `${length}`).not.toMatch(/Open( Page|$)/);
      expect(misplaced({ placed, width, height })).toEqual([]);
    }
  });
});
