import type { Parameters } from './parameters.ts';

/** Answers one request; `id` is what the path names. Throws the processor's own errors. */
export type Handler = (parameters: Parameters, id: string) => object;
export type Routes = readonly (readonly [method: 'GET' | 'POST' | 'DELETE', path: RegExp, handler: Handler])[];
