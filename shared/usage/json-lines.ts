import * as z from 'zod';
import type { Instant } from '../domain/calendar.ts';
import { smsSegments } from '../domain/usage/segments.ts';
import { callOf } from './call-record.ts';
import { type Fault, fault } from './raw-record.ts';
import { type Adapted, type Adapter, type AdapterContext, isFault } from './switch-record.ts';

const time = z.iso.datetime({ offset: true, error: 'must be a time such as 2026-11-03T09:15:04Z' });
const common = {
  id: z.string().min(1).max(128),
  account: z.string().min(1).max(64).optional(),
  direction: z.enum(['inbound', 'outbound']).optional(),
  from: z.string().max(64),
  to: z.string().max(64),
};
const recordSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('call'),
    ...common,
    start: time,
    /** Absent: nobody answered. */
    answer: time.optional(),
    end: time,
    /** From answer to end. Absent: the difference, in begun seconds. */
    seconds: z.number().optional(),
  }),
  z
    .strictObject({
      type: z.literal('message'),
      ...common,
      sent: time,
      segments: z.int().min(1).max(255).optional(),
      text: z.string().max(20_000).optional(),
      media: z.boolean().default(false),
    })
    .refine(({ segments, text, media }) => segments !== undefined || text !== undefined || media, {
      path: ['segments'],
      message: 'is missing: give this, text or media',
    }),
]);
type Written = z.infer<typeof recordSchema>;
type WrittenCall = Extract<Written, { type: 'call' }>;
type WrittenMessage = Extract<Written, { type: 'message' }>;

const NAMES = {
  recordId: 'id',
  caller: 'from',
  called: 'to',
  startedAt: 'start',
  answeredAt: 'answer',
  endedAt: 'end',
  durationSeconds: 'end',
  billableSeconds: 'seconds',
  at: 'sent',
};

/** Our own format: one call or message per line. */
export const jsonLines: Adapter = {
  names: NAMES,
  adapt: (records, context) => records.map(({ raw }) => adaptLine(raw, context)),
};

function adaptLine(raw: string, context: AdapterContext): Adapted {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return { kind: 'fault', fault: fault('unreadable', '', 'is not valid JSON') };
  }
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) return { kind: 'fault', fault: firstFault(parsed.error), ...idOf(value) };
  return parsed.data.type === 'call' ? adaptCall(parsed.data, context) : messageOf(parsed.data, context);
}

function adaptCall(call: WrittenCall, { numbers }: AdapterContext): Adapted {
  const { id, account = '', from, to, direction, answer, seconds } = call;
  const between = (a: string, b: string) => Math.ceil((Date.parse(b) - Date.parse(a)) / 1000);
  return callOf(
    {
      recordId: id,
      accountCode: account,
      ...(direction && { direction }),
      caller: numbers.caller('from', from),
      called: numbers.called('to', to),
      startedAt: instant(call.start),
      ...(answer === undefined ? {} : { answeredAt: instant(answer) }),
      endedAt: instant(call.end),
      durationSeconds: between(call.start, call.end),
      billableSeconds: seconds ?? (answer === undefined ? 0 : between(answer, call.end)),
      answered: answer !== undefined,
    },
    NAMES.recordId,
  );
}

function messageOf(message: WrittenMessage, { numbers }: AdapterContext): Adapted {
  const { id: recordId, account, direction, media, text } = message;
  const at = instant(message.sent);
  const from = numbers.sender('from', message.from);
  const to = numbers.called('to', message.to);
  for (const found of [from, to]) if (isFault(found)) return { kind: 'fault', fault: found, recordId };
  return {
    kind: 'record',
    record: {
      kind: 'message',
      recordId,
      ...(account === undefined ? {} : { accountCode: account }),
      ...(direction && { direction }),
      from: from as string,
      to: to as string,
      at,
      media,
      // A picture without words is a message all the same.
      segments: message.segments ?? smsSegments(text ?? ''),
    },
  };
}

const instant = (written: string): Instant => new Date(written).toISOString();

/** The id of a record that is otherwise wrong, where it has one. */
function idOf(value: unknown): { recordId?: string } {
  const id = z.looseObject({ id: common.id }).safeParse(value).data?.id;
  return id === undefined ? {} : { recordId: id };
}

function firstFault(error: z.ZodError): Fault {
  const [issue] = error.issues;
  const field = [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys : [])].join('.');
  return fault(
    'field_malformed',
    field,
    issue?.code === 'unrecognized_keys' ? 'is not a known field' : `${issue?.message}`,
  );
}
