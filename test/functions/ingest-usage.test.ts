import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ingestWorld, NOW, SELLER } from '../support/ingest.ts';
import { asteriskRow, CALL, freeswitchRow, MESSAGE } from '../usage/support.ts';

const world = ingestWorld();
const PLENTY = () => 300_000;
const lines = (...records: object[]): string => records.map((record) => JSON.stringify(record)).join('\n');
const counts = ({
  counted,
  duplicates,
  notBillable,
  dropped,
  exceptions,
  complete,
}: Awaited<ReturnType<typeof world.report>>) => ({
  counted,
  duplicates,
  notBillable,
  dropped: dropped.total,
  exceptions: exceptions.total,
  complete,
});
const ALL_WELL = { counted: 0, duplicates: 0, notBillable: 0, dropped: 0, exceptions: 0, complete: true };

/** A number of its own for each test. */
let numbers = 0;
const newNumber = (areaCode = 617): string => `+1${areaCode}555${String(++numbers).padStart(4, '0')}`;

describe('ingesting usage', () => {
  it('counts a call of each format for the account whose number it is, rated by class, rate and increments', async () => {
    const [mine, freeNumber] = [newNumber(), newNumber(800)];
    await world.customer('formats', [mine, freeNumber]);
    const asterisk = [
      asteriskRow({ src: mine, uniqueid: 'f-1' }),
      asteriskRow({ src: mine, dst: '+442079460123', uniqueid: 'f-2' }),
      asteriskRow({ src: mine, dst: '+17875550123', uniqueid: 'f-3' }),
      asteriskRow({ src: mine, dst: '+78755550123', uniqueid: 'f-4' }),
      asteriskRow({ src: '+12025550123', dst: freeNumber, uniqueid: 'f-5' }),
      asteriskRow({ src: '101', dst: '102', accountcode: 'formats', uniqueid: 'f-6' }),
      asteriskRow({ src: mine, dst: '911', uniqueid: 'f-7' }),
    ].join('\n');
    expect(counts(await world.ingest(`usage/asterisk/${SELLER}/Master.csv`, asterisk))).toEqual({
      ...ALL_WELL,
      counted: 7,
    });
    const freeswitch = freeswitchRow({ caller_id_number: mine.slice(2), uuid: 'f-8' });
    await world.ingest(`usage/freeswitch/${SELLER}/a.csv`, freeswitch);
    await world.ingest(`usage/records/${SELLER}/a.jsonl`, lines({ ...MESSAGE, id: 'f-9', from: mine }));
    const counted = await world.counted('formats');
    const shown = counted.map((record) => [record.recordId, record.class, record.quantity, record.rate?.micros]);
    expect(shown.sort()).toEqual([
      ['f-1', 'domestic', 180, 24_000],
      // 121 s at 30/6.
      ['f-2', 'international', 126, 15_500],
      // C16: +1 787 is premium, +7 875 is Russia.
      ['f-3', 'domestic-premium', 180, 90_000],
      ['f-4', 'international', 180, 350_000],
      // R107: 121 s at 6/6.
      ['f-5', 'toll-free-inbound', 126, 29_000],
      // R106: from extension to extension counts as outbound.
      ['f-6', 'internal', 180, 24_000],
      ['f-7', 'emergency', 121, undefined],
      ['f-8', 'domestic', 180, 24_000],
      ['f-9', 'message', 2, 5_500],
    ]);
  });

  it('a call between two customers is a record of both', async () => {
    const [a, b] = [newNumber(), newNumber()];
    await world.customer('calls', [a]);
    await world.customer('is-called', [b]);
    await world.ingest(`usage/records/${SELLER}/between.jsonl`, lines({ ...CALL, id: 'between', from: a, to: b }));
    expect((await world.counted('calls')).map((record) => record.class)).toEqual(['domestic']);
    expect((await world.counted('is-called')).map((record) => record.class)).toEqual(['inbound']);
  });

  it('the same record twice counts once, and so does the same file under another name', async () => {
    const mine = newNumber();
    await world.customer('twice', [mine]);
    const file = lines(
      { ...CALL, id: 'tw-1', from: mine },
      { ...CALL, id: 'tw-1', from: mine },
      { ...CALL, id: 'tw-2', from: mine },
    );
    expect(counts(await world.ingest(`usage/records/${SELLER}/one.jsonl`, file))).toEqual({
      ...ALL_WELL,
      counted: 2,
      duplicates: 1,
    });
    expect(counts(await world.ingest(`usage/records/${SELLER}/two.jsonl`, file))).toEqual({
      ...ALL_WELL,
      duplicates: 3,
    });
    expect(await world.counted('twice')).toHaveLength(2);
  });

  it('R93, R146 usage before the billing start is dropped, and listed with its reason', async () => {
    const mine = newNumber();
    await world.customer('starts-later', [mine], { billingStartDate: '2026-11-04' });
    const file = lines(
      { ...CALL, id: 'before', from: mine, answer: '2026-11-04T03:59:00Z', end: '2026-11-04T04:10:00Z' },
      {
        ...CALL,
        id: 'after',
        from: mine,
        start: '2026-11-04T04:58:00Z',
        answer: '2026-11-04T05:00:00Z',
        end: '2026-11-04T05:10:00Z',
      },
    );
    const report = await world.ingest(`usage/records/${SELLER}/start.jsonl`, file);
    expect(counts(report)).toEqual({ ...ALL_WELL, counted: 1, dropped: 1 });
    expect(report.dropped.lines).toEqual([
      {
        line: 1,
        accountId: 'starts-later',
        recordId: 'before',
        reason: 'before the billing start 2026-11-04 of account starts-later',
      },
    ]);
    expect((await world.counted('starts-later')).map(({ recordId }) => recordId)).toEqual(['after']);
  });

  it('a packed file is counted like any other; a truncated gzip loses nothing that is whole', async () => {
    const mine = newNumber();
    await world.customer('packed', [mine]);
    const file = Buffer.from(
      lines(
        ...Array.from({ length: 900 }, (_, index) => ({ ...CALL, id: `gz-${index}-${Math.sin(index)}`, from: mine })),
      ),
    );
    const packed = gzipSync(file);
    const cut = await world.ingest(`usage/records/${SELLER}/cut.jsonl.gz`, packed.subarray(0, packed.length - 400));
    expect(cut.exceptions.lines).toMatchObject([{ code: 'cut_off', line: cut.counted + 1 }]);
    expect(cut.counted).toBeGreaterThan(500);
    const again = await world.ingest(`usage/records/${SELLER}/cut.jsonl.gz`, packed);
    expect(counts(again)).toEqual({ ...ALL_WELL, counted: 900 - cut.counted, duplicates: cut.counted });
  });

  it('a file in the wrong folder, of another format or for an unknown seller is given up with its reason', async () => {
    const ingest = world.process();
    const drop = async (key: string, content = '') => ingest(await world.drop(key, content), NOW, PLENTY);
    await expect(drop('usage/Master.csv')).rejects.toMatchObject({ code: 'file_misplaced' });
    await expect(drop('usage/cisco/northwind-us/a.csv')).rejects.toMatchObject({ code: 'file_misplaced' });
    await expect(drop('usage/asterisk/nobody/a.csv')).rejects.toMatchObject({ code: 'seller_not_found' });
    const rows = Array.from({ length: 60 }, () => freeswitchRow()).join('\n');
    await expect(drop(`usage/asterisk/${SELLER}/odd.csv`, rows)).rejects.toMatchObject({ code: 'file_unreadable' });
    await expect(drop('usage/asterisk/northwind-uk/a.csv', asteriskRow())).rejects.toMatchObject({
      code: 'deck_missing',
    });
    await expect(
      ingest({ key: `usage/asterisk/${SELLER}/gone.csv`, line: 1, upload: 'x' }, NOW, PLENTY),
    ).rejects.toMatchObject({
      code: 'file_not_found',
    });
  });
});

