import type { Instant } from '../domain/calendar.ts';
import { type Fault, fault } from './raw-record.ts';
import { type Adapted, isFault, type SwitchCall } from './switch-record.ts';

/** Ids travel in keys and on invoices. */
const MOST_ID = 128;

/** The values of a call detail record, read one by one; whether they make sense together is the domain's question. */
export interface CallValues {
  readonly recordId: string;
  readonly accountCode: string;
  readonly direction?: SwitchCall['direction'];
  readonly caller: string | Fault;
  readonly called: string | Fault;
  readonly startedAt: Instant | Fault;
  /** Absent where the switch wrote none. */
  readonly answeredAt?: Instant | Fault;
  readonly endedAt: Instant | Fault;
  readonly durationSeconds: number | Fault;
  readonly billableSeconds: number | Fault;
  readonly answered: boolean;
}

/** A call in our terms, or the first of its values that cannot be read. What is dialled to a switch itself is no call. */
export function callOf(call: CallValues, idField: string): Adapted {
  const { recordId, accountCode, direction, answered, answeredAt, ...values } = call;
  if (recordId === '' || recordId.length > MOST_ID)
    return { kind: 'fault', fault: fault('field_malformed', idField, 'is empty or longer than 128 characters') };
  const broken = [...Object.values(values), answeredAt].find(isFault);
  // A call that nobody answered costs nothing, and people dial all kinds of things.
  if (!answered && values.billableSeconds === 0) return { kind: 'not-billable' };
  if (broken) return { kind: 'fault', fault: broken, recordId };
  if (SERVICE_CODE.test(values.called as string)) return { kind: 'not-billable' };
  return {
    kind: 'record',
    record: {
      ...(values as Pick<SwitchCall, keyof typeof values>),
      kind: 'call',
      recordId,
      ...(accountCode === '' ? {} : { accountCode }),
      ...(direction && { direction }),
      ...(answeredAt === undefined ? {} : { answeredAt: answeredAt as Instant }),
      // One that has billed seconds was answered, whatever else it says: without its time it is then refused.
      disposition: 'answered',
    },
  };
}

/** Voice mail, call forwarding and the like: `*97`. */
const SERVICE_CODE = /^[*#]/;

/** Seconds as digits, or below zero: whether they are plausible is not asked here. */
export function secondsOf(field: string, written: string): number | Fault {
  if (/^-?\d{1,9}$/.test(written)) return Number(written);
  return fault('field_malformed', field, `"${written.slice(0, 40)}" is not a whole number of seconds`);
}
