import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Of } from '../../shared/delivery/stored-pdf.ts';
import { customer } from '../support/customers.ts';
import { World } from '../support/world.ts';
import { rowsOf, sumOf, unzip } from '../support/zip.ts';

const SELLER = 'northwind-ie';
const since = '2026-12-01';
const has = { 'desk-phone': 4 };
const INVOICE = '2026-12-cycle';

interface Ledger {
  readonly balance: number;
  readonly credit: number;
}

/** Everybody is invoiced 4 × 22.95 = 91.80 and 23 % VAT of it, 21.11: 112.91 EUR. All below is reckoned by hand. */
describe('a month of the books', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start('2026-11-30T06:00:00.000Z', { disturbance: { duplicate: true } });
    await world.create(
      customer('overpays', 'IE', { since, has, terms: 'wire' }),
      customer('corrected', 'IE', { since, has, autopay: 'pm_card_visa' }),
      customer('upheld', 'IE', { since, has, card: 'pm_card_visa' }),
      customer('rejected', 'IE', { since, has }),
      customer('comes-back', 'IE', { since, has, autopay: 'pm_sample_sepaDebit_unauthorized' }),
      customer('lost', 'IE', { since, has }),
    );
    world.goTo('2026-12-01');
    await world.run(SELLER);
  });
  afterAll(() => world?.stop());

  const post = async <T>(accountId: string, path: string, body: object): Promise<T> =>
    (await world.as('finance')).call<T>('POST', `/accounts/${accountId}/${path}`, body);
  const wire = (accountId: string, amount: number, valueDate: string) =>
    post(accountId, 'manual-payments', { kind: 'wire', reference: accountId, valueDate, amount, currency: 'EUR' });
  const dispute = async (accountId: string, wish: object) => {
    const admin = await world.as('billing-admin', accountId);
    const path = `/accounts/${accountId}/invoices/${INVOICE}/disputes`;
    const answer = await admin.call<{ dispute: { disputeId: string } }>('POST', path, {
      reason: 'Not ordered',
      ...wish,
    });
    return answer.dispute.disputeId;
  };
  const decide = (accountId: string, id: string, decision: object) =>
    post(accountId, `invoices/${INVOICE}/disputes/${id}/decision`, { reason: 'As agreed on', ...decision });
  const standing = async (accountId: string) => {
    const { balance, credit } = await (await world.as('finance')).get<Ledger>(`/accounts/${accountId}/ledger`);
    expect((await world.account(accountId)).balance).toBe(balance);
    return [balance, credit];
  };
  /** Minor units by account of the books. */
  const trial = async (from: string, to: string) => {
    const path = `/sellers/${SELLER}/trial-balance?from=${from}&to=${to}`;
    const { accounts } = await (await world.as('finance')).get<{ accounts: { account: string; balance: number }[] }>(
      path,
    );
    return Object.fromEntries(accounts.map(({ account, balance }) => [account, balance]));
  };

  const creditNotesMailedTo = (accountId: string) =>
    world.mailsTo(`billing@${accountId}.example`).filter((subject) => subject.startsWith('Credit note'));

  it('on the 1st everybody owes 112.91, but for whose card was charged', async () => {
    for (const id of ['overpays', 'upheld', 'rejected', 'comes-back', 'lost'])
      expect(await standing(id)).toEqual([112_91, 0]);
    expect(await standing('corrected')).toEqual([0, 0]);
  });

  it('a wire of 150.00 pays the invoice, and 37.09 is kept as credit', async () => {
    world.goTo('2026-12-02T05:00:00.000Z');
    await world.reconcile(SELLER);
    world.goTo('2026-12-04');
    await wire('overpays', 150_00, '2026-12-03');
    expect(await standing('overpays')).toEqual([0, 37_09]);
  });

  it('of 50.00 contested 30.00 is credited; with 62.91 by wire and 20.00 by card nothing is owed', async () => {
    world.goTo('2026-12-05');
    const id = await dispute('upheld', { amount: 50_00 });
    expect(await standing('upheld')).toEqual([62_91, 0]);
    await wire('upheld', 62_91, '2026-12-05');
    expect(await standing('upheld')).toEqual([0, 0]);
    world.goTo('2026-12-14');
    await decide('upheld', id, { decision: 'upheld', amount: 30_00 });
    expect(await standing('upheld')).toEqual([20_00, 0]);
    await world.pay('upheld');
    expect(await standing('upheld')).toEqual([0, 0]);
    expect(world.charged('upheld')).toEqual([20_00]);
    expect(creditNotesMailedTo('upheld')).toEqual([
      expect.stringMatching(/^Credit note NTIE-CN-\d{6}A-\d{6}: €30\.00 /),
    ]);
  });

  it('a dispute of everything that is rejected leaves all of it to pay', async () => {
    const id = await dispute('rejected', {});
    expect(await standing('rejected')).toEqual([0, 0]);
    await decide('rejected', id, { decision: 'rejected' });
    expect(await standing('rejected')).toEqual([112_91, 0]);
  });

  it('a phone too many on a paid invoice, 22.95 and 5.28 VAT, becomes credit of 28.23', async () => {
    const wish = { reason: 'error-correction', explanation: 'Three phones', lines: [{ line: 1, amount: 22_95 }] };
    const { creditNote } = await post<{ creditNote: { total: number; taxTotal: number } }>(
      'corrected',
      `invoices/${INVOICE}/credit-notes`,
      wish,
    );
    expect(creditNote).toMatchObject({ total: 28_23, taxTotal: 5_28 });
    expect(await standing('corrected')).toEqual([0, 28_23]);
  });

  it('its credit note is stored under a lock, mailed and handed out as stored, and can be verified and made again', async () => {
    await world.stack.settle();
    const finance = await world.as('finance');
    const { creditNotes } = await finance.get<{ creditNotes: { number: string }[] }>(
      '/accounts/corrected/credit-notes',
    );
    const { number } = creditNotes[0]!;
    const path = `/sellers/${SELLER}/credit-notes/${number}/pdf`;
    const link = await finance.get<{ url: string; sha256: string }>(path);
    const download = await fetch(link.url);
    expect(download.headers.get('x-amz-object-lock-retain-until-date')).toBe('2033-12-14T12:00:00Z');
    const bytes = new Uint8Array(await download.arrayBuffer());
    const admin = await world.as('billing-admin', 'corrected');
    const theirs = await admin.get<{ sha256: string }>(`/accounts/corrected/credit-notes/${number}/pdf`);
    expect([sha256Of(bytes), theirs.sha256]).toEqual([link.sha256, link.sha256]);
    const mail = world.stack.gateway.mails().find(({ subject }) => subject.includes(number));
    const sent = readFileSync(mail!.file, 'utf8').replaceAll('\r\n', '');
    expect(sent).toContain(Buffer.from(bytes).toString('base64'));
    expect(await finance.get(`${path}/verification`)).toMatchObject({ stored: 'as-recorded', madeAgain: 'same' });
    expect(await finance.call('POST', `${path}/regeneration`, { reason: 'asked for' })).toMatchObject({
      ...{ outcome: 'intact', sha256: link.sha256 },
    });
  });

  it('a bank debit that came back is owed again', async () => {
    await world.stack.settle();
    expect(await standing('comes-back')).toEqual([112_91, 0]);
  });

  it('what will never be paid is given up, and not owed', async () => {
    world.goTo('2026-12-28');
    await post('lost', `invoices/${INVOICE}/write-off`, { reason: 'Insolvent' });
    expect(await standing('lost')).toEqual([0, 0]);
  });

  it('the trial balance of December is what a person computes, and zero in sum', async () => {
    world.goTo('2027-01-01T05:00:00.000Z');
    await world.reconcile(SELLER);
    const accounts = await trial('2026-12-01', '2026-12-31');
    expect(accounts).toEqual({
      // Two of six invoices are open: 112.91 of the rejected dispute, 112.91 of the debit that came back.
      receivable: 225_82,
      disputes: 0,
      // Wires of 150.00 and 62.91.
      cash: 212_91,
      // Cards of 112.91 and 20.00, less the fees; the debit came and went.
      'processor-clearing': 132_91 - 10_34,
      // 1.94 and 0.55 for the cards, 0.35 for the debit and 7.50 for its return.
      fees: 10_34,
      // 37.09 too much by wire, and the credit note of 28.23.
      'customer-credit': -65_32,
      'write-offs': 112_91,
      // 6 × 91.80, less 22.95, less 24.39 of the 30.00 that were upheld.
      revenue: -503_46,
      // 6 × 21.11, less 5.28, less 5.61.
      'tax:VAT:IE': -115_77,
    });
    expect(Object.values(accounts).reduce((sum, balance) => sum + balance, 0)).toBe(0);
    const { transactions } = world.stack.processor.books();
    expect(accounts['processor-clearing']).toBe(transactions.reduce((sum, { net }) => sum + net, 0));
  });

  it('the ZIP of December’s documents adds up to the same revenue and tax', async () => {
    const finance = await world.as('finance');
    const path = `/sellers/${SELLER}/invoice-exports`;
    const { exportId } = await finance.call<{ exportId: string }>('POST', path, { month: '2026-12' });
    await world.stack.settle();
    const done = await finance.get<{ status: string; gaps: number; files: { url: string }[] }>(`${path}/${exportId}`);
    expect(done).toMatchObject({ status: 'complete', gaps: 0 });
    const zip = await unzip(new Uint8Array(await (await fetch(done.files[0]!.url)).arrayBuffer()));
    const rows = rowsOf(await zip.textOf('index.csv'));
    // Six invoices and two credit notes, each with its PDF.
    expect(zip.names).toHaveLength(9);
    expect([sumOf(rows, 'net'), sumOf(rows, 'tax')]).toEqual([503_46, 115_77]);
  });

  it('read from closed days or entry by entry, the year comes to the same', async () => {
    const year = await trial('2026-12-01', '2027-11-30');
    expect(year).toEqual(await trial('2026-12-01', '2026-12-31'));
  });

  it('January’s invoices take the credit before any card is charged', async () => {
    await world.run(SELLER);
    const january = async (id: string) => (await world.invoices(id)).at(-1);
    const overpays = await january('overpays');
    expect(overpays).toMatchObject({ month: '2027-01', due: (overpays?.total ?? 0) - 37_09 });
    expect(await standing('overpays')).toEqual([overpays?.due, 0]);
    const corrected = await january('corrected');
    expect(world.charged('corrected')).toEqual([112_91, (corrected?.total ?? 0) - 28_23]);
    expect(await standing('corrected')).toEqual([0, 0]);
  });
});
