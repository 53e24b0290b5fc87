import { describe, expect, it } from 'vitest';
import { type PaperParties, renderReceipt } from '../../shared/document/receipt-pdf.ts';
import { LANGUAGES } from '../../shared/domain/account.ts';
import { AccountStory, eventfulStory } from '../support/account-story.ts';
import { partiesIn } from '../support/papers.ts';
import { misplaced, readPdf } from '../support/pdf.ts';

const story = eventfulStory('ireland');
const draw = (receiptId: string, of = story, parties: Partial<PaperParties> = {}) =>
  readPdf(
    renderReceipt(of.receipts.find((receipt) => receipt.receiptId === receiptId)!, { ...partiesIn(of), ...parties }),
  );

describe('a payment receipt', () => {
  it('says who paid whom, when, how much, with what, and what is owed after it', async () => {
    const { heard } = await draw('payment-2026-11-cycle-001');
    expect(heard.slice(0, heard.indexOf('H2: What this payment settled'))).toEqual([
      'P: Northwind Telecom Ireland DAC',
      'H1: Payment receipt NTIE-202611A-000042-P1',
      'P: Paid by',
      'P: Claddagh Coffee Roasters',
      ...['8 Quay Road', 'Galway', 'H91 XY00', 'Ireland'].map((line) => `P: ${line}`),
      'P: Paid to',
      'P: Northwind Telecom Ireland DAC',
      ...['3 Grand Canal Wharf', 'Dublin', 'D02 X285', 'Ireland'].map((line) => `P: ${line}`),
      'P: VAT No (Ireland) IE 4320346LH',
      'P: USt-IdNr. (Deutschland) DE 456111839',
      ...['Lbl: Payment date', 'LBody: 12 November 2026'],
      ...['Lbl: Paid with', 'LBody: Visa •••• 4242'],
      ...['Lbl: Account', 'LBody: acc-20418'],
      ...['Lbl: Currency', 'LBody: EUR'],
      'P: Amount received',
      'P: €100.00',
      'P: We received this payment on 12 November 2026. Thank you.',
      'P: Account balance after this payment: €613.25',
    ]);
  });

  it('says what it settled and when, and what is kept', async () => {
    const more = new AccountStory('ireland').invoice('2026-11').sends('2026-11-09', 1000_00, 'w-1');
    const { text } = await draw('credit-payment-w-1', more);
    expect(text).toContain('Paid with Bank transfer');
    expect(text).toContain('Value date 8 November 2026');
    expect(text).toMatch(/Invoice NTIE-202611A-000042 of 1 November 2026 €738\.25/);
    expect(text).toMatch(/Kept as credit for your next invoices €261\.75 Total €1,000\.00/);
    const later = await draw('credit-payment-w-1', more.invoice('2026-12'));
    expect(later.text).toContain('of 1 December 2026 · paid from the remainder on 1 December 2026');
    expect(later.text).not.toContain('Kept as credit');
  });

  it('that came back says so before anything else', async () => {
    const { text } = await draw('payment-2026-10-cycle-001');
    expect(text).toContain('Payment returned €738.25');
    expect(text).toContain('€738.25 of this payment was returned on 19 October 2026. What it had paid is due again.');
    expect((await draw('credit-payment-1120')).text).toContain(
      '€10.00 of this payment was returned on 24 November 2026',
    );
  });

  it('for credit that was used thanks for nothing', async () => {
    const { text } = await draw('credit-use-2026-11-cycle-1');
    expect(text).toContain('This amount was paid from your credit on 1 November 2026.');
    expect(text).toContain('Paid with Your credit');
  });

  it.each(LANGUAGES)('fits its page in %s, whatever it is for', async (language) => {
    for (const { receiptId } of story.receipts) {
      const { placed, width, height, pages } = await draw(receiptId, story, { language });
      expect(pages).toHaveLength(1);
      expect(misplaced({ placed, width, height })).toEqual([]);
    }
  });

  it('is the same whenever it is made', () => {
    const [receipt] = story.receipts;
    const [one, other] = [1, 2].map(() => renderReceipt(receipt!, partiesIn(story)));
    expect(Buffer.compare(one!, other!)).toBe(0);
  });

  it('names the field and the characters that cannot be shown', () => {
    const [receipt] = story.receipts;
    const { buyer, ...parties } = partiesIn(story);
    expect(() => renderReceipt(receipt!, { ...parties, buyer: { ...buyer, name: '北风' } })).toThrow(
      'receipt.buyer.name: U+5317, U+98CE',
    );
  });
});
