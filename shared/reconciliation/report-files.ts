import type { ReconciliationReport } from '../domain/books/reconciliation.ts';
import type { PlainDate } from '../domain/calendar.ts';
import type { Documents } from '../ports.ts';

/** Where everything about a seller's reconciled day lies. */
export const reconciliationFolder = (sellerId: string, date: PlainDate): string =>
  `reconciliations/${sellerId}/${date}`;
export const reportCsvKey = (sellerId: string, date: PlainDate): string =>
  `${reconciliationFolder(sellerId, date)}/differences.csv`;
const reportKey = (sellerId: string, date: PlainDate): string => `${reconciliationFolder(sellerId, date)}/report.json`;

/** Keeps a day's report; one that is there stays, and is the answer. */
export async function keepReport(
  documents: Pick<Documents, 'storeOnce' | 'load'>,
  report: ReconciliationReport,
): Promise<ReconciliationReport> {
  const { sellerId, date } = report;
  const bytes = Buffer.from(JSON.stringify(report));
  const written = await documents.storeOnce(reportKey(sellerId, date), bytes, 'application/json');
  return written === 'written' ? report : ((await loadReport(documents, sellerId, date)) ?? report);
}

/** A day's report with all its differences; undefined when the day was not reconciled. */
export async function loadReport(
  documents: Pick<Documents, 'load'>,
  sellerId: string,
  date: PlainDate,
): Promise<ReconciliationReport | undefined> {
  const bytes = await documents.load(reportKey(sellerId, date));
  return bytes && (JSON.parse(Buffer.from(bytes).toString('utf8')) as ReconciliationReport);
}
