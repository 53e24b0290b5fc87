import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Role, tokenFor } from '../../infra/local/story/api-client.ts';
import { customer } from '../support/customers.ts';
import { type Ended, opsCommand } from '../support/ops-command.ts';
import { World } from '../support/world.ts';
import { minor, rowsOf, unzip } from '../support/zip.ts';

const UK = 'northwind-uk';
const CANADA = 'northwind-ca';
const since = '2026-11-01';
const OWN = '+16135550111';
const HEADING = 'prefix,destination,initial,subsequent,price,from,to';

const call = (id: string, from: string) => {
  const times = { start: '2026-11-12T15:00:00Z', answer: '2026-11-12T15:00:05Z', end: '2026-11-12T15:10:05Z' };
  return { type: 'call', id, from, to: '+442079460123', ...times };
};

describe('what ops and finance do from the command line, each with the token of that role alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ops-commands-'));
  let world: World;

  beforeAll(async () => {
    world = await World.start('2026-11-01T06:00:00.000Z', { bounce: (address) => address.endsWith('@gone.example') });
    await world.create(
      { ...customer('caller', 'CA-ON', { since }), numbers: [{ number: OWN, from: '2026-01-01' }] },
      customer('pays', 'GB', { since, autopay: 'pm_card_visa' }),
      customer('by-wire', 'GB', { since, terms: 'wire' }),
      customer('nobody', 'GB', { since, recipients: ['bounce@gone.example'] }),
      { ...customer('on-hold', 'GB', { since }), hold: { reason: 'A new contract is on its way.' } },
    );
    await world.run(UK);
  });
  afterAll(async () => {
    await world?.stop();
    rmSync(folder, { recursive: true });
  });

  const as = async (role: Role, ...args: readonly string[]): Promise<Ended> =>
    opsCommand({ url: world.stack.apiUrl ?? '', token: await tokenFor(world.stack, role) }, args);
  const file = (name: string, ...lines: readonly string[]): string => {
    const path = join(folder, name);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  };

  it('run: the night’s tally, and the account that is held with its reason', async () => {
    const { code, out } = await as('ops', 'run', UK, '2026-11-01');
    expect(code).toBe(0);
    expect(out).toMatch(/4 +│ 3 +│ 0 +│ 1 +│ 0 +│ 0 +│ complete/);
    expect(out).toMatch(/on-hold +│ held +│ .*A new contract is on its way\./);
  });

  it('load-deck: a deck with a mistake is refused with line and field; the mended one is in force', async () => {
    const bad = file('bad.csv', HEADING, '44,United Kingdom,60,6,free,2026-01-01,');
    const refused = await as('ops', 'load-deck', CANADA, 'international-ca', bad);
    expect([refused.code, refused.out]).toEqual([2, expect.stringMatching(/2 +│ price +│/)]);
    expect(refused.out).toContain('The deck was refused; the one before stays in force.');
    const good = file('good.csv', HEADING, '44,United Kingdom,60,6,0.02,2026-01-01,');
    const loaded = await as('ops', 'load-deck', CANADA, 'international-ca', good);
    expect([loaded.code, loaded.out]).toEqual([
      0,
      expect.stringMatching(/^Version \S+ of international-ca with 1 rates is in force/),
    ]);
  });

  it('ingest-usage: work that gave up is an error with its reason, and how it is done again once that is mended', async () => {
    world.goTo('2026-11-13');
    const calls = file('too-early.jsonl', JSON.stringify(call('a', OWN)));
    const early = await as('ops', 'ingest-usage', CANADA, calls, '--format', 'records');
    expect([early.code, early.err]).toEqual([
      1,
      expect.stringMatching(/^The work gave up: .*premium-ca of northwind-ca/),
    ]);
    const [, key = ''] = /ops redrive '(.+)' --queue usage --yes/.exec(early.err) ?? [];
    const premium = file('premium.csv', HEADING, '1900,Premium numbers,60,60,1.50,2026-01-01,');
    expect((await as('ops', 'load-deck', CANADA, 'premium-ca', premium)).code).toBe(0);
    const redriven = await as('ops', 'redrive', key, '--queue', 'usage', '--yes');
    expect([redriven.code, redriven.out]).toEqual([0, expect.stringContaining('1 of 1 redriven.')]);
    await world.stack.settle();
  });

  it('ingest-usage: counts once, however often a file comes, and ends with 2 when a record could not be counted', async () => {
    const calls = file('calls.jsonl', JSON.stringify(call('c', OWN)), JSON.stringify(call('b', '+16135550199')));
    const first = await as('ops', 'ingest-usage', CANADA, calls, '--format', 'records');
    expect([first.code, first.err]).toEqual([2, '']);
    expect(first.out).toContain('1 counted, 0 were counted before, 0 not billable, 0 before the billing start, 1 exc');
    expect(first.out).toMatch(/2 +│ unknown_number +│/);
    const again = await as('ops', 'ingest-usage', CANADA, calls, '--format', 'records');
    expect(again.out).toContain('0 counted, 1 were counted before');
  });

  it('usage-exceptions and replay: the record that is printed, corrected and replayed is counted and leaves the list', async () => {
    const listed = await as('ops', 'usage-exceptions', CANADA, '--code', 'unknown_number');
    const [, id = ''] = /│ (\S+) +│ unknown_number/.exec(listed.out) ?? [];
    const { out: record } = await as('ops', 'usage-exceptions', CANADA, '--id', id);
    expect(JSON.parse(record)).toEqual(call('b', '+16135550199'));
    const corrected = file('corrected.json', record.trim().replace('+16135550199', OWN));
    expect((await as('ops', 'replay', CANADA, '--id', id, '--corrected', corrected)).code).toBe(0);
    await world.stack.settle();
    expect((await as('ops', 'usage-exceptions', CANADA)).out).toBe('There are no open usage exceptions.\n');
    const gone = await as('ops', 'usage-exceptions', CANADA, '--id', id);
    expect([gone.code, gone.err]).toEqual([1, `There is no open usage exception ${id}.\n`]);
    const both = await as('ops', 'replay', CANADA, '--id', id, '--code', 'unknown_number');
    expect([both.code, both.err]).toEqual([1, 'Say what to replay: --code CODE or --id ID.\n']);
  });

  it('unreached: the invoice that came back from everybody, with what became of the mail', async () => {
    const { out } = await as('finance', 'unreached', UK);
    expect(out).toMatch(/nobody +│ \S+ +│ invoice +│ 2026-11-01 +│ bounce@gone\.example bounced/);
    expect(out).not.toContain('billing@pays.example');
  });

  it('export-invoices: saves one ZIP with each PDF and UBL and an index that adds up, under the name that was asked for', async () => {
    const to = join(folder, 'november.zip');
    const { code, out, err } = await as('finance', 'export-invoices', UK, '2026-11', '--out', to, '--e-invoices');
    expect([code, err]).toEqual([0, '']);
    const zip = await unzip(readFileSync(to));
    const rows = rowsOf(await zip.textOf('index.csv'));
    expect(rows.map(({ account }) => account).toSorted()).toEqual(['by-wire', 'nobody', 'pays']);
    const files = rows.flatMap(({ number }) => [`invoices/${number}.pdf`, `invoices/${number}.xml`]);
    expect(zip.names.toSorted()).toEqual([...files, 'index.csv'].toSorted());
    const total = rows.reduce((sum, row) => sum + minor(row.total!), 0);
    expect(out).toContain(`GBP ${(total / 100).toFixed(2)}`);
  });

  it('export-invoices: a month without documents says so, and a seller of nobody’s is one sentence', async () => {
    const to = join(folder, 'empty.zip');
    const { code, out } = await as('finance', 'export-invoices', UK, '2026-10', '--out', to);
    expect([code, out]).toEqual([0, expect.stringContaining('The month has no documents.')]);
    const nowhere = await as('finance', 'export-invoices', 'nowhere', '2026-11', '--out', to);
    expect([nowhere.code, nowhere.err.trim().split('\n')]).toEqual([1, [expect.stringMatching(/\.$/)]]);
  });

  it('verify-pdf and regenerate-pdf: what was sent is stored, locked, and the same when it is made again', async () => {
    const [invoice] = await world.invoices('pays');
    const { number } = invoice!;
    const verified = await as('finance', 'verify-pdf', number);
    expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('Made again it has the same bytes.')]);
    const [, recorded = ''] = /on record: (\w{64})/.exec(verified.out) ?? [];
    const made = await as('finance', 'regenerate-pdf', number, '--reason', 'A test');
    expect([made.code, made.out]).toEqual([0, expect.stringContaining(`nothing was changed.\nSHA-256: ${recorded}`)]);
    const refused = await as('ops', 'regenerate-pdf', number, '--reason', 'A test');
    expect([refused.code, refused.out]).toEqual([1, '']);
  });

  it('handed-over: who is with Accounts Receivable, with what is owed and why', async () => {
    expect((await as('finance', 'handed-over', UK)).out).toBe(`No account of ${UK} is with Accounts Receivable.\n`);
    for (const date of ['2026-11-17', '2026-11-23', '2026-11-26', '2026-12-01']) {
      world.goTo(date);
      await world.sweep();
    }
    const [owed] = await world.invoices('by-wire');
    const { out } = await as('finance', 'handed-over', UK);
    expect(out).toMatch(
      new RegExp(`2026-12-01 +│ by-wire by-wire Example Ltd +│  *GBP ${(owed!.due / 100).toFixed(2)} +│ wire +│`),
    );
  });
});
