import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_LINE_BYTES } from '../../shared/import/lines.ts';
import { recordsOf } from '../../shared/usage/formats.ts';
import { gunzipped } from '../../shared/usage/unpack.ts';
import { adaptOne, asteriskRow, CALL, collect, piecesOf, readAll } from './support.ts';

const row = (id: number, changes = {}): string => asteriskRow({ uniqueid: `id-${id}`, ...changes });

describe('records of a CSV file', () => {
  it('CSV with quoted newlines: a record may run over several lines, and the next one is found', async () => {
    const raw = row(1, { userfield: 'first\nsecond\nthird' });
    const found = await readAll('asterisk', `${raw}\n${row(2)}\n`);
    expect(found.map(({ line, nextLine }) => [line, nextLine])).toEqual([
      [1, 4],
      [4, 5],
    ]);
    expect(adaptOne('asterisk', found[0]!.raw)).toMatchObject({ record: { recordId: 'id-1' } });
    expect(adaptOne('asterisk', found[1]!.raw)).toMatchObject({ record: { recordId: 'id-2' } });
  });

  it('a quote that is never closed spoils its own line and no other', async () => {
    const broken = `"acme","+16175550100,"x"`;
    const rows = Array.from({ length: 120 }, (_, index) => row(index));
    const found = await readAll('asterisk', [...rows.slice(0, 60), broken, ...rows.slice(60)].join('\n'));
    expect(found.filter(({ fault }) => fault)).toMatchObject([
      { line: 61, raw: broken, fault: { code: 'unreadable', reason: 'a quote is opened and not closed' } },
    ]);
    expect(found).toHaveLength(121);
  });

  it('mixed encodings: a line that is not UTF-8 is an exception that names the encoding, and loses no byte', async () => {
    const latin1 = Buffer.from(row(2, { userfield: 'Zoë' }), 'latin1');
    const file = Buffer.concat([
      Buffer.from(`\uFEFF${row(1, { userfield: 'Zoë' })}\r\n`),
      latin1,
      Buffer.from(`\n${row(3)}`),
    ]);
    const found = await readAll('asterisk', file);
    expect(found.map(({ fault }) => fault?.code)).toEqual([undefined, 'encoding', undefined]);
    expect(found[1]!.fault!.reason).toContain('not valid UTF-8');
    expect(Buffer.from(found[1]!.raw, 'latin1').equals(latin1)).toBe(true);
    expect(adaptOne('asterisk', found[0]!.raw)).toMatchObject({ record: { recordId: 'id-1' } });
  });

  it('a line longer than the limit is an exception with its beginning', async () => {
    const found = await readAll('asterisk', `${'x'.repeat(MAX_LINE_BYTES + 1)}\n${row(2)}`);
    expect(found.map(({ fault }) => fault?.reason)).toEqual(['is longer than 256 KB', undefined]);
  });

  it('reading can begin behind any record, wherever the file is cut', async () => {
    const field = fc.constantFrom('', 'plain', 'two\nlines', 'say "yes"', 'a,b', 'x\r\ny');
    await fc.assert(
      fc.asyncProperty(
        fc.array(field, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        async (fields, size) => {
          const file = fields.map((userfield, index) => row(index, { userfield })).join('\n');
          const all = await collect(recordsOf('asterisk', piecesOf(file, size), {}));
          expect(all).toHaveLength(fields.length);
          for (const [index, { end, nextLine }] of all.entries()) {
            const rest = piecesOf(Buffer.from(file).subarray(end), size);
            const behind = await collect(recordsOf('asterisk', rest, { line: nextLine, offset: end }));
            expect(behind).toEqual(all.slice(index + 1));
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('packed files', () => {
  const file = Array.from({ length: 2000 }, (_, index) => JSON.stringify({ ...CALL, id: `id-${index}` })).join('\n');

  it('are unpacked as they come, also from the middle on', async () => {
    const packed = gzipSync(file);
    const all = await collect(recordsOf('records', gunzipped(piecesOf(packed, 1000), 0).bytes, {}));
    expect(all.map(({ raw }) => raw).join('\n')).toBe(file);
    const { end: offset, nextLine: line } = all[1499]!;
    const rest = gunzipped(piecesOf(packed, 1000), offset);
    expect(await collect(recordsOf('records', rest.bytes, { line, offset }))).toEqual(all.slice(1500));
  });

  it('truncated gzip: all whole records are read, and what it ends with is an exception, never a record', async () => {
    const packed = gzipSync(file);
    const cut = gunzipped(piecesOf(packed.subarray(0, packed.length - 200), 1000), 0);
    const found = await collect(recordsOf('records', cut.bytes, { cutOff: cut.cutOff }));
    expect(found.at(-1)).toMatchObject({
      fault: { code: 'cut_off', reason: expect.stringContaining('transfer it again') },
    });
    const whole = found.slice(0, -1);
    expect(whole.length).toBeGreaterThan(100);
    expect(whole.every(({ fault }) => fault === undefined)).toBe(true);
    expect(file.startsWith(whole.map(({ raw }) => raw).join('\n'))).toBe(true);
  });

  it('a connection that breaks is no truncated file: it is tried again', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield gzipSync(file).subarray(0, 100);
      throw new Error('connection reset');
    }
    const { bytes } = gunzipped(broken(), 0);
    await expect(collect(recordsOf('records', bytes, {}))).rejects.toThrow('connection reset');
  });
});

describe('a huge file', () => {
  it('is read in bounded memory: never more than some chunks of it are waiting', async () => {
    const chunk = Buffer.from(`${asteriskRow({ userfield: 'x\ny' })}\n`.repeat(200));
    const chunks = Math.ceil((64 * 1024 * 1024) / chunk.length);
    let given = 0;
    async function* generated(): AsyncGenerator<Uint8Array> {
      for (; given < chunks * chunk.length; given += chunk.length) yield chunk;
    }
    let [read, mostWaiting, records] = [0, 0, 0];
    for await (const { end } of recordsOf('asterisk', generated(), {})) {
      read = end;
      records += 1;
      mostWaiting = Math.max(mostWaiting, given - read);
    }
    expect(read).toBe(chunks * chunk.length);
    expect(records).toBe(chunks * 200);
    expect(mostWaiting).toBeLessThanOrEqual(2 * chunk.length);
  }, 60_000);

  it('a file of 2 GB: a record behind all of it is found at its line and byte', async () => {
    const [line, lines] = [`${' '.repeat(200_000)}\n`, 10_800];
    const chunk = Buffer.from(line.repeat(40));
    const before = chunk.length * (lines / 40);
    expect(before).toBeGreaterThan(2 ** 31);
    const last = JSON.stringify(CALL);
    async function* generated(): AsyncGenerator<Uint8Array> {
      for (let given = 0; given < before; given += chunk.length) yield chunk;
      yield Buffer.from(last);
    }
    const found = await collect(recordsOf('records', generated(), {}));
    expect(found).toEqual([{ line: lines + 1, raw: last, end: before + last.length, nextLine: lines + 2 }]);
  }, 240_000);
});
