import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customer } from '../support/customers.ts';
import { World } from '../support/world.ts';

const SELLER = 'northwind-ca';

interface Link {
  readonly url: string;
  readonly sha256: string;
}

describe('files: accounts in, invoices out', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start('2026-11-30T06:00:00.000Z');
  });
  afterAll(() => world?.stop());

  it('a file dropped into the imports bucket is loaded; bad lines are reported with line, field and reason', async () => {
    const staff = await world.as('staff');
    const good = customer('from-a-file', 'CA-ON', {
      since: '2026-12-01',
      recipients: ['one@file.example', 'bounce-two@file.example', 'three@file.example'],
    });
    const wrong = { ...good, accountId: 'wrong', currency: 'USD' };
    const { url } = await staff.call<Link>('POST', '/imports', { name: 'december' });
    const body = `${JSON.stringify(good)}\n{"accountId": 7}\nnot json\n${JSON.stringify(wrong)}\n`;
    expect((await fetch(url, { method: 'PUT', body })).status).toBe(200);
    await world.stack.settle();
    const report = await staff.get<{ loaded: number; rejected: { total: number; lines: unknown[] } }>(
      '/imports/december',
    );
    expect(report).toMatchObject({ complete: true, loaded: 1 });
    expect(report.rejected.lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ line: 2, field: 'accountId' }),
        expect.objectContaining({ line: 3, reason: expect.stringContaining('JSON') }),
        expect.objectContaining({ line: 4, field: 'currency' }),
      ]),
    );
  });

  it('finance downloads a PDF by a link whose hash stands on the invoice; the link ends after five minutes', async () => {
    world.goTo('2026-12-01');
    await world.run(SELLER);
    const [invoice] = await world.invoices('from-a-file');
    const finance = await world.as('finance');
    const link = await finance.get<Link>(`/sellers/${SELLER}/invoices/${invoice?.number}/pdf`);
    const bytes = new Uint8Array(await (await fetch(link.url)).arrayBuffer());
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
    const digest = await crypto.subtle.digest('SHA-256', bytes);
    expect(Buffer.from(digest).toString('hex')).toBe(link.sha256);
    world.goTo('2026-12-01T06:06:00.000Z');
    expect((await fetch(link.url)).status).toBe(403);
  });

  it('an address that bounces does not keep the invoice from the others', () => {
    const reached = ['one@file.example', 'three@file.example'].map((address) => world.mailsTo(address).length);
    expect(reached).toEqual([1, 1]);
    const bounced = world.stack.gateway.mails().flatMap((mail) => mail.bounced);
    expect(bounced).toEqual(['bounce-two@file.example']);
  });

  it('a customer’s billing admin sees its own account and nobody else’s; without a token nobody sees anything', async () => {
    await world.create(customer('neighbour', 'CA-QC', { since: '2026-12-01' }));
    const admin = await world.as('billing-admin', 'from-a-file');
    await expect(admin.get('/accounts/from-a-file')).resolves.toMatchObject({ accountId: 'from-a-file' });
    for (const path of ['/accounts/neighbour', '/accounts/neighbour/invoices', '/accounts/nobody'])
      await expect(admin.get(path)).rejects.toThrow(/answered 404/);
    await expect(admin.get(`/sellers/${SELLER}/invoices?month=2026-12`)).rejects.toThrow(/answered 40[34]/);
    expect((await fetch(`${world.stack.apiUrl}/accounts/from-a-file`)).status).toBe(401);
  });

  it('the API describes itself', async () => {
    const description = (await (await fetch(`${world.stack.apiUrl}/openapi.json`)).json()) as { paths: object };
    expect(Object.keys(description.paths)).toContain('/dead-letters/redrive');
  });
});
