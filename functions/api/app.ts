import type { OpenAPIHono } from '@hono/zod-openapi';
import { accounts } from './accounts.ts';
import { attempts } from './attempts.ts';
import { auditLogs } from './audit-logs.ts';
import { audited } from './audited.ts';
import { bankStatements } from './bank-statements.ts';
import { billingAdmins } from './billing-admins.ts';
import { cancellations } from './cancellations.ts';
import { changes } from './changes.ts';
import { type ApiDeps, type ApiEnv, authenticated, newRoutes } from './context.ts';
import { creditNoteDocuments } from './credit-note-documents.ts';
import { creditNotes } from './credit-notes.ts';
import { credits } from './credits.ts';
import { deadLetters } from './dead-letters.ts';
import { deliveries, reachedOtherwise, unreached } from './deliveries.ts';
import { disputeLists } from './dispute-lists.ts';
import { disputes } from './disputes.ts';
import { erasureRequests } from './erasure-requests.ts';
import { exemptions } from './exemptions.ts';
import { accountExplanations, sellerExplanations } from './explanations.ts';
import { handedOver } from './handed-over.ts';
import { holds } from './holds.ts';
import { imports } from './imports.ts';
import { invoiceDocuments } from './invoice-documents.ts';
import { invoiceExports } from './invoice-exports.ts';
import { accountInvoices, sellerInvoices } from './invoices.ts';
import { ledgers } from './ledgers.ts';
import { manualPayments } from './manual-payments.ts';
import { methodSetups } from './method-setups.ts';
import { methods } from './methods.ts';
import { numbers } from './numbers.ts';
import { payments } from './payments.ts';
import { pdfRegenerations } from './pdf-regeneration.ts';
import { previews } from './previews.ts';
import { answerError, answerUnknownPath } from './problem.ts';
import { purchases } from './purchases.ts';
import { quoteDecisions } from './quote-decisions.ts';
import { quoteDocuments } from './quote-documents.ts';
import { quoteRemovals } from './quote-removals.ts';
import { quotes } from './quotes.ts';
import { receipts } from './receipts.ts';
import { recipients } from './recipients.ts';
import { reconciliations } from './reconciliations.ts';
import { runs } from './runs.ts';
import { schedules } from './schedules.ts';
import { sellers } from './sellers.ts';
import { sendingsAgain } from './sendings.ts';
import { serviceConfirmations } from './service-confirmations.ts';
import { statements } from './statements.ts';
import { subscriptionTerms } from './subscription-terms.ts';
import { subscriptions } from './subscriptions.ts';
import { taxIds } from './tax-ids.ts';
import { usageExceptions } from './usage-exceptions.ts';
import { usageFiles } from './usage-files.ts';
import { writeOffs } from './write-offs.ts';

const INFO = {
  openapi: '3.1.0',
  info: {
    title: 'Telecom billing',
    version: '1',
    description:
      'Invoices, payments and the night’s runs. Amounts are integers in minor units of their currency (cents, pence, whole yen). ' +
      'Errors are `application/problem+json`. Changes need the account’s version as `If-Match`.',
  },
  security: [{ token: [] }],
};

/** Public: what the gateway lets pass without a token. */
const PUBLIC_PATHS = ['/openapi.json', '/health'];

/** The HTTP API. `deps` is asked for at each request, so that whatever it holds is built with the first one. */
export function createApi(deps: () => ApiDeps): OpenAPIHono<ApiEnv> {
  const app = newRoutes();
  app.onError(answerError);
  app.notFound(answerUnknownPath);
  app.use('*', async (c, next) => {
    if (PUBLIC_PATHS.includes(c.req.path)) return await next();
    c.set('deps', deps());
    c.set('now', deps().now());
    return await authenticated(c, async () => void (await audited(c, next)));
  });
  app.get('/health', (c) => c.json({ status: 'ok' }));
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
  });
  const parts = [
    accounts,
    recipients,
    billingAdmins,
    holds,
    erasureRequests,
    handedOver,
    deliveries,
    unreached,
    reachedOtherwise,
    sendingsAgain,
    taxIds,
    exemptions,
    subscriptions,
    subscriptionTerms,
    cancellations,
    schedules,
    purchases,
    quotes,
    quoteDecisions,
    quoteDocuments,
    quoteRemovals,
    serviceConfirmations,
    methods,
    methodSetups,
    payments,
    manualPayments,
    credits,
    bankStatements,
    creditNotes,
    disputes,
    disputeLists,
    writeOffs,
    ledgers,
    receipts,
    statements,
    reconciliations,
    attempts,
    auditLogs,
    accountInvoices,
    sellerInvoices,
    invoiceDocuments,
    creditNoteDocuments,
    invoiceExports,
    pdfRegenerations,
    accountExplanations,
    sellerExplanations,
    changes,
    previews,
    runs,
    deadLetters,
    imports,
    sellers,
    numbers,
    usageFiles,
    usageExceptions,
  ];
  for (const part of parts) app.route('/', part());
  app.doc31('/openapi.json', INFO);
  return app;
}
