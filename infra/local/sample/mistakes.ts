import { Temporal } from 'temporal-polyfill';
import { asteriskLine } from './switch-files.ts';
import type { SampleCall } from './traffic.ts';

/** A number that nobody told the telecom's books of. It is in no range that the sample's customers have theirs from. */
export const STRAY_NUMBER = '+16175550177';

interface Options {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly timeZone: string;
  readonly switchTimeZone: string;
}

/**
 * Three of Asterisk's records that cannot be counted as they are: a call from a number that is no account's, one that ended
 * before it was answered, for the clock of the switch was set back meanwhile, and one whose seconds are no number.
 */
export function mistakesOf(accountId: string, { month, timeZone, switchTimeZone }: Options) {
  const written = (
    name: string,
    day: number,
    call: Pick<SampleCall, 'caller' | 'ringing' | 'talked'>,
    of = accountId,
  ) => {
    const start = Temporal.PlainYearMonth.from(month)
      .toPlainDate({ day })
      .toZonedDateTime({ timeZone, plainTime: { hour: 11, minute: 20 } });
    const line = asteriskLine(
      {
        ...{ kind: 'call', id: `${MISTAKE}${month}-${name}`, accountId: of, direction: 'outbound' },
        ...{ called: '+33199001234', start, ...call },
      },
      switchTimeZone,
    );
    return { millis: start.epochMilliseconds, line };
  };
  const unreadable = written('seconds', 23, { caller: OTHER_NUMBER, ringing: 9, talked: 102 });
  return [
    written('stray', 11, { caller: STRAY_NUMBER, ringing: 7, talked: 384 }, ''),
    written('clock', 17, { caller: OTHER_NUMBER, ringing: 60, talked: -45 }),
    { ...unreadable, line: unreadable.line.replace('"102"', '"1m42s"') },
  ];
}

const MISTAKE = 'mistake-';
const OTHER_NUMBER = '+16175550178';

/** Whether an open exception is of a record that is meant to be wrong. */
export const isMistake = (recordId: string | undefined): boolean => recordId?.startsWith(MISTAKE) === true;
