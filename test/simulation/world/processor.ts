import Stripe from 'stripe';
import type { Fault, FaultKind } from '../../../infra/local/processor/faults.ts';
import type { FullRequest } from '../../../infra/local/processor/respond.ts';
import { createProcessorService, type ProcessorService } from '../../../infra/local/processor/service.ts';
import type { Post, WebhookFault } from '../../../infra/local/processor/webhooks.ts';
import { stripeProcessor } from '../../../shared/payments/stripe.ts';
import type { PaymentProcessor, ProcessorLookups, ProcessorMethods } from '../../../shared/ports.ts';
import type { World } from './world.ts';

/** How often each fault is the one, where there is one. `slow`: the request arrives after the caller has given up waiting. */
const FAULTS: Readonly<Record<Exclude<FaultKind, '403'>, number>> = {
  'timeout-before': 2,
  'timeout-after': 3,
  'drop-before': 1,
  'drop-after': 2,
  '500-before': 1,
  '500-after': 2,
  'saved-500-before': 2,
  'saved-500-after': 3,
  '429': 2,
  slow: 2,
};
const OUTAGE: readonly FaultKind[] = ['timeout-before', 'drop-before', '500-before', '429'];
const WEBHOOK_FAULTS: readonly WebhookFault[] = ['lost', 'late', 'twice', 'reordered', 'forged'];
/** On its way for no longer than this: the adapter gives a lost request a quarter of an hour. */
const LONGEST_WAY_MS = 10 * 60_000;

/** The processor's side of the world, and the road to it. */
export class SimulatedProcessor {
  readonly service: ProcessorService;
  /** The product's adapter, over the simulated road. */
  readonly adapter: PaymentProcessor & ProcessorLookups & ProcessorMethods;
  /** Called when a request is sent, whatever becomes of it. */
  readonly onDeparture: ((request: FullRequest) => void)[] = [];
  /** Called before the processor works on a request. */
  readonly onArrival: ((request: FullRequest) => void)[] = [];
  /** Called after the processor may have changed something. */
  readonly onChange: (() => void)[] = [];
  /** Events that were taken by the product. */
  readonly delivered = new Set<string>();
  readonly #world: World;
  /** The time for which a settlement is planned already. */
  #settlement: number | undefined;

