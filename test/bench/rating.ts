import { type RatingContext, rateRecord } from '../../shared/domain/usage/rate-record.ts';
import type { CallRecord, UsageRecord } from '../../shared/domain/usage/records.ts';
import { buildTariff } from '../../shared/domain/usage/tariff.ts';
import { call, deckRow, message, ratingContext, tariffRows } from '../support/usage.ts';
import { type Rate, rate } from './measure.ts';

const PREFIXES = 50_000;
const RECORDS = 20_000;
/** Records per measured piece of work, so that reading the clock does not count. */
const BATCH = 1_000;

/** Checking, classifying and rating of mixed records of a month by a deck of 50,000 prefixes, no record twice in a row. */
export function ratingRate(seconds: number): Rate {
  const prefixes = deckPrefixes();
  const international = prefixes.map((prefix, index) => deckRow(prefix, 'DE', 10_000 + index));
  const context: RatingContext = ratingContext('US', {
    timeZone: 'America/New_York',
    tariff: buildTariff(tariffRows({ international })),
  });
  const records = Array.from({ length: RECORDS }, (_, index) => mixedRecord(index, prefixes));
  const strange = records.find((record) => rateRecord(record, context).kind === 'exception');
  if (strange !== undefined) throw new Error(`The bench would measure an exception: ${JSON.stringify(strange)}`);
  let next = 0;
  const perBatch = rate(`records rated with ${PREFIXES} prefixes`, seconds, () => {
    for (let i = 0; i < BATCH; i++) rateRecord(records[next++ % RECORDS]!, context);
  });
  return { ...perBatch, perSecond: perBatch.perSecond * BATCH, cpuMicros: perBatch.cpuMicros / BATCH };
}

/** One-digit zones, then longer and longer prefixes in no order, as real decks have them. */
function deckPrefixes(): string[] {
  const prefixes = new Set('23456789');
  for (let i = 0; prefixes.size < PREFIXES; i++)
    prefixes.add(String(20_000_000 + scattered(i) * 7).slice(0, 4 + (i % 5)));
  return [...prefixes];
}

function mixedRecord(index: number, prefixes: readonly string[]): UsageRecord {
  const random = scattered(index);
  const recordId = `bench-${index}`;
  const start = Date.UTC(2026, 10, 1, 5) + (random % 2_500_000) * 1000;
  const after = (seconds: number): string => new Date(start + seconds * 1000).toISOString();
  if (index % 8 === 0) return message({ recordId, at: after(0), segments: 1 + (index % 3) });
  const billableSeconds = 1 + (random % 300);
  return call({
    recordId,
    startedAt: after(0),
    answeredAt: after(8),
    endedAt: after(8 + billableSeconds),
    durationSeconds: 8 + billableSeconds,
    billableSeconds,
    ...parties(index, random, prefixes),
  });
}

/** Of eight records two go abroad, three stay at home, and one each is internal, toll-free or premium. */
function parties(
  index: number,
  random: number,
  prefixes: readonly string[],
): Pick<CallRecord, 'direction' | 'caller' | 'called'> {
  const outbound = { direction: 'outbound', caller: '+12125550100' } as const;
  const subscriber = 2_000_000 + (random % 8_000_000);
  switch (index % 8) {
    case 1:
    case 2:
      return { ...outbound, called: `+${prefixes[random % PREFIXES]}${subscriber}`.slice(0, 16) };
    case 3:
      return { direction: 'internal', caller: '101', called: String(100 + (random % 900)) };
    case 4:
      return { direction: 'inbound', caller: `+1312${subscriber}`, called: `+1800${subscriber}` };
    case 5:
      return { ...outbound, called: `+1787${subscriber}` };
    default:
      return { ...outbound, called: `+1${['212', '312', '415'][random % 3]}${subscriber}` };
  }
}

/** A number below ten million that looks random and is the same in every run. */
const scattered = (index: number): number => (index * 7_919_993 + 12_345) % 9_999_991;
