import { z } from 'zod';

/** A place in a listing that walks several parts of the table in turn: which part, and the store's place in it. */
export interface Cursor {
  readonly part: string;
  readonly cursor?: string;
}

const place = z.object({ part: z.string(), cursor: z.string().optional() });

export const encodeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** The cursor of a request; opaque to whoever sends it. */
export const cursorSchema = z
  .string()
  .max(4096)
  .optional()
  .transform((text, context): Cursor | undefined => {
    if (text === undefined) return undefined;
    try {
      const { part, cursor } = place.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
      return { part, ...(cursor === undefined ? {} : { cursor }) };
    } catch {
      context.addIssue({ code: 'custom', message: 'is not a cursor of this listing' });
      return z.NEVER;
    }
  });
