import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the processor tells of an object that changed. */
export interface WebhookEvent {
  readonly id: string;
  readonly object: 'event';
  readonly type: string;
  readonly created: number;
  readonly livemode: false;
  readonly data: { readonly object: object };
}

/**
 * What becomes of an event on its way: `lost` it never arrives · `late` it arrives at `release` · `twice` · `reordered` it
 * arrives after the next one · `forged` somebody else sends it, signed with another secret, and the true one is lost.
 */
export type WebhookFault = 'lost' | 'late' | 'twice' | 'reordered' | 'forged';

export interface Webhooks {
  /** Where events go from now on; before, they are only remembered. */
  deliverTo(url: string, secret: string): void;
  /** The next `times` events whose type matches suffer this. */
  disturb(fault: WebhookFault, on: RegExp, times?: number): void;
  /** Sends what is late. */
  release(): void;
  /** Sends the last event about an object again, as a person can at the processor. */
  resend(objectId: string): void;
  /** Events on their way. */
  pending(): number;
  /** Every event there has been, oldest first. */
  readonly events: readonly WebhookEvent[];
  /** The answers that deliveries got, in order. */
  readonly statuses: readonly number[];
  stop(): void;
}

/** Carries a delivery; answers with the status it got, 0 for none. */
export type Post = (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<number>;

const kept = new Agent({ keepAlive: true, timeout: 4_000 });
/** `fetch` takes twice the CPU, and there is a webhook for every payment of a night. */
const overHttp: Post = (url, headers, body) =>
  new Promise((resolve) => {
    const lengthy = { ...headers, 'content-length': Buffer.byteLength(body) };
    request(url, { method: 'POST', agent: kept, headers: lengthy }, (response) => {
      response.on('error', () => resolve(0)).on('end', () => resolve(response.statusCode ?? 0));
      response.resume();
    })
      .on('error', () => resolve(0))
      .end(body);
  });

/** The processor repeats what is not taken, for days; here three times, for a function that was killed. */
const RETRY_DELAYS_MS = [50, 250, 1_000];

export class WebhookSender implements Webhooks {
  readonly events: WebhookEvent[] = [];
  readonly statuses: number[] = [];
  readonly #seconds: () => number;
  readonly #post: Post;
  #endpoint: { readonly url: string; readonly secret: string } | undefined;
  #faults: { readonly fault: WebhookFault; readonly on: RegExp; left: number }[] = [];
  #late: WebhookEvent[] = [];
  #held: WebhookEvent | undefined;
  #pending = 0;
  #stopped = false;

  constructor(seconds: () => number, post = overHttp) {
    this.#seconds = seconds;
    this.#post = post;
  }

  deliverTo(url: string, secret: string): void {
    this.#endpoint = { url, secret };
  }

  disturb(fault: WebhookFault, on: RegExp, times = 1): void {
    this.#faults.push({ fault, on, left: times });
  }

  release(): void {
    for (const event of this.#late.splice(0)) this.#send(event);
  }

  resend(objectId: string): void {
    const event = this.events.findLast(({ data }) => (data.object as { readonly id?: string }).id === objectId);
    if (event) this.#send(event);
  }

  pending(): number {
    return this.#pending;
  }

  stop(): void {
    this.#stopped = true;
  }

  emit(type: string, object: object): void {
    const id = `evt_local_${String(this.events.length + 1).padStart(6, '0')}`;
    const event: WebhookEvent = {
      ...{ id, object: 'event', type, livemode: false },
      created: this.#seconds(),
      data: { object: structuredClone(object) },
    };
    this.events.push(event);
    const fault = this.#take(type);
    if (fault === 'late') this.#late.push(event);
    else if (fault === 'reordered') this.#held = event;
    else if (fault === 'forged') this.#send(event, 'whsec_of_somebody_else');
    else if (fault !== 'lost') {
      this.#send(event);
      if (fault === 'twice') this.#send(event);
      const held = this.#held;
      this.#held = undefined;
      if (held) this.#send(held);
    }
  }

  #take(type: string): WebhookFault | undefined {
    const hit = this.#faults.find(({ on }) => on.test(type));
    if (!hit) return undefined;
    hit.left -= 1;
    if (hit.left === 0) this.#faults = this.#faults.filter((other) => other !== hit);
    return hit.fault;
  }

  #send(event: WebhookEvent, forgedSecret?: string): void {
    if (!this.#endpoint) return;
    const { url, secret } = this.#endpoint;
    this.#pending += 1;
    void this.#deliver(event, url, forgedSecret ?? secret, forgedSecret === undefined).finally(() => {
      this.#pending -= 1;
    });
  }

  async #deliver(event: WebhookEvent, url: string, secret: string, repeat: boolean): Promise<void> {
    const body = JSON.stringify(event);
    for (const delay of [0, ...(repeat ? RETRY_DELAYS_MS : [])]) {
      await sleep(delay, undefined, { ref: false });
      if (this.#stopped) return;
      const timestamp = this.#seconds();
      const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
      const headers = { 'content-type': 'application/json', 'stripe-signature': `t=${timestamp},v1=${signature}` };
      const status = await this.#post(url, headers, body);
      this.statuses.push(status);
      if (status >= 200 && status < 300) return;
    }
  }
}