describe('twice, at the same time, and dead in the middle', () => {
  const file = (mine: string, count: number) =>
    lines(...Array.from({ length: count }, (_, index) => ({ ...CALL, id: `${mine}-${index}`, from: mine })));

  it('concurrent ingest of the same file: each record once', async () => {
    const mine = newNumber();
    await world.customer('concurrent', [mine]);
    const job = await world.drop(`usage/records/${SELLER}/concurrent.jsonl`, file(mine, 300));
    await Promise.all([1, 2, 3].map(() => world.process()(job, NOW, PLENTY)));
    expect(await world.counted('concurrent')).toHaveLength(300);
  });

  it('killed between batch writes: the next try counts the rest, and every record once', async () => {
    const all = Array.from({ length: 6 }, (_, index) => ({ accountId: `killed-${index}`, number: newNumber() }));
    for (const { accountId, number } of all) await world.customer(accountId, [number]);
    const key = `usage/records/${SELLER}/killed.jsonl`;
    const job = await world.drop(key, all.map(({ number }) => file(number, 20)).join('\n'));
    let writes = 0;
    const dying = world.process(({ addUsage }) => ({
      addUsage: async (...args: Parameters<typeof addUsage>) => {
        if (++writes > 3) throw new Error('killed');
        return await addUsage(...args);
      },
    }));
    await expect(dying(job, NOW, PLENTY)).rejects.toThrow('killed');
    expect(await world.report(key)).toBeUndefined();
    await world.process()(job, NOW, PLENTY);
    for (const { accountId } of all) expect(await world.counted(accountId)).toHaveLength(20);
    const report = await world.report(key);
    expect(report.counted + report.duplicates).toBe(120);
  });

  it('stops before its time is up and goes on where it stopped, also within a packed file', async () => {
    for (const packed of [false, true]) {
      const mine = newNumber();
      const accountId = `slow-${packed}`;
      await world.customer(accountId, [mine]);
      const text = Array.from({ length: 10_200 }, (_, index) =>
        asteriskRow({ src: mine, uniqueid: `${mine}-${index}`, userfield: 'two\nlines' }),
      ).join('\n');
      const key = `usage/asterisk/${SELLER}/slow.csv${packed ? '.gz' : ''}`;
      const job = await world.drop(key, packed ? gzipSync(text) : text);
      await world.process()(job, NOW, () => 1_000);
      const [next, ...others] = world.queues.take('usage');
      expect([next, others]).toEqual([{ ...job, line: 20_001 }, []]);
      expect(counts(await world.report(key))).toMatchObject({ counted: 10_000, complete: false });
      await world.process()(next!, NOW, PLENTY);
      expect(counts(await world.report(key))).toEqual({ ...ALL_WELL, counted: 10_200 });
      expect(await world.counted(accountId)).toHaveLength(10_200);
    }
  });
});

