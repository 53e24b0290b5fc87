import type { PlainDate } from './calendar.ts';

/** Whose a telephone number was, for how long. Both days belong to it, and are read in the seller's time zone. */
export interface NumberOwner {
  readonly accountId: string;
  readonly sellerId: string;
  readonly from: PlainDate;
  readonly to?: PlainDate;
}

/** A number of an account. */
export interface OwnedNumber {
  /** E.164. */
  readonly number: string;
  readonly from: PlainDate;
  readonly to?: PlainDate;
}

/** The accounts of a seller that had a number on a day: one, unless somebody forgot to end an ownership. */
export function ownersOn(owners: readonly NumberOwner[], sellerId: string, date: PlainDate): readonly string[] {
  const found = new Set<string>();
  for (const owner of owners)
    if (owner.sellerId === sellerId && owner.from <= date && (owner.to === undefined || date <= owner.to))
      found.add(owner.accountId);
  return [...found];
}

/** Whether two times of ownership have a day in common. */
export const overlaps = (a: Pick<OwnedNumber, 'from' | 'to'>, b: Pick<OwnedNumber, 'from' | 'to'>): boolean =>
  (a.to === undefined || b.from <= a.to) && (b.to === undefined || a.from <= b.to);
