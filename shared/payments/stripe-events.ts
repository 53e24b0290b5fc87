import Stripe from 'stripe';
import type { Message } from '../messages.ts';

/** Older deliveries are refused, so that a recorded one cannot be played again (docs.stripe.com/webhooks, "Verify webhook signatures"). */
const TOLERANCE_SECONDS = 5 * 60;

/** A delivery that the processor has not signed, or not lately. */
export class ForgedWebhook extends Error {
  override readonly name = 'ForgedWebhook';
}

/**
 * Reads a webhook: which object the news is about, and nothing of what it says of it. Undefined for news that nobody here
 * follows. `body` is the raw one, for the signature is over its bytes. Throws `ForgedWebhook`.
 */
export async function readWebhook(
  body: string | Uint8Array,
  signature: string,
  { secret, receivedAt }: { readonly secret: string; readonly receivedAt: Date },
): Promise<Message<'lookups'> | undefined> {
  const event = await verified(body, signature, secret, receivedAt);
  const object = event.data?.object as { readonly id?: unknown; readonly payment_intent?: unknown } | undefined;
  const [family = ''] = String(event.type).split('.');
  if (family === 'payment_intent') return lookup('intent', object?.id);
  if (family === 'charge') return lookup('intent', object?.payment_intent);
  if (family === 'payment_method') return lookup('method', object?.id);
  if (family === 'checkout' || family === 'setup_intent') return lookup('setup', object?.id);
  return undefined;
}

async function verified(body: string | Uint8Array, signature: string, secret: string, receivedAt: Date) {
  try {
    return await Stripe.webhooks.constructEventAsync(
      body,
      signature,
      secret,
      TOLERANCE_SECONDS,
      undefined,
      receivedAt.getTime(),
    );
  } catch (error) {
    // Whatever cannot be read is not the processor's either; the error's text quotes the body.
    throw new ForgedWebhook(error instanceof Error ? error.name : 'unreadable');
  }
}

/** Undefined where the id is none: a charge without an intent is not one of ours. */
const lookup = (kind: Message<'lookups'>['kind'], id: unknown): Message<'lookups'> | undefined =>
  typeof id === 'string' && /^[a-z]{2,8}_[A-Za-z0-9_]{1,200}$/.test(id) ? { kind, id } : undefined;