describe('rate decks', () => {
  const HEADING = 'prefix,destination,initial,subsequent,price,from,to';

  it('come into force only without an error; the one before stays, and usage goes on with it', async () => {
    const key = `decks/${SELLER}/premium-us/broken.csv`;
    await world.process()(
      await world.drop(
        key,
        `${HEADING}\n1787,Puerto Rico,60,60,0.5,2026-01-01,\n1787,Puerto Rico,60,60,0.6,2026-02-01,`,
      ),
      NOW,
      PLENTY,
    );
    expect(await world.report(key)).toMatchObject({ loaded: false, problems: [{ line: 3, field: 'from' }] });
    const mine = newNumber();
    await world.customer('old-deck', [mine]);
    await world.ingest(
      `usage/records/${SELLER}/old-deck.jsonl`,
      lines({ ...CALL, id: 'old-deck', from: mine, to: '+17875550123' }),
    );
    expect((await world.counted('old-deck'))[0]!.rate!.micros).toBe(90_000);
  });

  it('once in force, price what is counted from then on, in a process that had the old one in memory too', async () => {
    const mine = newNumber();
    await world.customer('new-deck', [mine]);
    const warm = world.process();
    const call = (id: string) => lines({ ...CALL, id, from: mine, to: '+442079460123' });
    await warm(await world.drop(`usage/records/${SELLER}/d1.jsonl`, call('d1')), NOW, PLENTY);
    const deck = `${HEADING}\n44,United Kingdom,60,60,0.02,2026-01-01,\n7,Russia,60,60,0.35,2026-01-01,\n`;
    await warm(await world.drop(`decks/${SELLER}/international-us/june.csv`, deck), '2026-11-20T13:00:00.000Z', PLENTY);
    await warm(await world.drop(`usage/records/${SELLER}/d2.jsonl`, call('d2')), NOW, PLENTY);
    const counted = await world.counted('new-deck');
    expect(counted.map(({ quantity, rate }) => [quantity, rate!.micros])).toEqual([
      [126, 15_500],
      [180, 20_000],
    ]);
    expect(new Set(counted.map(({ rate }) => rate!.version)).size).toBe(2);
  });
});
