import { type BalanceTransaction, Books, type Charge, type Conversions, type Dispute, type Intent } from './books.ts';
import { type Fault, Faults } from './faults.ts';
import { Idempotency } from './idempotency.ts';
import { Payments } from './payments.ts';
import { type Answer, type FullRequest, type Hook, type ReceivedRequest, responder } from './respond.ts';
import { routes } from './routes.ts';
import { Setups } from './setups.ts';
import { type Post, WebhookSender, type Webhooks } from './webhooks.ts';

export interface ServiceOptions {
  /** Where the books are kept; absent: in memory only. */
  readonly dataDir?: string;
  /** The processor's clock: when charges are made, keys forgotten and bank debits settled. */
  readonly now: () => Date;
  readonly onRequest?: Hook;
  /** By currency, lower case: into which the balance converts it, and by what. */
  readonly converts?: Conversions;
  /** Where its hosted page is. */
  readonly url?: () => string;
  /** What carries webhooks; absent: HTTP. */
  readonly post?: Post;
}

export interface AnsweredRequest extends ReceivedRequest {
  /** Absent: no answer was given. */
  readonly status?: number;
  readonly replayed: boolean;
}

/** The processor itself, whatever its requests travel on. */
export interface ProcessorService {
  readonly faults: Faults;
  readonly webhooks: Webhooks;
  /** Settles and takes back what is due by now, though nobody has looked. */
  settle(): void;
  /** When something is due to be settled or taken back next, in milliseconds; undefined: nothing is. */
  nextSettlement(): number | undefined;
  /** The last requests, oldest first. */
  readonly requests: readonly AnsweredRequest[];
  /** What the processor itself knows: every intent, every charge that succeeded, every debit that came back, every movement of the balance. */
  books(): {
    readonly intents: readonly Intent[];
    readonly charges: readonly Charge[];
    readonly disputes: readonly Dispute[];
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
  readonly setups: Setups;
  /** Works on a request, and remembers it. `fault` comes before those that wait in `faults`. */
  answer(request: FullRequest, fault?: Fault): Promise<Answer>;
}

const REMEMBERED_REQUESTS = 5_000;

/**
 * A payment processor that knows the part of Stripe's API which the product uses, with its idempotency rules, error shapes
 * and test payment methods.
 */
export function createProcessorService(options: ServiceOptions): ProcessorService {
  const books = new Books(options.dataDir, options.converts);
  const seconds = () => Math.floor(options.now().getTime() / 1000);
  const webhooks = new WebhookSender(seconds, options.post);
  const tell = (type: string, object: object) => webhooks.emit(type, object);
  const payments = new Payments(books, seconds, tell);
  const setups = new Setups(books, payments, seconds, tell, options.url ?? (() => 'http://processor'));
  const faults = new Faults();
  const requests: AnsweredRequest[] = [];
  const idempotency = new Idempotency(books, seconds);
  const respond = responder(
    routes(books, payments, setups, seconds),
    idempotency,
    options.onRequest ?? (() => undefined),
  );
  return {
    faults,
    webhooks,
    settle: () => void payments.all(),
    nextSettlement: () => {
      const next = Math.min(
        ...[...books.intents.values()].map(({ settlement, comeback }) => (settlement ?? comeback)?.at ?? Infinity),
      );
      return Number.isFinite(next) ? next * 1000 : undefined;
    },
    requests,
    books: () => ({
      intents: payments.all().map(({ intent }) => intent),
      charges: [...books.charges.values()].filter((charge) => charge.status === 'succeeded'),
      disputes: [...books.disputes.values()],
      transactions: [...books.transactions.values()],
    }),
    setups,
    completeSetup: (setupId, token) => setups.complete(setupId, token),
    replaceCard: (methodId, card, token) => setups.replaceCard(methodId, card, token),
    withdraw: (methodId) => void setups.detach(methodId),
    authenticate: (intentId, passed) => void payments.authenticate(intentId, passed),
    async answer(request, fault = faults.take(`${request.method} ${request.path}`, request.form)) {
      const answer = await respond(request, fault);
      if (requests.push(logged(request, answer)) > REMEMBERED_REQUESTS) requests.shift();
      return answer;
    },
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
