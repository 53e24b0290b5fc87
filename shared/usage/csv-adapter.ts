import { parseRows } from './csv-records.ts';
import { fault } from './raw-record.ts';
import { type Adapted, type Adapter, type AdapterContext, isFault } from './switch-record.ts';

type Row<Column extends string> = Readonly<Record<Column, string>>;

/** The adapter of a CSV format with fixed columns. Each row must have all of them; a row of their names is a heading. */
export function csvAdapter<Column extends string>(
  columns: readonly Column[],
  names: Readonly<Record<string, Column>>,
  adapt: (row: Row<Column>, context: AdapterContext) => Adapted,
): Adapter {
  const named = (values: readonly string[]): Row<Column> => {
    const row = {} as Record<Column, string>;
    for (const [index, column] of columns.entries()) row[column] = values[index]!.trim();
    return row;
  };
  const adaptRow = (values: readonly string[], context: AdapterContext): Adapted => {
    if (values.length !== columns.length) {
      const reason = `has ${values.length} columns instead of ${columns.length}`;
      return { kind: 'fault', fault: fault('unreadable', '', reason) };
    }
    if (values.every((value, index) => value.trim() === columns[index])) return { kind: 'heading' };
    return adapt(named(values), context);
  };
  return {
    names,
    adapt: (records, context) =>
      parseRows(records.map(({ raw }) => raw)).map((row) =>
        isFault(row) ? { kind: 'fault', fault: row } : adaptRow(row, context),
      ),
  };
}
