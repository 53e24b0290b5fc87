import { callOf, secondsOf } from './call-record.ts';
import { csvAdapter } from './csv-adapter.ts';

/** The columns of `Master.csv` (module cdr_csv with `loguniqueid` and `loguserfield`), in order. */
const COLUMNS = [
  'accountcode',
  'src',
  'dst',
  'dcontext',
  'clid',
  'channel',
  'dstchannel',
  'lastapp',
  'lastdata',
  'start',
  'answer',
  'end',
  'duration',
  'billsec',
  'disposition',
  'amaflags',
  'uniqueid',
  'userfield',
] as const;

const NAMES = {
  recordId: 'uniqueid',
  caller: 'src',
  called: 'dst',
  startedAt: 'start',
  answeredAt: 'answer',
  endedAt: 'end',
  durationSeconds: 'duration',
  billableSeconds: 'billsec',
} as const;

/** Call detail records of Asterisk. */
export const asterisk = csvAdapter(COLUMNS, NAMES, (row, { numbers, time }) =>
  callOf(
    {
      recordId: row.uniqueid,
      accountCode: row.accountcode,
      caller: numbers.caller('src', row.src),
      called: numbers.called('dst', row.dst),
      startedAt: time('start', row.start),
      ...(row.answer === '' ? {} : { answeredAt: time('answer', row.answer) }),
      endedAt: time('end', row.end),
      durationSeconds: secondsOf('duration', row.duration),
      billableSeconds: secondsOf('billsec', row.billsec),
      answered: row.disposition === 'ANSWERED',
    },
    NAMES.recordId,
  ),
);
