import { callOf, secondsOf } from './call-record.ts';
import { csvAdapter } from './csv-adapter.ts';

/** The columns of the template `example` of mod_cdr_csv, in order. */
const COLUMNS = [
  'caller_id_name',
  'caller_id_number',
  'destination_number',
  'context',
  'start_stamp',
  'answer_stamp',
  'end_stamp',
  'duration',
  'billsec',
  'hangup_cause',
  'uuid',
  'bleg_uuid',
  'accountcode',
  'read_codec',
  'write_codec',
] as const;

const NAMES = {
  recordId: 'uuid',
  caller: 'caller_id_number',
  called: 'destination_number',
  startedAt: 'start_stamp',
  answeredAt: 'answer_stamp',
  endedAt: 'end_stamp',
  durationSeconds: 'duration',
  billableSeconds: 'billsec',
} as const;

/** Call detail records of FreeSWITCH. Whether a call was answered is what its answer stamp says, not its hang-up cause. */
export const freeswitch = csvAdapter(COLUMNS, NAMES, (row, { numbers, time }) =>
  callOf(
    {
      recordId: row.uuid,
      accountCode: row.accountcode,
      caller: numbers.caller('caller_id_number', row.caller_id_number),
      called: numbers.called('destination_number', row.destination_number),
      startedAt: time('start_stamp', row.start_stamp),
      ...(row.answer_stamp === '' ? {} : { answeredAt: time('answer_stamp', row.answer_stamp) }),
      endedAt: time('end_stamp', row.end_stamp),
      durationSeconds: secondsOf('duration', row.duration),
      billableSeconds: secondsOf('billsec', row.billsec),
      answered: row.answer_stamp !== '',
    },
    NAMES.recordId,
  ),
);
