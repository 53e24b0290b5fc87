import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { afterAll, beforeAll } from 'vitest';
import { createApi } from '../../functions/api/app.ts';
import type { ApiDeps } from '../../functions/api/context.ts';
import { apiStore } from '../../functions/api/index.ts';
import { type LocalFauxqs, startFauxqs } from '../../infra/local/fauxqs.ts';
import { ADMIN_KEY } from '../../infra/local/gateway/authorize.ts';
import { type Processor, startProcessor } from '../../infra/local/processor/processor.ts';
import { startVies, type Vies } from '../../infra/local/vies/vies.ts';
import { readStage } from '../../infra/stage.ts';
import { createAccessLog } from '../../shared/aws/access-log.ts';
import { createAnchors } from '../../shared/aws/anchors.ts';
import { createAuditStore } from '../../shared/aws/audit-store.ts';
import { awsHttp } from '../../shared/aws/aws-http.ts';
import { createCollectionStore } from '../../shared/aws/collection-store.ts';
import { createDeadLetterStore } from '../../shared/aws/dead-letter-store.ts';
import { createDeliveryStore } from '../../shared/aws/delivery-store.ts';
import { createDocuments } from '../../shared/aws/files.ts';
import { createInvoiceStore } from '../../shared/aws/invoice-store.ts';
import { createIssuedUsageStore } from '../../shared/aws/issued-usage.ts';
import { createImportLinks, createLinks } from '../../shared/aws/links.ts';
import { createMailFeedbackStore } from '../../shared/aws/mail-feedback-store.ts';
import { createQueues } from '../../shared/aws/queues.ts';
import { createRunStore } from '../../shared/aws/run-store.ts';
import { createSuppressionList } from '../../shared/aws/suppression-list.ts';
import { createUsageExceptionStore } from '../../shared/aws/usage-exception-store.ts';
import type { BillingInput } from '../../shared/domain/account.ts';
import { composeInvoice } from '../../shared/domain/compose-invoice.ts';
import type { Invoice } from '../../shared/domain/invoice.ts';
import { nextBillingDateAfter } from '../../shared/domain/schedule.ts';
import { parseAccountLine } from '../../shared/import/account-line.ts';
import type { WrittenAccount } from '../../shared/import/account-schema.ts';
import { QUEUES, type QueueName } from '../../shared/messages.ts';
import { stripeProcessor } from '../../shared/payments/stripe.ts';
import { sellerOf } from '../../shared/runtime/stage.ts';
import { viesAuthority } from '../../shared/tax-authorities/vies.ts';
import { type LocalGateway, startLocalGateway } from '../gateway/local-gateway.ts';
import { localClient, localTable } from '../support/emulators.ts';

export const stage = readStage('local');
export const NOW = '2026-12-01T12:00:00.000Z';

const ADMIN = { accessKeyId: ADMIN_KEY, secretAccessKey: 'local' };
const DEAD: ApiDeps['queues'] = { send: () => Promise.reject(new Error('The function died')) };
const SUPPRESSING = { name: 'billing', suppressedReasons: ['BOUNCE', 'COMPLAINT'], publishes: [] };

/** Claims as API Gateway hands them on. */
export type Claims = Readonly<Record<string, string>>;
export const token = {
  finance: { sub: 'finn', 'cognito:groups': '[finance]', 'custom:sellers': '*' },
  ops: { sub: 'olga', 'cognito:groups': '[ops]', 'custom:sellers': '*' },
  staff: { sub: 'stan', 'cognito:groups': '[staff]', 'custom:sellers': '*' },
  everything: { sub: 'root', 'cognito:groups': '[finance ops staff]', 'custom:sellers': '*' },
  otherSeller: { sub: 'ulla', 'cognito:groups': '[finance ops staff]', 'custom:sellers': 'northwind-uk' },
  noSeller: { sub: 'nora', 'cognito:groups': '[finance ops staff]' },
  ownerOf: (accountId: string): Claims => ({
    sub: `owner-of-${accountId}`,
    'cognito:groups': '[billing-admin]',
    'custom:accountId': accountId,
  }),
} as const;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape it asserts.
  readonly body: any;
}

