/** Every function of the pipeline; its code is `functions/<name>.ts` or `functions/<name>/index.ts`. */
export const FUNCTIONS = [
  'plan-billing-run',
  'fan-out-run',
  'issue-invoice',
  'deliver-invoice',
  'collect-payment',
  'receive-webhook',
  'follow-processor',
  'reconcile-processor',
  'advance-dunning',
  'send-notice',
  'follow-mail',
  'change-services',
  'erase-at-processor',
  'sweep-overdue',
  'import-accounts',
  'ingest-usage',
  'export-invoices',
  'record-dead-letter',
  'record-audit',
  'anchor-audit',
  'api',
] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** MB of `ingest-usage`: one whole core. The bench measures under the limit that follows from it. */
export const INGEST_MEMORY_MB = 1769;
/** MB of `export-invoices`: one whole core, and far more than the parts of an upload and the index of a volume take. */
export const EXPORT_MEMORY_MB = 1769;
/** Of deliver-invoice: a document of tens of thousands of rows fits. */
export const DELIVER_MEMORY_MB = 1024;
