/** Sorted by an instant or date of theirs, the newest first; what is of one instant stays in its order. */
export function newestFirst<K extends string, T extends Readonly<Record<K, string>>>(items: readonly T[], by: K): T[] {
  return items.toSorted((a, b) => (a[by] < b[by] ? 1 : a[by] > b[by] ? -1 : 0));
}
