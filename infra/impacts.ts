import type { Impact } from './alarm.ts';
import type { FunctionName } from './functions.ts';

/** What is lost when a function does not do its work: the text of its alarms. `runbook` is a heading in RUNBOOK.md. */
export const IMPACTS: Readonly<Record<FunctionName, Impact>> = {
  'plan-billing-run': {
    loses: 'A seller’s accounts are not billed tonight; if it lasts beyond the 5th, their invoices come late',
    runbook: 'A billing run did not start',
  },
  'fan-out-run': {
    loses: 'A share of a seller’s accounts is left out of the billing run: these customers get no invoice',
    runbook: 'Accounts not planned',
  },
  'issue-invoice': {
    loses: 'A customer was not invoiced for the month, and the telecom does not get its money',
    runbook: 'Invoices not issued',
  },
  'deliver-invoice': {
    loses: 'A customer owes the money of an invoice that nobody there has received',
    runbook: 'Invoices not delivered',
  },
  'collect-payment': {
    loses: 'A customer’s payment was not attempted or its outcome is not known; it may be suspended although it paid',
    runbook: 'Payments not collected',
  },
  'receive-webhook': {
    loses:
      'News of the payment processor do not arrive: payments that come back or settle are noticed late or not at all',
    runbook: 'Webhooks not received',
  },
  'follow-processor': {
    loses:
      'A payment that came back or was completed at the processor is not in the books; a customer is dunned or served in error',
    runbook: 'Webhooks not followed',
  },
  'reconcile-processor': {
    loses: 'Nobody compares the processor’s money with the books: a payment that no book knows stays undiscovered',
    runbook: 'The day was not reconciled',
  },
  'advance-dunning': {
    loses: 'A customer who has not paid is not reminded, so that a later suspension would come without notice',
    runbook: 'Dunning does not advance',
  },
  'send-notice': {
    loses:
      'A customer was not told about a failed payment, a reminder, a suspension or a reactivation, or lacks a credit note or quote',
    runbook: 'Notices not sent',
  },
  'follow-mail': {
    loses: 'Mails come back and nobody notices: a customer is dunned for an invoice that reached none of its addresses',
    runbook: 'Bounces not followed',
  },
  'change-services': {
    loses: 'A customer who paid is still without telephone, or one who did not pay still has it',
    runbook: 'Services not changed',
  },
  'erase-at-processor': {
    loses: 'A person who asked to be forgotten is still known to the payment processor, by name and card',
    runbook: 'Customers not erased at the processor',
  },
  'sweep-overdue': {
    loses: 'Payments are not retried, reminders not sent and forgotten work not picked up while this lasts',
    runbook: 'The sweep does not run',
  },
  'import-accounts': {
    loses: 'Accounts of an imported file do not exist and will not be billed',
    runbook: 'Accounts not imported',
  },
  'ingest-usage': {
    loses: 'Calls and messages of a file are not counted, and customers are not charged for them',
    runbook: 'Usage not counted',
  },
  'export-invoices': {
    loses: 'Finance does not get the documents of a month that it asked for',
    runbook: 'Invoices not exported',
  },
  'record-dead-letter': {
    loses: 'Failed jobs of customers are not listed, so that nobody sees or redrives them',
    runbook: 'Dead letters not recorded',
  },
  'record-audit': {
    loses:
      'Accesses and changes are missing in the customers’ audit logs; after 24 hours without mending they are lost for ever',
    runbook: 'Audit entries not recorded',
  },
  'anchor-audit': {
    loses: 'Nobody can prove that the audit logs of the day were not rewritten afterwards',
    runbook: 'Audit logs not anchored',
  },
  api: {
    loses: 'Finance, staff and customers cannot see invoices, pay or redrive failed jobs',
    runbook: 'The API fails',
  },
};