  constructor(world: World, secret: string, post: Post) {
    this.#world = world;
    this.service = createProcessorService({
      now: () => new Date(world.machine.now()),
      post: async (url, headers, body) => {
        const { id } = JSON.parse(body) as { id: string };
        const status = await post(url, headers, body);
        if (status === 200) this.delivered.add(id);
        world.machine.log(`webhook ${id}: ${status}`);
        return status;
      },
    });
    this.service.webhooks.deliverTo('receive-webhook', secret);
    this.adapter = stripeProcessor({ apiKey: async () => 'sk_test_simulated', httpClient: new Road(this) });
    world.onIdle.push((next) => this.#settle(next));
  }

  /** Carries a request to the processor and its answer back, or loses either. */
  async carry(request: FullRequest, timeoutMs: number): Promise<{ status: number; body: unknown; replayed: boolean }> {
    const { machine } = this.#world;
    for (const told of this.onDeparture) told(request);
    const kind = this.#faultFor();
    if (kind) this.#world.journal.saw(`processor: ${kind}`);
    const answer =
      kind === 'slow'
        ? await this.#slowly(request, timeoutMs)
        : await machine.point(`processor.${request.method} ${request.path} ${kind ?? ''}`, () =>
            this.#arrive(request, kind && { kind, on: /./ }),
          );
    if (answer === 'drop') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    if (typeof answer === 'object') return answer;
    await machine.sleep(timeoutMs);
    throw Stripe.HttpClient.makeTimeoutError();
  }

  /** The customer's bank says whether it was really the customer; nobody asked us. */
  authenticate(intentId: string, passed: boolean): void {
    const open = this.service.books().intents.find(({ id }) => id === intentId);
    if (open?.status !== 'requires_action') return;
    this.#world.journal.saw(passed ? '3-D Secure passed' : '3-D Secure failed');
    this.service.authenticate(intentId, passed);
    this.#changed();
  }

  /** Sends once more what the product has not taken, as the processor does for days. False: it has taken everything. */
  redeliver(): boolean {
    const { webhooks } = this.service;
    webhooks.release();
    const missing = webhooks.events.filter(({ id }) => !this.delivered.has(id));
    for (const { id, data } of missing) {
      webhooks.resend((data.object as { id: string }).id);
      // Of several about one object only the last is sent again: it makes the product look, which is all that any of them does.
      this.delivered.add(id);
    }
    return missing.length > 0;
  }

  async #slowly(request: FullRequest, timeoutMs: number) {
    const { machine, random } = this.#world;
    const way = random.between(100, LONGEST_WAY_MS);
    let answer: Awaited<ReturnType<ProcessorService['answer']>> = 'silence';
    machine.in(way, () => {
      void this.#arrive(request, undefined).then(
        (given) => {
          answer = given;
        },
        (error) => machine.fail(error),
      );
    });
    if (way >= timeoutMs) return 'silence';
    await machine.sleep(way + 1);
    return answer;
  }

  async #arrive(request: FullRequest, fault: Fault | undefined) {
    const { random, scenario } = this.#world;
    for (const told of this.onArrival) told(request);
    if (random.chance(scenario.faults.webhook)) {
      const trouble = random.pick(WEBHOOK_FAULTS);
      this.#world.journal.saw(`webhook: ${trouble}`);
      this.service.webhooks.disturb(trouble, /./);
    }
    const answer = await this.service.answer(request, fault);
    this.#changed();
    return answer;
  }

  #faultFor(): FaultKind | undefined {
    const { random, scenario, machine } = this.#world;
    if (this.#world.outage('processor')) {
      this.#world.journal.saw('processor: outage');
      return random.pick(OUTAGE);
    }
    if (!machine.running || !random.chance(scenario.faults.processor)) return undefined;
    return random.weighted(FAULTS);
  }

  /** Bank debits settle, and come back, though nobody looks. */
  #settle(next: number | undefined): void {
    const { machine } = this.#world;
    const due = this.service.nextSettlement();
    if (due === undefined || due === this.#settlement || (next !== undefined && due > next)) return;
    this.#settlement = due;
    machine.at(due, () => {
      this.service.settle();
      this.#changed();
    });
  }

  #changed(): void {
    for (const told of this.onChange) told();
  }
}

/** How the SDK's requests travel. */
class Road extends Stripe.HttpClient {
  readonly #processor: SimulatedProcessor;

  constructor(processor: SimulatedProcessor) {
    super();
    this.#processor = processor;
  }

  override getClientName(): string {
    return 'simulated';
  }

  override async makeRequest(...sent: Parameters<Stripe.HttpClient['makeRequest']>): Promise<Answered> {
    const [, , path, method, headers, data, , timeout] = sent;
    const [pathname = '', query = ''] = path.split('?');
    const key = headers['Idempotency-Key'];
    const request: FullRequest = {
      method,
      path: pathname,
      authorization: String(headers.Authorization),
      form: method === 'GET' ? query : data,
      ...(typeof key === 'string' && method === 'POST' && { key }),
    };
    return new Answered(await this.#processor.carry(request, timeout));
  }
}

class Answered extends Stripe.HttpClientResponse {
  readonly #body: string;

  constructor({ status, body, replayed }: { status: number; body: unknown; replayed: boolean }) {
    super(status, { 'request-id': `req_${status}`, ...(replayed && { 'idempotent-replayed': 'true' }) });
    this.#body = JSON.stringify(body);
  }

  /** The SDK writes the headers on it. */
  override getRawResponse(): object {
    return {};
  }

  override toJSON(): Promise<unknown> {
    return Promise.resolve(JSON.parse(this.#body));
  }
}
