import { advanceDunning } from '../../../functions/advance-dunning.ts';
import type { ApiDeps } from '../../../functions/api/context.ts';
import { changeServices } from '../../../functions/change-services.ts';
import { collectPayment } from '../../../functions/collect-payment/index.ts';
import { deliverInvoice } from '../../../functions/deliver-invoice.ts';
import { followMail } from '../../../functions/follow-mail.ts';
import { followProcessor } from '../../../functions/follow-processor.ts';
import { issueInvoice } from '../../../functions/issue-invoice.ts';
import { receiveWebhook } from '../../../functions/receive-webhook.ts';
import { recordDeadLetter } from '../../../functions/record-dead-letter.ts';
import { sendNotice } from '../../../functions/send-notice.ts';
import { sweepOverdue } from '../../../functions/sweep-overdue.ts';
import type { Post } from '../../../infra/local/processor/webhooks.ts';
import { createAccessLog } from '../../../shared/aws/access-log.ts';
import { feedbackJobs } from '../../../shared/delivery/feedback-jobs.ts';
import type { CreditNote } from '../../../shared/domain/books/credit-note.ts';
import type { Invoice } from '../../../shared/domain/invoice.ts';
import type { Message, QueueName } from '../../../shared/messages.ts';
import { Api } from './api.ts';
import { Outside } from './outside.ts';
import { PostOffice } from './post-office.ts';
import { SimulatedProcessor } from './processor.ts';
import { SimulatedQueues } from './queues.ts';
import { PRODUCTS } from './scenario.ts';
import { type Stores, storesOver } from './stores.ts';
import { Sweeps } from './sweeps.ts';
import type { World } from './world.ts';

const SECRET = 'whsec_simulated';
/** Lambda keeps a process for the next message, mostly. */
const KEPT = 0.8;

/** The product's functions in the simulated world, wired as `infra/billing-stack.ts` wires them, with its time limits. */
export class Functions {
  readonly queues: SimulatedQueues;
  readonly processor: SimulatedProcessor;
  readonly outside: Outside;
  readonly postOffice: PostOffice;
  readonly api: Api;
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    this.queues = new SimulatedQueues(world);
    this.processor = new SimulatedProcessor(world, SECRET, this.#receiveWebhook());
    this.outside = new Outside(world);
    this.postOffice = new PostOffice(world, (body, delayMs) => this.queues.put('feedback', body, delayMs));
    this.api = new Api(world, () => this.#apiDeps());
    this.#feed();
    const sweep = this.#warm((store) => sweepOverdue({ store, queues: this.queues, stage: this.#stage }));
    new Sweeps(world, (now) => sweep((work) => work(now, { getRemainingTimeInMillis: () => 100_000 })));
  }

  get #stage() {
    return { sellers: [this.#world.scenario.seller], products: PRODUCTS };
  }

  #feed(): void {
    const { queues, outside } = this;
    const { adapter } = this.processor;
    const stage = this.#stage;
    const { seller } = this.#world.scenario;
    const { documents } = outside;
    const { mailer } = this.postOffice;
    this.#function('invoices', 30, (store) => issueInvoice({ store, queues, stage }));
    this.#function('collections', 60, (store) => collectPayment({ store, processor: adapter, queues, stage }));
    this.#function('lookups', 30, (store) => followProcessor({ store, processor: adapter, queues, sellers: [seller] }));
    this.#function('dunning', 30, (store) => advanceDunning({ store, queues, stage }));
    const config = { mailFrom: 'billing@northwind.example', sellers: [seller] };
    // Drawing has tests of its own, and takes longer than all the rest of a run. Each time other bytes, as by another layout:
    // what was stored first must be what is mailed.
    let drawings = 0;
    const drawn = async ({ number }: Pick<Invoice | CreditNote, 'number'>) =>
      Buffer.from(`${number}, drawing ${++drawings}`);
    const draw = {
      creditNote: drawn,
      quote: async () => new Uint8Array(),
      cancellation: () => new Uint8Array(),
    };
    this.#function('notices', 60, (store) => sendNotice({ store, mailer, documents, draw, config }));
    this.#function('services', 30, (store) =>
      changeServices({ store, provisioning: outside.provisioning, queues, stage }),
    );
    this.#function('deliveries', 60, (store) => deliverInvoice({ store, documents, mailer, render: drawn, config }));
    this.#function('feedback', 30, (store) => followMail({ store, queues }), feedbackJobs);
    const record = this.#warm((store) => recordDeadLetter({ store, stage }));
    queues.feedDeadLetters((dead, now) => record((work) => work(dead, now)));
  }

  #function<Q extends QueueName>(
    queue: Q,
    limitSeconds: number,
    make: (store: Stores) => (message: Message<Q>, now: string) => Promise<void>,
    parse?: (body: string) => readonly Message<Q>[],
  ): void {
    const warm = this.#warm(make);
    this.queues.feed(queue, {
      limitSeconds,
      ...(parse && { parse }),
      work: (message, now) => warm((work) => work(message as Message<Q>, now)),
    });
  }

  /**
   * Processes of one function: one works on one thing at a time, and is used again only when it lived through it, so that
   * whatever it remembers may be out of date but is never torn.
   */
  #warm<W>(make: (store: Stores) => W): (use: (work: W) => Promise<void>) => Promise<void> {
    const idle: W[] = [];
    return async (use) => {
      const work = idle.pop() ?? make(storesOver(this.#world.table, this.#world.scenario.seller));
      try {
        await use(work);
      } finally {
        if (this.#world.random.chance(KEPT)) idle.push(work);
      }
    };
  }

  /** The web entry for the processor's news. It answers 0 when it dies, as API Gateway answers 500. */
  #receiveWebhook(): Post {
    const { machine } = this.#world;
    const receive = receiveWebhook({ secret: async () => SECRET, queues: this.queues });
    return (_url, headers, body) =>
      new Promise((resolve) => {
        let status = 0;
        const handle = async (): Promise<void> => {
          const answer = await receive({ body, headers, isBase64Encoded: false }, new Date(machine.now()));
          status = answer.statusCode ?? 0;
        };
        machine.in(1, () => machine.spawn('receive-webhook', 10_000, handle, () => resolve(status)));
      });
  }

  /** Cold for each request: the API is no place for memories. */
  #apiDeps(): ApiDeps {
    const { machine, table, scenario } = this.#world;
    const never = (): never => {
      throw new Error('The simulation has no such thing');
    };
    return {
      store: storesOver(table, scenario.seller),
      queues: this.queues,
      documents: { presign: never, load: never, storeOnce: never },
      accessLog: createAccessLog({ table }),
      auditLogs: { entries: never, newest: never },
      anchors: { anchorsOf: never },
      imports: { presignUpload: never, readReport: never },
      taxIdAuthority: { validate: never },
      suppressions: { lift: (address) => this.postOffice.lift(address) },
      processor: this.processor.adapter,
      stage: this.#stage,
      now: machine.instant,
    };
  }
}
