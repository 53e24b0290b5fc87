/** An account with how its next invoice differs from the last. Amounts are minor units. */
export interface Differing {
  readonly difference: number;
  readonly lastTotal?: number | undefined;
}

/** The few largest of any number of items, in bounded memory. */
export class Largest<T extends Differing> {
  readonly #most: number;
  readonly #compare: (a: T, b: T) => number;
  #items: T[] = [];

  constructor(most: number, compare: (a: T, b: T) => number) {
    this.#most = most;
    this.#compare = compare;
  }

  add(item: T): void {
    if (item.difference === 0) return;
    this.#items = [...this.#items, item].sort(this.#compare).slice(0, this.#most);
  }

  get items(): readonly T[] {
    return this.#items;
  }
}

export const byAmount = (a: Differing, b: Differing): number => Math.abs(b.difference) - Math.abs(a.difference);

/** By the share of the last total, compared as whole numbers; what had none before is not comparable and comes last. */
export function byShare(a: Differing, b: Differing): number {
  const [lastA, lastB] = [BigInt(a.lastTotal ?? 0), BigInt(b.lastTotal ?? 0)];
  if (lastA === 0n || lastB === 0n) return lastA === lastB ? byAmount(a, b) : lastA === 0n ? 1 : -1;
  const [left, right] = [magnitude(a.difference) * lastB, magnitude(b.difference) * lastA];
  return left === right ? 0 : left > right ? -1 : 1;
}

/** `+12 %` of the last total; `new` where there was none. */
export function shareText({ difference, lastTotal = 0 }: Differing): string {
  if (lastTotal === 0) return 'new';
  const percent = (magnitude(difference) * 100n) / BigInt(lastTotal);
  return `${difference < 0 ? '-' : '+'}${percent} %`;
}

const magnitude = (amount: number): bigint => BigInt(Math.abs(amount));
