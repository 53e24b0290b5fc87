import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followProcessor } from '../../functions/follow-processor.ts';
import { receiveWebhook } from '../../functions/receive-webhook.ts';
import { type Processor, startProcessor } from '../../infra/local/processor/processor.ts';
import type { PaymentAttempt } from '../../shared/domain/receivable.ts';
import { stripeProcessor } from '../../shared/payments/stripe.ts';
import { method } from '../support/collection.ts';
import { RecordingQueues } from '../support/recording-queues.ts';

const SECRET = 'whsec_local';
const NOW = new Date('2026-12-01T06:00:00.000Z');
const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

const signed = (body: string, { secret = SECRET, at = NOW }: { secret?: string; at?: Date } = {}) => {
  const signature = createHmac('sha256', secret)
    .update(`${seconds(at)}.${body}`)
    .digest('hex');
  return { body, headers: { 'stripe-signature': `t=${seconds(at)},v1=${signature}` }, isBase64Encoded: false };
};
const event = (type: string, object: object) =>
  JSON.stringify({ id: 'evt_1', object: 'event', type, data: { object } });

type FollowStore = Parameters<typeof followProcessor>[0]['store'];
/** Of the table, only the attempts are looked at to follow an intent. */
const stored = (...attempts: Partial<PaymentAttempt>[]) =>
  ({ attempts: async () => attempts as PaymentAttempt[] }) as unknown as FollowStore;

let queues: RecordingQueues;
const receive = (delivery: Parameters<ReturnType<typeof receiveWebhook>>[0], now = NOW) =>
  receiveWebhook({ secret: async () => SECRET, queues })(delivery, now);
beforeEach(() => {
  queues = new RecordingQueues();
});

