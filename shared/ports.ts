/**
 * What the handlers need from the world, by subject. Each handler takes a `Pick` of these. Writes that compete are conditional and
 * say what they found; "already done" is an answer, not an error. All throw on faults that a retry may mend.
 */
export type * from './ports/accounts.ts';
export type * from './ports/audit.ts';
export type * from './ports/books.ts';
export type * from './ports/collection.ts';
export type * from './ports/common.ts';
export type * from './ports/delivery.ts';
export type * from './ports/exports.ts';
export type * from './ports/invoices.ts';
export type * from './ports/processor.ts';
export type * from './ports/quotes.ts';
export type * from './ports/runs.ts';
export type * from './ports/services.ts';
export type * from './ports/usage.ts';
export * from './ports/work.ts';
