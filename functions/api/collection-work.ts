import type { Instant } from '../../shared/domain/calendar.ts';
import { isUnderWay, type Receivable } from '../../shared/domain/receivable.ts';
import {
  type AskedProcessor,
  type CollectionEffect,
  collectionEffect,
} from '../../shared/domain/redrive-collection.ts';
import type { Message } from '../../shared/messages.ts';
import { failureOf } from '../../shared/runtime/failure.ts';
import { logger } from '../../shared/runtime/observability.ts';
import { sellerOf } from '../../shared/runtime/stage.ts';
import type { ApiDeps } from './context.ts';

/** A collection that gave up, as a person sees it: about which invoice, and what redriving it does now. */
export interface CollectionWork {
  readonly effect: CollectionEffect;
  readonly shown: {
    readonly invoice: string;
    readonly due: number;
    readonly currency: string;
    readonly attempts: number;
    readonly lastDecline?: { readonly code: string; readonly at: Instant };
    readonly charges?: number;
  };
}

/** Undefined when there is no such invoice or account. While an attempt has no outcome yet, the processor is asked where it stands. */
export async function collectionWork(
  deps: ApiDeps,
  { accountId, invoiceId, sellerId }: Message<'collections'>,
  now: Instant,
): Promise<CollectionWork | undefined> {
  const { store, stage } = deps;
  const [receivable, input] = await Promise.all([store.receivable(accountId, invoiceId), store.loadAccount(accountId)]);
  if (receivable === undefined || input === undefined || receivable.sellerId !== sellerId) return undefined;
  const attempts = receivable.collection.attempts === 0 ? [] : await store.attempts(accountId, invoiceId);
  const processor = await asked(deps, receivable);
  const effect = collectionEffect({
    receivable,
    account: input.account,
    methods: input.methods,
    attempts,
    policy: sellerOf(stage, sellerId).retryPolicy,
    now,
    ...(processor && { processor }),
  });
  const { lastDecline } = receivable.collection;
  return {
    effect,
    shown: {
      invoice: receivable.number,
      due: receivable.due,
      currency: receivable.currency,
      attempts: attempts.length,
      ...(lastDecline && { lastDecline: { code: lastDecline.code, at: lastDecline.at } }),
      ...(effect.charges !== undefined && { charges: effect.charges }),
    },
  };
}

/** Looking changes nothing. A processor that does not answer keeps nobody from seeing the rest. */
async function asked({ processor }: ApiDeps, receivable: Receivable): Promise<AskedProcessor | undefined> {
  const { intentId } = receivable.collection;
  if (!isUnderWay(receivable) || intentId === undefined) return undefined;
  try {
    const standing = await processor.lookAt(intentId);
    return standing === undefined || standing.kind === 'nothing'
      ? { kind: 'nothing' }
      : { kind: standing.kind, amount: standing.amount };
  } catch (error) {
    logger.warn('The processor did not say where a payment stands', { ...failureOf(error) });
    return { kind: 'no-answer' };
  }
}