describe('a webhook', () => {
  it.each<[string, object, object[]]>([
    ['payment_intent.succeeded', { id: 'pi_1', object: 'payment_intent' }, [{ kind: 'intent', id: 'pi_1' }]],
    ['payment_intent.payment_failed', { id: 'pi_1' }, [{ kind: 'intent', id: 'pi_1' }]],
    ['charge.dispute.created', { id: 'du_1', payment_intent: 'pi_2' }, [{ kind: 'intent', id: 'pi_2' }]],
    ['charge.succeeded', { id: 'ch_1', payment_intent: null }, []],
    ['payment_method.automatically_updated', { id: 'pm_1' }, [{ kind: 'method', id: 'pm_1' }]],
    ['checkout.session.completed', { id: 'cs_test_1' }, [{ kind: 'setup', id: 'cs_test_1' }]],
    ['setup_intent.succeeded', { id: 'seti_1' }, [{ kind: 'setup', id: 'seti_1' }]],
    ['payout.paid', { id: 'po_1' }, []],
    ['payment_intent.succeeded', { id: '../../etc' }, []],
    ['payment_intent.succeeded', {}, []],
  ])('%s of %o only has the object looked at', async (type, object, lookups) => {
    expect(await receive(signed(event(type, object)))).toMatchObject({ statusCode: 200 });
    expect(queues.take('lookups')).toEqual(lookups);
  });

  const body = event('payment_intent.succeeded', { id: 'pi_1' });
  it.each<[string, Parameters<typeof receive>[0]]>([
    ['signed with another secret', signed(body, { secret: 'whsec_other' })],
    ['without a signature', { ...signed(body), headers: {} }],
    ['with a signature of something else', { ...signed(body), body: body.replace('pi_1', 'pi_9') }],
    ['whose signature is nonsense', { ...signed(body), headers: { 'stripe-signature': 'v1=1,t=x' } }],
    ['that is no JSON though signed', signed('{"id":')],
    ['empty', { ...signed(''), body: undefined }],
    ['older than five minutes', signed(body, { at: new Date(NOW.getTime() - 301_000) })],
  ])('%s is refused, and nothing is looked at', async (_what, delivery) => {
    expect(await receive(delivery)).toMatchObject({ statusCode: 400 });
    expect(queues.jobs).toEqual([]);
  });

  it('that is five minutes old, or came as bytes, is taken', async () => {
    expect((await receive(signed(body, { at: new Date(NOW.getTime() - 300_000) }))).statusCode).toBe(200);
    const bytes = { ...signed(body), body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
    expect((await receive(bytes)).statusCode).toBe(200);
  });

  it('that cannot be queued is not taken, so that the processor sends it again', async () => {
    queues.failNextSend();
    await expect(receive(signed(body))).rejects.toThrow();
    expect((await receive(signed(body))).statusCode).toBe(200);
  });
});

describe('with the processor', () => {
  let processor: Processor;
  let close: () => void;

  beforeEach(async () => {
    processor = await startProcessor({ now: () => NOW });
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const headers = request.headers as Record<string, string>;
      const result = await receive({ body: Buffer.concat(chunks).toString(), headers, isBase64Encoded: false });
      response.writeHead(Number(result.statusCode)).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    processor.webhooks.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, SECRET);
    close = () => server.close();
  });
  afterEach(async () => {
    close();
    await processor.stop();
  });

  const payments = () => stripeProcessor({ apiKey: async () => 'sk_test_local', apiBase: processor.url });
  const charge = async (name: string, metadata: Record<string, string>) => {
    const request = {
      ...{ intentKey: name, key: `${name}#001`, invoiceTotal: 42_10, amount: 42_10, currency: 'USD', metadata },
      ...{ method: method('card'), offSession: true, startedAt: NOW.toISOString() },
    };
    const intentId = await payments().ensureIntent(request);
    const outcome = await payments().charge({ ...request, intentId });
    return { intentId, outcome };
  };
  const arrived = async () => {
    while (processor.webhooks.pending() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    return queues.take('lookups').map((lookup) => lookup.id);
  };

  it('lost, late, twice, reordered or forged, each looks at its object or does nothing', async () => {
    processor.webhooks.disturb('lost', /succeeded/);
    processor.webhooks.disturb('late', /succeeded/);
    processor.webhooks.disturb('twice', /succeeded/);
    processor.webhooks.disturb('reordered', /succeeded/);
    const [lost, late, twice, first, second] = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map(async (name, index) => {
        await new Promise((resolve) => setTimeout(resolve, 60 * index));
        return (await charge(name, {})).intentId;
      }),
    );
    const seen = await arrived();
    expect(seen.toSorted()).toEqual([twice, twice, first, second].toSorted());
    expect(seen).not.toContain(lost);
    processor.webhooks.disturb('forged', /succeeded/);
    await charge('f', {});
    processor.webhooks.release();
    expect(await arrived()).toEqual([late]);
    expect(processor.webhooks.statuses).toContain(400);
  });

  it('the invoice is found in the processor’s own records, and what is not ours is left alone', async () => {
    const follow = followProcessor({ processor: payments(), queues, store: stored(), sellers: [] });
    const ours = { seller: 'northwind-us', account: 'acme', invoice: '2026-12#cycle', number: 'X' };
    const { intentId } = await charge('ours', ours);
    for (const [name, metadata] of Object.entries({
      none: {},
      broken: { ...ours, invoice: 'not an invoice' },
      partly: { seller: 'northwind-us' },
    }))
      await follow(
        { kind: 'intent', id: (await charge(name, metadata as Record<string, string>)).intentId },
        NOW.toISOString(),
      );
    await follow({ kind: 'intent', id: 'pi_nobody_knows' }, NOW.toISOString());
    expect(queues.take('collections')).toEqual([]);
    await follow({ kind: 'intent', id: intentId }, NOW.toISOString());
    expect(queues.take('collections')).toEqual([
      { sellerId: 'northwind-us', accountId: 'acme', invoiceId: '2026-12#cycle', look: intentId },
    ]);
  });

  it('what is on record already is not looked at again; while its attempt is open it is', async () => {
    const ours = { seller: 'northwind-us', account: 'acme', invoice: '2026-12#cycle', number: 'X' };
    const { intentId, outcome } = await charge('ours', ours);
    const follow = (attempt: Partial<PaymentAttempt>) =>
      followProcessor({ processor: payments(), queues, store: stored(attempt), sellers: [] })(
        { kind: 'intent', id: intentId },
        NOW.toISOString(),
      );
    await follow({ attempt: 1, outcome });
    expect(queues.take('collections')).toEqual([]);
    await follow({ attempt: 1 });
    await follow({ attempt: 1, outcome: { kind: 'succeeded', chargeId: 'ch_of_another', amount: 42_10 } });
    expect(queues.take('collections')).toHaveLength(2);
  });

  it('an answer that does not come is asked for again', async () => {
    processor.faults.add({ kind: '500-before', on: /GET/ });
    await expect(
      followProcessor({ processor: payments(), queues, store: stored(), sellers: [] })(
        { kind: 'intent', id: 'pi_1' },
        NOW.toISOString(),
      ),
    ).rejects.toThrow('did not answer');
  });
});
