/** What can befall a call of any service; each service has its own name for it. */
export type Mishap = 'denied' | 'unknown-key' | 'throttled' | 'conflict' | 'unavailable';

/**
 * A request that the gateway answers with an error. `code` is a `Mishap`, or the service's own error code, which then
 * needs a status.
 */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Record<string, unknown>;

  constructor(code: string, message: string, status = 400, details: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}
