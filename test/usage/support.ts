import type { UsageFormat } from '../../shared/domain/usage-exception.ts';
import { ADAPTERS, recordsOf } from '../../shared/usage/formats.ts';
import { timeReader } from '../../shared/usage/local-time.ts';
import { numberReader } from '../../shared/usage/phone-number.ts';
import type { RawRecord } from '../../shared/usage/raw-record.ts';
import type { Adapted } from '../../shared/usage/switch-record.ts';

export const NOW = '2026-11-20T12:00:00.000Z';

/** A row of Master.csv as Asterisk quotes it: text in quotes, numbers bare. */
export function asteriskRow(changes: Partial<typeof ASTERISK> = {}): string {
  const row = { ...ASTERISK, ...changes };
  const bare = ['duration', 'billsec'];
  return Object.entries(row)
    .map(([column, value]) => (bare.includes(column) ? value : `"${value.replaceAll('"', '""')}"`))
    .join(',');
}
export const ASTERISK = {
  accountcode: '',
  src: '+16175550100',
  dst: '+12125550199',
  dcontext: 'from-internal',
  clid: '"Ann" <+16175550100>',
  channel: 'PJSIP/100-00000001',
  dstchannel: 'PJSIP/trunk-00000002',
  lastapp: 'Dial',
  lastdata: 'PJSIP/+12125550199@trunk,30',
  start: '2026-11-03 09:15:00',
  answer: '2026-11-03 09:15:10',
  end: '2026-11-03 09:17:11',
  duration: '131',
  billsec: '121',
  disposition: 'ANSWERED',
  amaflags: 'DOCUMENTATION',
  uniqueid: '1762161300.1',
  userfield: '',
};

export function freeswitchRow(changes: Partial<typeof FREESWITCH> = {}): string {
  return Object.values({ ...FREESWITCH, ...changes })
    .map((value) => `"${value}"`)
    .join(',');
}
export const FREESWITCH = {
  caller_id_name: 'Ann',
  caller_id_number: '6175550100',
  destination_number: '12125550199',
  context: 'default',
  start_stamp: '2026-11-03 09:15:00',
  answer_stamp: '2026-11-03 09:15:10',
  end_stamp: '2026-11-03 09:17:11',
  duration: '131',
  billsec: '121',
  hangup_cause: 'NORMAL_CLEARING',
  uuid: '0e4b9a0c-0000-4000-8000-000000000001',
  bleg_uuid: '',
  accountcode: '',
  read_codec: 'PCMU',
  write_codec: 'PCMU',
};

export const CALL = {
  type: 'call',
  id: 'call-1',
  from: '+16175550100',
  to: '+12125550199',
  start: '2026-11-03T09:15:00Z',
  answer: '2026-11-03T09:15:10Z',
  end: '2026-11-03T09:17:11Z',
};
export const MESSAGE = {
  type: 'message',
  id: 'message-1',
  from: '+16175550100',
  to: '+12125550199',
  sent: '2026-11-03T09:15:00Z',
  segments: 2,
};

/** The bytes in pieces of an awkward size, as a network gives them. */
export async function* piecesOf(content: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content as string);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

export async function readAll(format: UsageFormat, content: string | Uint8Array): Promise<RawRecord[]> {
  return collect(recordsOf(format, piecesOf(content), {}));
}

/** What a format's adapter makes of one record, in the United States with a switch on UTC. */
export function adaptOne(format: UsageFormat, raw: string, country = 'US', timeZone = 'UTC'): Adapted {
  const context = { numbers: numberReader(country), time: timeReader(timeZone), now: NOW };
  return ADAPTERS[format].adapt([{ line: 1, end: raw.length, nextLine: 2, raw }], context)[0]!;
}
