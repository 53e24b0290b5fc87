import type { Temporal } from 'temporal-polyfill';
import type { SampleCall, SampleMessage } from './traffic.ts';

/** Calls and messages as the switches of the sample telecom write them, those of CSV in the time zone of their clock. */

const quoted = (fields: readonly string[]): string =>
  fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',');
const stamp = (at: Temporal.ZonedDateTime | undefined, timeZone: string): string =>
  at?.withTimeZone(timeZone).toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ') ?? '';

/** When it rang, was answered and ended. A call that nobody answered rings for half a minute. */
function momentsOf({ start, ringing, talked }: SampleCall) {
  const answer = ringing === undefined ? undefined : start.add({ seconds: ringing });
  const end = (answer ?? start).add({ seconds: answer === undefined ? 30 : talked });
  return { answer, end, duration: Math.round(end.since(start).total('seconds')) };
}

/** A line of Asterisk's `Master.csv`; times in the zone of the switch. */
export function asteriskLine(call: SampleCall, timeZone: string): string {
  const { answer, end, duration } = momentsOf(call);
  const context = { internal: 'from-internal', outbound: 'from-internal', inbound: 'from-trunk' }[call.direction];
  return quoted([
    call.accountId,
    call.caller,
    call.called,
    context,
    `"${call.caller}" <${call.caller}>`,
    `PJSIP/${call.caller}-0000${call.id.slice(-4)}`,
    `PJSIP/trunk-0000${call.id.slice(-4)}`,
    'Dial',
    `PJSIP/${call.called}@trunk,60`,
    stamp(call.start, timeZone),
    stamp(answer, timeZone),
    stamp(end, timeZone),
    String(duration),
    String(call.talked),
    answer === undefined ? 'NO ANSWER' : 'ANSWERED',
    'DOCUMENTATION',
    call.id,
    '',
  ]);
}

/** A line of FreeSWITCH's `cdr-csv` in its default template. */
export function freeswitchLine(call: SampleCall, timeZone: string): string {
  const { answer, end, duration } = momentsOf(call);
  return quoted([
    call.caller,
    call.caller,
    call.called,
    call.direction === 'inbound' ? 'public' : 'default',
    stamp(call.start, timeZone),
    stamp(answer, timeZone),
    stamp(end, timeZone),
    String(duration),
    String(call.talked),
    answer === undefined ? 'NO_ANSWER' : 'NORMAL_CLEARING',
    call.id,
    '',
    call.accountId,
    'OPUS',
    'OPUS',
  ]);
}

/** A call as a line of our own format. */
export function callLine(call: SampleCall): string {
  const { answer, end } = momentsOf(call);
  const { id, accountId, direction, caller, called, start } = call;
  return JSON.stringify({
    type: 'call',
    id,
    account: accountId,
    ...(direction === 'internal' ? {} : { direction }),
    from: caller,
    to: called,
    start: instant(start),
    ...(answer === undefined ? {} : { answer: instant(answer) }),
    end: instant(end),
  });
}

/** A message as a line of our own format. */
export const messageLine = ({ id, accountId, direction, from, to, at, text }: SampleMessage): string =>
  JSON.stringify({ type: 'message', id, account: accountId, direction, from, to, sent: instant(at), text });

const instant = (at: Temporal.ZonedDateTime): string => at.toInstant().toString();
