import type { Random } from '../machine/random.ts';

/** What people do, how often. */
export const DEEDS = {
  pay: 10,
  wire: 5,
  creditNote: 2,
  dispute: 4,
  decide: 4,
  buy: 4,
  otherMethod: 4,
  reverse: 2,
  writeOff: 1,
  redrive: 3,
  sendAgain: 4,
} as const;
export type Deed = keyof typeof DEEDS;

/** What may be the matter in a world, and how often it is; `occasions.ts` lets it happen. */
const OCCASIONS = {
  /** Several things are bought at once, so that several invoices are charged at once. */
  spree: 0.25,
  /** The processor goes away for about a day in the middle of a charge. */
  blackout: 0.08,
  /** Whoever loses the services pays for them. */
  paidForAfterwards: 0.3,
  /** Whatever is charged, somebody books, contests or takes back something at that moment. */
  secondThoughts: 0.25,
} as const;
export type Occasion = keyof typeof OCCASIONS;

/** What a world is about. */
export interface Swarm {
  readonly deeds: Readonly<Record<Deed, number>>;
  readonly occasions: ReadonlySet<Occasion>;
}

/**
 * Swarm testing: where everything may happen there is a little of everything, and what takes two or three things of a kind
 * hardly ever meets. So half of the worlds know only about half of the deeds, of which there are the more, and each has
 * some of the occasions.
 */
export function drawSwarm(random: Random): Swarm {
  const some = random.chance(0.5);
  const deeds = Object.entries(DEEDS).map(([deed, weight]) => {
    const left = deed === 'pay' || !some || random.chance(0.5);
    return [deed, left ? weight : 0] as const;
  });
  const occasions = (Object.keys(OCCASIONS) as Occasion[]).filter((occasion) => random.chance(OCCASIONS[occasion]));
  return { deeds: Object.fromEntries(deeds) as Record<Deed, number>, occasions: new Set(occasions) };
}
