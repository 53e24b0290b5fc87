import type { WrittenAccount } from '../../../shared/import/account-schema.ts';
import type { Stage } from '../../../shared/runtime/stage.ts';
import { mistakesOf } from './mistakes.ts';
import { asteriskLine, callLine, freeswitchLine, messageLine } from './switch-files.ts';
import { type SampleCall, trafficOf } from './traffic.ts';

/** A file as a switch leaves it: `usage/<format>/<sellerId>/<name>`. */
export interface UsageFile {
  readonly sellerId: string;
  readonly format: 'asterisk' | 'freeswitch' | 'records';
  readonly name: string;
  readonly lines: readonly string[];
}

/** Which switch a seller has; the others' write our own format. */
const SWITCHES: Readonly<Record<string, 'asterisk' | 'freeswitch'>> = {
  'northwind-us': 'asterisk',
  'northwind-ca': 'freeswitch',
};

interface Options {
  /** All of the sample, from its first account on. */
  readonly accounts: readonly WrittenAccount[];
  readonly seed: number;
  /** Of the usage, `YYYY-MM`. */
  readonly month: string;
  readonly stage: Pick<Stage, 'sellers' | 'usage'>;
}

/** What the switches of all sellers wrote in a month, in the order of time; some of it wrong (see `mistakesOf`). */
export function usageFiles({ accounts, seed, month, stage }: Options): UsageFile[] {
  return stage.sellers.flatMap(({ sellerId, timeZone }) => {
    const traffic = accounts
      .flatMap((account, index) =>
        account.sellerId === sellerId ? trafficOf(account, { index, seed, month, timeZone }) : [],
      )
      .map((each) => ({ ...each, millis: (each.kind === 'call' ? each.start : each.at).epochMilliseconds }));
    const [first] = traffic;
    if (first === undefined) return [];
    const calls: Dated[] = traffic.flatMap((each) =>
      each.kind === 'call' ? [{ millis: each.millis, line: callWriter(sellerId, stage)(each) }] : [],
    );
    if (SWITCHES[sellerId] === 'asterisk')
      calls.push(...mistakesOf(first.accountId, { month, timeZone, switchTimeZone: zoneOf(sellerId, stage) }));
    const messages = traffic.flatMap((each) =>
      each.kind === 'message' ? [{ millis: each.millis, line: messageLine(each) }] : [],
    );
    const format = SWITCHES[sellerId] ?? 'records';
    const suffix = { asterisk: 'csv.gz', freeswitch: 'csv', records: 'jsonl' }[format];
    const files: UsageFile[] = [
      { sellerId, format, name: `calls-${month}.${suffix}`, lines: inOrder(calls) },
      { sellerId, format: 'records', name: `messages-${month}.jsonl`, lines: inOrder(messages) },
    ];
    return files.filter(({ lines }) => lines.length > 0);
  });
}

interface Dated {
  readonly millis: number;
  readonly line: string;
}

const inOrder = (lines: readonly Dated[]): string[] =>
  lines.toSorted((a, b) => a.millis - b.millis).map(({ line }) => line);

function callWriter(sellerId: string, stage: Options['stage']): (call: SampleCall) => string {
  const write = { asterisk: asteriskLine, freeswitch: freeswitchLine, records: callLine }[
    SWITCHES[sellerId] ?? 'records'
  ];
  const timeZone = zoneOf(sellerId, stage);
  return (call) => write(call, timeZone);
}

/** Of the switch's clock. */
const zoneOf = (sellerId: string, { usage }: Options['stage']): string =>
  usage?.find((each) => each.sellerId === sellerId)?.switchTimeZone ?? 'UTC';
