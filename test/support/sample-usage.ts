import { sampleRateDecks } from '../../infra/local/sample/rate-decks.ts';
import { type UsageFile, usageFiles } from '../../infra/local/sample/usage-files.ts';
import type { Account } from '../../shared/domain/account.ts';
import type { NumberOwner } from '../../shared/domain/number-owner.ts';
import type { Seller } from '../../shared/domain/seller.ts';
import { buildTariff, type UsageTariff } from '../../shared/domain/usage/tariff.ts';
import type { OpenUsage, RatedRecord } from '../../shared/domain/usage/usage.ts';
import { parseAccountLine } from '../../shared/import/account-line.ts';
import type { WrittenAccount } from '../../shared/import/account-schema.ts';
import { type Stage, sellerOf } from '../../shared/runtime/stage.ts';
import { classRatesOf, type SellerUsage } from '../../shared/runtime/usage-schemas.ts';
import { createCounting, type Outcome } from '../../shared/usage/count-records.ts';
import { readDeck } from '../../shared/usage/deck-csv.ts';

interface Options {
  /** All of the sample, from its first account on. */
  readonly accounts: readonly WrittenAccount[];
  readonly seed: number;
  readonly month: string;
  readonly stage: Stage;
}

/** What ingestion makes of the files of the sample's switches, without a store: each account's usage, each file's outcomes. */
export async function sampleUsage(options: Options) {
  const now = `${options.month}-30T23:59:59.000Z`;
  const { owners, accounts } = directoryOf(options.accounts, options.stage);
  const usage = new Map<string, RatedRecord[]>();
  const store: Parameters<typeof createCounting>[0]['store'] = {
    accountsById: async (ids) => new Map(ids.flatMap((id) => (accounts.has(id) ? [[id, accounts.get(id)!]] : []))),
    ownersOf: async (numbers) => new Map(numbers.map((number) => [number, owners.get(number) ?? []])),
    addUsage: async (accountId, month, added) => {
      if (month !== options.month) throw new Error(`${accountId} has usage of ${month}`);
      usage.set(accountId, [...(usage.get(accountId) ?? []), ...added.map(({ record }) => record)]);
      return added.map(() => 'added' as const);
    },
  };
  const counted: { readonly file: UsageFile; readonly outcomes: readonly Outcome[] }[] = [];
  for (const file of usageFiles(options)) {
    const count = createCounting({ store }, await contextOf(file, options.stage, now));
    const outcomes = await count(
      file.lines.map((raw, index) => ({ line: index + 1, raw, end: 0, nextLine: index + 2 })),
    );
    counted.push({ file, outcomes });
  }
  const open = [...usage].map(([accountId, records]): [string, OpenUsage[]] => [
    accountId,
    [{ month: options.month, covered: 0, last: 1, before: {}, records }],
  ]);
  return { usage: new Map(open), counted };
}

function directoryOf(written: readonly WrittenAccount[], stage: Stage) {
  const owners = new Map<string, NumberOwner[]>();
  const accounts = new Map<string, Account>();
  for (const account of written) {
    const parsed = parseAccountLine(JSON.stringify(account), stage, '2026-11-30T00:00:00.000Z');
    if (parsed.kind === 'rejected') throw new Error(JSON.stringify(parsed.problems));
    const { accountId, sellerId } = parsed.input.account;
    accounts.set(accountId, parsed.input.account);
    for (const { number, ...time } of parsed.numbers)
      owners.set(number, [...(owners.get(number) ?? []), { accountId, sellerId, ...time }]);
  }
  return { owners, accounts };
}

async function contextOf({ sellerId, format }: UsageFile, stage: Stage, now: string) {
  const seller = sellerOf(stage, sellerId);
  const usage = stage.usage!.find((each) => each.sellerId === sellerId)!;
  const switchTimeZone = usage.switchTimeZone ?? seller.timeZone;
  return {
    seller,
    format,
    switchTimeZone,
    country: seller.address.country,
    tariff: await tariffOf(seller, usage),
    now,
  };
}

/** The stage's rates with the sample's decks, which must have nothing wrong. */
async function tariffOf(seller: Seller, usage: SellerUsage): Promise<UsageTariff> {
  const rowsOf = async (name: string) => {
    const { csv } = [...sampleRateDecks()].find(({ deck }) => deck === name)!;
    const { rows, problems } = await readDeck(bytesOf(csv), { deck: name, version: 'sample' }, seller.currency);
    if (problems.length > 0) throw new Error(`${name}: ${JSON.stringify(problems)}`);
    return rows;
  };
  return buildTariff({
    currency: seller.currency,
    classRates: classRatesOf(usage),
    premium: await rowsOf(usage.decks.premium),
    international: await rowsOf(usage.decks.international),
    mmsCredits: usage.mmsCredits,
  });
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
