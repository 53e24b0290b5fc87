import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { internalError } from './api-error.ts';
import { type BalanceTransaction, Books, type Charge, type Conversions, type Intent } from './books.ts';
import { Faults } from './faults.ts';
import { hostedPage } from './hosted-page.ts';
import { Idempotency } from './idempotency.ts';
import { Payments } from './payments.ts';
import { type Answer, type FullRequest, type Hook, type ReceivedRequest, responder } from './respond.ts';
import { routes } from './routes.ts';
import { Setups } from './setups.ts';
import { WebhookSender, type Webhooks } from './webhooks.ts';

export interface ProcessorOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Where the books are kept; absent: in memory only. */
  readonly dataDir?: string;
  /** The processor's clock: when charges are made, keys forgotten and bank debits settled. */
  readonly now: () => Date;
  readonly onRequest?: Hook;
  /** By currency, lower case: into which the balance converts it, and by what. */
  readonly converts?: Conversions;
}

export interface AnsweredRequest extends ReceivedRequest {
  /** Absent: no answer was given. */
  readonly status?: number;
  readonly replayed: boolean;
}

export interface Processor {
  readonly url: string;
  readonly faults: Faults;
  readonly webhooks: Webhooks;
  /** Settles and takes back what is due by now, though nobody has looked. */
  settle(): void;
  /** The last requests, oldest first. */
  readonly requests: readonly AnsweredRequest[];
  /** What the processor itself knows: every intent, every charge that succeeded, every movement of the balance. */
  books(): {
    readonly intents: readonly Intent[];
    readonly charges: readonly Charge[];
    readonly transactions: readonly BalanceTransaction[];
  };
  /** Plays the customer's bank for an intent in `requires_action`. */
  authenticate(intentId: string, passed: boolean): void;
  /** Plays the customer on the hosted page, who enters a test method: where the browser goes next. */
  completeSetup(setupId: string, token: string): string;
  /** Plays the issuer, which replaces a card; `token` is the test method that the new one behaves like. */
  replaceCard(methodId: string, card: { last4: string; exp_month: number; exp_year: number }, token?: string): void;
  /** Plays the customer's bank, which lets a method be charged no more. */
  withdraw(methodId: string): void;
  stop(): Promise<void>;
}

const REMEMBERED_REQUESTS = 5_000;

/**
 * A payment processor on this machine that speaks the part of Stripe's API which the product uses, with its idempotency
 * rules, error shapes and test payment methods. Rejects with the system's error when the port is taken.
 */
export async function startProcessor(options: ProcessorOptions): Promise<Processor> {
  const books = new Books(options.dataDir, options.converts);
  const seconds = () => Math.floor(options.now().getTime() / 1000);
  const webhooks = new WebhookSender(seconds);
  const payments = new Payments(books, seconds, (type, object) => webhooks.emit(type, object));
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const setups = new Setups(books, payments, seconds, (type, object) => webhooks.emit(type, object), address);
  const faults = new Faults();
  const requests: AnsweredRequest[] = [];
  const idempotency = new Idempotency(books, seconds);
  const respond = responder(
    routes(books, payments, setups, seconds),
    idempotency,
    options.onRequest ?? (() => undefined),
  );

  const serve = async (message: IncomingMessage, response: ServerResponse) => {
    const request = await received(message);
    const hosted = /^\/c\/([\w-]+)$/.exec(request.path)?.[1];
    if (hosted) {
      const { status, headers, body } = await hostedPage(setups, request.method, hosted, request.form);
      response.writeHead(status, headers).end(body);
      return;
    }
    const answer = await respond(request, faults.take(`${request.method} ${request.path}`, request.form));
    if (requests.push(logged(request, answer)) > REMEMBERED_REQUESTS) requests.shift();
    if (answer === 'drop') message.socket.destroy();
    else if (answer !== 'silence') write(response, answer);
  };
  const server = createServer((message, response) => {
    serve(message, response).catch((error: unknown) => {
      console.error(error);
      write(response, { status: 500, body: internalError(false).body, replayed: false });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: address(),
    faults,
    webhooks,
    settle: () => void payments.all(),
    requests,
    books: () => ({
      intents: payments.all().map(({ intent }) => intent),
      charges: [...books.charges.values()].filter((charge) => charge.status === 'succeeded'),
      transactions: [...books.transactions.values()],
    }),
    completeSetup: (setupId, token) => setups.complete(setupId, token),
    replaceCard: (methodId, card, token) => setups.replaceCard(methodId, card, token),
    withdraw: (methodId) => void setups.detach(methodId),
    authenticate: (intentId, passed) => void payments.authenticate(intentId, passed),
    stop: () =>
      new Promise((resolve) => {
        webhooks.stop();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function received(message: IncomingMessage): Promise<FullRequest> {
  const url = new URL(message.url ?? '/', 'http://processor');
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const key = message.headers['idempotency-key'];
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    authorization: message.headers.authorization ?? '',
    form: message.method === 'GET' ? url.search.slice(1) : Buffer.concat(chunks).toString('utf8'),
    ...(typeof key === 'string' && message.method === 'POST' && { key }),
  };
}

function logged({ method, path, key }: FullRequest, answer: Answer): AnsweredRequest {
  const given = typeof answer === 'object' ? answer : undefined;
  return {
    method,
    path,
    replayed: given?.replayed ?? false,
    ...(key && { key }),
    ...(given && { status: given.status }),
  };
}

function write(response: ServerResponse, { status, body, replayed }: Exclude<Answer, string>): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    'content-type': 'application/json',
    'request-id': `req_local_${status}`,
    ...(replayed && { 'idempotent-replayed': 'true' }),
  });
  response.end(JSON.stringify(body));
}
