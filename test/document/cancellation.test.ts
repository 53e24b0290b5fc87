import { describe, expect, it } from 'vitest';
import { cancellationMail } from '../../shared/document/cancellation-mail.ts';
import { renderCancellation } from '../../shared/document/cancellation-pdf.ts';
import { LANGUAGES } from '../../shared/domain/account.ts';
import { addDays, addMonths } from '../../shared/domain/calendar.ts';
import { cancelled } from '../support/papers.ts';
import { misplaced, plain, readPdf } from '../support/pdf.ts';

const CONTRACT = { contract: { endsOn: '2027-02-28', renewalMonths: 15 } };
const read = async (...of: Parameters<typeof cancelled>) => await readPdf(renderCancellation(cancelled(...of)));

describe('the confirmation of a cancellation', () => {
  it('says what ends when, who asked for it, what is still charged, and what becomes of the data', async () => {
    const { heard } = await read('uk', { requestedOn: '2026-11-15', ...CONTRACT });
    const from = heard.indexOf('Lbl: What ends');
    expect(heard.slice(from, heard.indexOf('H2: Questions'))).toEqual([
      ...['Lbl: What ends', 'LBody: Desk phone', 'Lbl: Quantity', 'LBody: 15 devices'],
      ...['Lbl: Requested on', 'LBody: 15 November 2026', 'Lbl: Requested by', 'LBody: Your billing admin'],
      ...['Lbl: Account', 'LBody: acc-20418', 'Lbl: Subscription', 'LBody: sub-desk-phone'],
      ...['P: In service until', 'P: 28 February 2027'],
      'P: Until the end of that day everything works as before.',
      'P: The term is charged in full to its end, and nothing is refunded.',
      'H2: What you will still be charged',
      ...['TH: Period', 'TH: Amount'],
      ...[
        'TD: 1 – 31 Dec 2026',
        'TD: £299.25',
        'TD: 1 – 31 Jan 2027',
        'TD: £314.25',
        'TD: 1 – 28 Feb 2027',
        'TD: £314.25',
      ],
      'P: Without tax, at the quantity and prices known today; usage is charged as it occurs.',
      'H2: Your data',
      'P: You can export your data until the end of 28 February 2027. After that it is no longer accessible.',
      'P: On 29 May 2027 it is deleted for good; it cannot be restored, not even if you reactivate the subscription.',
      expect.stringContaining('Invoices are kept for as long as the law requires.'),
      'H2: If you change your mind',
      expect.stringMatching(/^P: Until 28 February 2027 .* Subscriptions, Expired, and can reactivate it there\.$/),
    ]);
  });

  it('by the month says that nothing more is charged; too late it names the renewal', async () => {
    expect((await read('uk', { requestedOn: '2026-11-15' })).text).toContain(
      'No further period begins before the end.',
    );
    const { text } = await read('uk', { requestedOn: '2027-02-10', by: 'support', ...CONTRACT });
    expect(text).toContain('less than 30 days before the renewal on 1 March 2027');
    expect(text).toContain('Our support team, for you');
    expect(text).toContain('31 May 2028');
  });

  it.each(LANGUAGES)('with a handful of charges it is one page in %s', async (language) => {
    for (const months of [0, 1, 4]) {
      const contract = { endsOn: addDays(addMonths('2026-11-01', months), -1), renewalMonths: 12 };
      const of = { requestedOn: '2026-09-28', language, contract };
      expect(cancelled('germany', of).charges).toHaveLength(months + 1);
      expect((await read('germany', of)).pages).toHaveLength(1);
    }
  });

  it.each(LANGUAGES)('fits its page in %s', async (language) => {
    for (const requestedOn of ['2026-11-15', '2027-02-10']) {
      const { placed, width, height } = await read('germany', { requestedOn, language, ...CONTRACT });
      expect(misplaced({ placed, width, height })).toEqual([]);
    }
  });

  it('is the same whenever it is made', () => {
    const [one, other] = [1, 2].map(() => renderCancellation(cancelled('uk', { requestedOn: '2026-11-15' })));
    expect(Buffer.compare(one!, other!)).toBe(0);
  });
});

describe('its mail', () => {
  it.each(LANGUAGES)('says in %s the same as the document', async (language) => {
    const of = { requestedOn: '2027-02-10', language, ...CONTRACT };
    const { text, subject } = cancellationMail(cancelled('germany', of));
    const document = (await read('germany', of)).text;
    const said = plain(text)
      .split(/(?<=[.;!]) /)
      .filter((sentence) => sentence.length > 60);
    const ours = said.filter((sentence) => document.includes(sentence));
    expect(ours.length).toBeGreaterThanOrEqual(5);
    expect(subject).toContain('Desk phone');
  });

  it('lets no name of a product into a header', () => {
    const of = cancelled('uk', { requestedOn: '2026-11-15' });
    const product = { name: 'Phone\r\nBcc: thief@elsewhere.example', unit: 'device' };
    expect(cancellationMail({ ...of, product }).subject).toBe(
      'Cancellation confirmed: Phone Bcc: thief@elsewhere.example ends on 30 November 2026',
    );
  });
});
