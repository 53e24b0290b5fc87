/** What was asked for cannot be; nothing was changed. `field` is the part of the request that asks for it. */
export abstract class Refused<Code extends string> extends Error {
  readonly code: Code;
  readonly field: string;

  constructor(code: Code, meaning: string, field: string, detail?: string) {
    super(detail === undefined ? `${meaning}.` : `${meaning} (${detail}).`);
    this.code = code;
    this.field = field;
  }
}
