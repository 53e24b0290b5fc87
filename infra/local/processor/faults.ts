/**
 * What can go wrong between us and the processor, `before` or `after` it has done what was asked:
 * `timeout` no answer ever comes · `drop` the connection breaks · `500` an answer that no idempotency key keeps, as from a
 * gateway in front of the processor · `saved-500` one that the key keeps · `429` too many requests · `403` the request is
 * refused, as while the processor reviews our account · `slow` the answer, and the work, come after `delayMs`.
 */
export type FaultKind =
  | 'timeout-before'
  | 'timeout-after'
  | 'drop-before'
  | 'drop-after'
  | '500-before'
  | '500-after'
  | 'saved-500-before'
  | 'saved-500-after'
  | '429'
  | '403'
  | 'slow';

export interface Fault {
  readonly kind: FaultKind;
  /** Which requests it hits, as `POST /v1/payment_intents/pi_1/confirm`. */
  readonly on: RegExp;
  /** Of these, only the ones whose form says this, as `customer=cus_1`. */
  readonly saying?: RegExp;
  /** How many of them; 1 unless told. `Infinity` is an outage, until `clear`. */
  readonly times?: number;
  readonly delayMs?: number;
}

/** Faults that are waiting for their requests, first come first served. */
export class Faults {
  #waiting: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The fault that hits this request, used up by it. */
  take(request: string, form: string): Fault | undefined {
    const hit = this.#waiting.find(({ fault }) => fault.on.test(request) && (fault.saying?.test(form) ?? true));
    if (!hit) return undefined;
    hit.left -= 1;
    if (hit.left === 0) this.#waiting = this.#waiting.filter((other) => other !== hit);
    return hit.fault;
  }
}