const parsed = (text: string, type = ''): unknown => (/json/.test(type) ? JSON.parse(text) : text);

/** The API on a table, queues and buckets that are emulated by this test file's own emulators. */
export function apiWorld() {
  const table = localTable();
  let fauxqs: LocalFauxqs;
  let mail: LocalGateway;
  let vies: Vies;
  let processor: Processor;
  let sqs: SQSClient;
  let s3: S3Client;
  const urls = new Map<QueueName, string>();

  beforeAll(async () => {
    fauxqs = await startFauxqs();
    mail = await startLocalGateway({ mailConfigurationSets: [SUPPRESSING] });
    vies = await startVies({ now: () => new Date(NOW) });
    processor = await startProcessor({ now: () => new Date(NOW) });
    sqs = new SQSClient(localClient(fauxqs.endpoint));
    s3 = new S3Client({ ...localClient(fauxqs.endpoint), forcePathStyle: true });
    for (const queue of QUEUES) {
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: queue }));
      urls.set(queue, QueueUrl!);
    }
    for (const Bucket of ['documents', 'imports', 'anchors']) await s3.send(new CreateBucketCommand({ Bucket }));
  });
  afterAll(async () => {
    sqs?.destroy();
    s3?.destroy();
    await fauxqs?.stop();
    await mail?.stop();
    await vies?.stop();
    await processor?.stop();
  });

  const options = {
    shardsOf: (sellerId: string) => sellerOf(stage, sellerId).shards,
    numberingOf: (sellerId: string) => sellerOf(stage, sellerId),
    policyOf: (sellerId: string) => sellerOf(stage, sellerId),
  };
  const store = () => ({
    ...apiStore(table(), stage),
    ...createInvoiceStore({ table: table(), ...options }),
    ...createRunStore({ table: table(), ...options }),
    ...createDeliveryStore({ table: table(), ...options }),
    ...createMailFeedbackStore({ table: table() }),
    ...createCollectionStore({ table: table(), ...options }),
    ...createDeadLetterStore({ table: table() }),
    ...createUsageExceptionStore({ table: table() }),
    ...createIssuedUsageStore({ table: table() }),
  });
  const auditStore = () => createAuditStore({ table: table.auditLogs() });
  const anchors = () =>
    createAnchors(createDocuments({ bucket: 'anchors' }, awsHttp('s3', localClient(fauxqs.endpoint))));
  const documents = () => ({
    ...createDocuments({ bucket: 'documents' }, awsHttp('s3', localClient(fauxqs.endpoint))),
    ...createLinks({ bucket: 'documents' }, localClient(fauxqs.endpoint)),
  });
  const deps = (now = NOW): ApiDeps & { readonly processor: ReturnType<typeof stripeProcessor> } => ({
    store: store(),
    queues: createQueues({ urls: Object.fromEntries(urls) }, awsHttp('sqs', localClient(fauxqs.endpoint))),
    accessLog: createAccessLog({ table: table() }),
    auditLogs: auditStore(),
    anchors: anchors(),
    documents: documents(),
    imports: createImportLinks({ bucket: 'imports' }, localClient(fauxqs.endpoint)),
    processor: stripeProcessor({ apiKey: async () => 'sk_test_local', apiBase: processor.url }),
    suppressions: createSuppressionList(awsHttp('ses', { ...localClient(mail.gateway.url), credentials: ADMIN })),
    taxIdAuthority: viesAuthority({ base: vies.url, timeoutMs: 5_000 }),
    stage,
    now: () => now,
  });

  /** A request as API Gateway makes an event of it. `claims` is undefined when there is no token. */
  const call = async (
    claims: Claims | undefined,
    method: string,
    path: string,
    request: {
      body?: unknown;
      version?: number;
      now?: string;
      headers?: Readonly<Record<string, string>>;
      /** It dies when it sends its first message. */
      dies?: true;
    } = {},
  ): Promise<Answer> => {
    const [rawPath = '', rawQueryString = ''] = path.split('?');
    const event = {
      version: '2.0',
      routeKey: 'ANY /{proxy+}',
      rawPath,
      rawQueryString,
      headers: {
        host: 'api.example',
        ...request.headers,
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
        ...(request.version === undefined ? {} : { 'if-match': `"${request.version}"` }),
      },
      requestContext: {
        http: { method, path: rawPath, sourceIp: '203.0.113.7' },
        requestId: randomUUID(),
        ...(claims && { authorizer: { jwt: { claims, scopes: null } } }),
      },
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
      isBase64Encoded: false,
    };
    const answer = handle(createApi(() => ({ ...deps(request.now), ...(request.dies && { queues: DEAD }) })));
    const result = await answer(event as unknown as LambdaEvent, {} as LambdaContext);
    const headers = result.headers as Record<string, string>;
    const text = result.isBase64Encoded ? Buffer.from(result.body, 'base64').toString('latin1') : result.body;
    const body = text === '' ? undefined : parsed(text, headers['content-type']);
    return { status: result.statusCode, headers, type: headers['content-type'] ?? '', body };
  };

  /** Takes every message out of a queue. */
  const taken = async (queue: QueueName): Promise<unknown[]> => {
    const QueueUrl = urls.get(queue)!;
    const bodies: unknown[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      if (Messages.length === 0) return bodies;
      for (const { Body, ReceiptHandle } of Messages) {
        bodies.push(JSON.parse(Body!));
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
    }
  };

  const load = async (written: WrittenAccount): Promise<BillingInput> => {
    const parsed = parseAccountLine(JSON.stringify(written), stage, NOW);
    if (parsed.kind === 'rejected') throw new Error(JSON.stringify(parsed.problems));
    await store().createAccount(parsed.input);
    return parsed.input;
  };

  /** An account from before names were checked: one that no document can show. */
  const nameUnseen = async (accountId: string, name: string): Promise<void> => {
    const { account } = (await store().loadAccount(accountId))!;
    await store().updateAccount({ ...account, name, version: account.version + 1 });
  };

  /** Issues the invoice of a loaded account's next month, as a run of that day would. */
  const invoiced = async (accountId: string): Promise<Invoice> => {
    const input = await store().loadForBilling(accountId);
    const { sellerId, nextBillingDate: date } = input!.account;
    const decision = composeInvoice(input!, sellerOf(stage, sellerId), stage.products, date, date);
    if (decision.outcome !== 'invoice') throw new Error(`${accountId}: ${decision.outcome}`);
    const issue = {
      draft: decision.draft,
      input: input!,
      nextBillingDate: nextBillingDateAfter(input!.account, date),
      now: NOW,
    };
    return (await store().issueOnce(issue)).invoice!;
  };

  return {
    call,
    taken,
    load,
    nameUnseen,
    invoiced,
    store,
    deps,
    documents,
    auditStore,
    anchors,
    table,
    s3: () => s3,
    /** SES as the local stack has it. */
    mail: () => mail.gateway,
    vies: () => vies,
    processor: () => processor,
  };
}

/** A customer of the Irish seller with a card; `overrides` as in an import file. */
export const customer = (accountId: string, overrides: Partial<WrittenAccount> = {}): WrittenAccount => ({
  accountId,
  sellerId: 'northwind-ie',
  name: 'Liffeyside Analytics Ltd',
  language: 'en',
  currency: 'EUR',
  billingAddress: { line1: '4 Harbour Terrace', city: 'Dublin', postalCode: 'D02 X285', country: 'IE' },
  recipients: [{ email: 'billing@liffeyside.example', main: true }],
  billingStartDate: '2026-01-01',
  billedThrough: '2026-11',
  autopay: true,
  defaultMethodId: 'card-1',
  subscriptions: [
    { subscriptionId: 'phones', productId: 'desk-phone', changes: [{ effectiveOn: '2026-01-01', delta: 10 }] },
  ],
  paymentMethods: [card('card-1')],
  ...overrides,
});

export const card = (methodId: string, token = 'pm_card_visa') => ({
  methodId,
  kind: 'card' as const,
  brand: 'visa',
  last4: '4242',
  expires: '2030-08',
  processorCustomer: 'cus_liffeyside',
  processorMethod: `${token}__${methodId}`,
});
