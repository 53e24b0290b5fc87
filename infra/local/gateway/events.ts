import { randomUUID } from 'node:crypto';
import { Refusal } from './refusal.ts';
import type { BusEvent } from './ses-events.ts';
import { type Need, parseJson, type Reply, type Service } from './wire.ts';

/** An event that was put on a bus. */
export interface RecordedEvent {
  readonly id: string;
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

interface Entry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
}

const MAX_ENTRIES = 10;
const MAX_BYTES = 256 * 1024;
/** Events are remembered up to here, oldest forgotten first. */
const MAX_RECORDED = 100_000;

/** The events put so far, oldest first. */
export class EventLog {
  private readonly recorded: RecordedEvent[] = [];

  add(event: RecordedEvent): void {
    this.recorded.push(event);
    if (this.recorded.length > MAX_RECORDED) this.recorded.splice(0, MAX_RECORDED / 10);
  }

  list(): readonly RecordedEvent[] {
    return [...this.recorded];
  }
}

export interface EventsOptions {
  readonly log: EventLog;
  /** `arn:aws:events:<region>:<account>`. */
  readonly arn: string;
  readonly buses: readonly string[];
  /** Told of every event, by the ARN of its bus. */
  readonly onEvent?: (busArn: string, event: BusEvent) => void;
  readonly now: () => Date;
}

/** EventBridge: `PutEvents`, recorded and handed on to rules. */
export function events(options: EventsOptions): Service {
  const { arn } = options;
  return ({ headers, body }) => {
    const action = String(headers['x-amz-target'] ?? '').replace('AWSEvents.', '');
    if (action !== 'PutEvents')
      throw new Refusal('UnknownOperationException', `The gateway has no EventBridge action ${action}.`);
    const { Entries = [] } = parseJson<{ Entries?: readonly Entry[] }>(body);
    const context = (key: string) =>
      key === 'events:source'
        ? Entries.flatMap((entry) => entry.Source ?? [])
        : key === 'events:detail-type'
          ? Entries.flatMap((entry) => entry.DetailType ?? [])
          : undefined;
    const needs: Need[] = [...new Set(Entries.map(busOf))].map((bus) => ({
      action: 'events:PutEvents',
      resource: `${arn}:event-bus/${bus}`,
      context,
    }));
    return {
      action,
      resource: needs[0]?.resource ?? '*',
      needs,
      perform: async () => {
        if (Entries.length < 1 || Entries.length > MAX_ENTRIES)
          throw new Refusal('ValidationException', `1 to ${MAX_ENTRIES} entries are needed, not ${Entries.length}.`);
        if (body.length > MAX_BYTES)
          throw new Refusal('ValidationException', 'Total size of the entries in the request is over the limit.');
        return put(Entries, options);
      },
    };
  };
}

/** A bus may be named or given by its ARN. */
const busOf = ({ EventBusName = 'default' }: Entry): string => EventBusName.slice(EventBusName.lastIndexOf('/') + 1);

/** Each entry succeeds or fails by itself, as on AWS. */
function put(entries: readonly Entry[], { buses, log, arn, onEvent, now }: EventsOptions): Reply {
  const at = now();
  const results = entries.map((entry) => {
    const detail = parseDetail(entry.Detail);
    if (!entry.Source || !entry.DetailType || !detail)
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: 'Source, DetailType and a Detail that is a JSON object are needed.',
      };
    const bus = busOf(entry);
    if (bus !== 'default' && !buses.includes(bus))
      return { ErrorCode: 'ResourceNotFoundException', ErrorMessage: `Event bus ${bus} does not exist.` };
    const id = randomUUID();
    const event = { id, bus, source: entry.Source, detailType: entry.DetailType, detail, at };
    log.add(event);
    onEvent?.(`${arn}:event-bus/${bus}`, asHandedOn(event, arn));
    return { EventId: id };
  });
  const failed = results.filter((result) => 'ErrorCode' in result).length;
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() },
    body: JSON.stringify({ FailedEntryCount: failed, Entries: results }),
  };
}

/** In the envelope in which rules and their targets see it. */
function asHandedOn({ id, source, detailType, detail, at }: RecordedEvent, arn: string): BusEvent {
  const [, , , region = '', account = ''] = arn.split(':');
  const time = at.toISOString().replace(/\.\d+Z$/, 'Z');
  return { version: '0', id, 'detail-type': detailType, source, account, time, region, resources: [], detail };
}

function parseDetail(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
