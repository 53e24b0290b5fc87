import type { HoldCode } from '../invoice.ts';

/** Why something cannot be charged; the account is held with it. The message names the object and the reason. */
export class Unchargeable extends Error {
  override readonly name = 'Unchargeable';
  readonly code: HoldCode;
  constructor(code: HoldCode, detail: string) {
    super(detail);
    this.code = code;
  }
}
