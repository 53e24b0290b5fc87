import type { Units } from './wire.ts';

/** What one function did with one action of one service since the last reset. */
export interface Metered {
  readonly functionName: string;
  readonly service: string;
  readonly action: string;
  calls: number;
  /** Calls answered with an error, denials and injected faults included. */
  errors: number;
  requestBytes: number;
  responseBytes: number;
  /** Read request units, eventually consistent reads counting half. */
  readUnits: number;
  writeUnits: number;
  /** Calls whose units are missing above: transactional writes while the gateway does not weigh them. */
  unweighed: number;
}

/** Counts calls, bytes and DynamoDB request units per function and action. */
export class Meter {
  private readonly rows = new Map<string, Metered>();

  add(
    call: { functionName: string; service: string; action: string },
    status: number,
    requestBytes: number,
    responseBytes: number,
    units?: Units,
  ): void {
    const key = `${call.functionName}|${call.service}|${call.action}`;
    let row = this.rows.get(key);
    if (!row) {
      const { functionName, service, action } = call;
      row = {
        functionName,
        service,
        action,
        calls: 0,
        errors: 0,
        requestBytes: 0,
        responseBytes: 0,
        readUnits: 0,
        writeUnits: 0,
        unweighed: 0,
      };
      this.rows.set(key, row);
    }
    row.calls += 1;
    if (status >= 400) row.errors += 1;
    row.requestBytes += requestBytes;
    row.responseBytes += responseBytes;
    row.readUnits += units?.read ?? 0;
    row.writeUnits += units?.write ?? 0;
    row.unweighed += units?.unweighed ?? 0;
  }

  /** A copy, by function, service and action. */
  snapshot(): readonly Metered[] {
    return [...this.rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => ({ ...row }));
  }

  reset(): void {
    this.rows.clear();
  }
}
