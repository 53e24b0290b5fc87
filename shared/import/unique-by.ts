import type { z } from 'zod';

/** No two objects of a list share a field's value; each but the first is named with it. */
export const uniqueBy = (field: string) => (items: readonly object[] | undefined, context: z.RefinementCtx) => {
  const seen = new Set<unknown>();
  for (const [index, item] of items?.entries() ?? []) {
    const value = item[field as keyof typeof item];
    if (seen.has(value))
      context.addIssue({ code: 'custom', path: [index, field], message: `"${value}" is used twice`, input: value });
    seen.add(value);
  }
};
