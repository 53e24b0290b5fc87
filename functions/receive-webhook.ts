// Trigger: POST /webhooks/processor of the HTTP API, without a token — the payment processor tells that something changed.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createQueues } from '../shared/aws/queues.ts';
import { createProcessorSecret } from '../shared/aws/secret.ts';
import { ForgedWebhook, readWebhook } from '../shared/payments/stripe-events.ts';
import type { Queues } from '../shared/ports.ts';
import { processorEnvironment, queueUrls } from '../shared/runtime/environment.ts';
import { count, logger, observed } from '../shared/runtime/observability.ts';
import { once } from '../shared/runtime/once.ts';

interface Deps {
  /** Asked for at each delivery, so that a rotated secret is taken up. */
  readonly secret: () => Promise<string>;
  readonly queues: Queues;
}
type Delivery = Pick<APIGatewayProxyEventV2, 'body' | 'headers' | 'isBase64Encoded'>;

/**
 * Takes a webhook and has its object looked at. Nothing that it says is believed: the truth is fetched from the processor.
 * 200 once the look is queued, or there is nothing to look at; 400 when it is forged or too old. Anything else throws, and
 * the processor delivers it again.
 */
export const receiveWebhook =
  ({ secret, queues }: Deps) =>
  async ({ body = '', headers, isBase64Encoded }: Delivery, now: Date): Promise<APIGatewayProxyStructuredResultV2> => {
    const raw = isBase64Encoded ? Buffer.from(body, 'base64') : body;
    try {
      const options = { secret: await secret(), receivedAt: now };
      const lookup = await readWebhook(raw, headers['stripe-signature'] ?? '', options);
      if (lookup) await queues.send('lookups', [lookup]);
      return { statusCode: 200 };
    } catch (error) {
      if (!(error instanceof ForgedWebhook)) throw error;
      count('WebhooksRefused');
      logger.warn('A webhook was refused: its signature is wrong or too old', { reason: error.message });
      return { statusCode: 400, body: 'The signature is wrong or too old.' };
    }
  };

const deps = once((): Deps => {
  const processor = createProcessorSecret({ arn: processorEnvironment().secretArn });
  return {
    secret: async () => (await processor()).webhookSecret,
    queues: createQueues({ urls: queueUrls('lookups') }),
  };
});

export const handler = observed((event: APIGatewayProxyEventV2) => receiveWebhook(deps())(event, new Date()));
