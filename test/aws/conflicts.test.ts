import { TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, it } from 'vitest';
import { conclude, opened } from '../../shared/domain/collection-outcome.ts';
import { localTable } from '../support/emulators.ts';
import { accountOf, attemptAt, issue, issueOf, LATER, NOW, open, storesOver } from './fixtures.ts';

/** DynamoDB Local does one write after the other; on AWS, writes that meet at an item are refused while one is under way. */
const table = localTable();
const NAME = 'conflicts';
const conflict = { message: 'injected', $metadata: {} };

/** Refuses the next `times` calls of an operation. Returns how many were refused so far. */
function refuse(operation: string, times: number, error: () => Error): () => number {
  let refused = 0;
  table().client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName === `${operation}Command` && refused < times) {
        refused++;
        throw error();
      }
      return next(args);
    },
    { name: NAME, step: 'build' },
  );
  return () => refused;
}
const cancelled = () =>
  new TransactionCanceledException({
    ...conflict,
    CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
  });

afterEach(() => void table().client.middlewareStack.remove(NAME));

it('issues an invoice through conflicts, and its series stays without gaps', async () => {
  const stores = storesOver(table());
  await open(stores, accountOf('through'));
  const wanted = await issueOf(stores, 'through');
  const refused = refuse('TransactWriteItems', 4, cancelled);
  const { result, invoice } = await stores.invoices.issueOnce(wanted);
  expect({ result, sequence: invoice?.sequence, refused: refused() }).toEqual({
    result: 'written',
    sequence: 1,
    refused: 4,
  });
});

it('books a payment through conflicts', async () => {
  const stores = storesOver(table());
  const { receivable } = await issue(stores, accountOf('paid-through'));
  const attempt = attemptAt(receivable);
  await stores.collections.beginAttempt(receivable, attempt, LATER);
  const begun = opened(receivable, attempt, LATER);
  const concluded = conclude(begun, attempt, [], { kind: 'succeeded', chargeId: 'ch', amount: 12000 }, NOW, 'UTC');
  if (!concluded.final) throw new Error('still open');
  const refused = refuse('TransactWriteItems', 3, cancelled);
  const { result } = await stores.collections.concludeAttempt({ ...concluded, receivable: begun, now: NOW });
  expect({ result, refused: refused() }).toEqual({ result: 'written', refused: 3 });
  expect((await stores.services.account('paid-through'))?.balance).toBe(0);
});

it('writes a single item through a transaction that is under way', async () => {
  const stores = storesOver(table());
  const { receivable } = await issue(stores, accountOf('single'));
  refuse('UpdateItem', 2, () => new TransactionConflictException(conflict));
  expect(await stores.collections.rememberIntent(receivable, 'pi_1')).toBe('written');
});

it('gives up, for the queue to try again later, when conflicts do not end', async () => {
  const stores = storesOver(table());
  const { receivable } = await issue(stores, accountOf('endless'));
  refuse('TransactWriteItems', Number.POSITIVE_INFINITY, cancelled);
  await expect(stores.collections.beginAttempt(receivable, attemptAt(receivable), LATER)).rejects.toThrow(
    'kept meeting',
  );
});

it('reads a number again after an answer that never came, and leaves no gap', async () => {
  const stores = storesOver(table());
  const first = await issue(stores, accountOf('answered'));
  await open(stores, accountOf('unanswered'));
  const wanted = await issueOf(stores, 'unanswered');
  refuse('TransactWriteItems', 1, () => new Error('socket hang up'));
  await expect(stores.invoices.issueOnce(wanted)).rejects.toThrow('socket hang up');
  const { invoice } = await stores.invoices.issueOnce(wanted);
  expect(invoice?.sequence).toBe(first.invoice.sequence + 1);
});
