import { expect, it } from 'vitest';
import { AwsError } from '../../shared/aws/aws-json.ts';
import type { Table } from '../../shared/aws/table.ts';
import { conclude, opened } from '../../shared/domain/collection-outcome.ts';
import { localTable } from '../support/emulators.ts';
import { accountOf, attemptAt, issue, issueOf, LATER, NOW, open, storesOver } from './fixtures.ts';

/** DynamoDB Local does one write after the other; on AWS, writes that meet at an item are refused while one is under way. */
const table = localTable();

/** The table, refusing the next `times` calls of an operation once it is told to. */
function refusing(operation: string, times: number, error: () => Error) {
  let [armed, refused] = [false, 0];
  const call: Table['call'] = async (called, input) => {
    if (!armed || called !== operation || refused >= times) return await table().call(called, input);
    refused++;
    throw error();
  };
  const arm = () => {
    armed = true;
  };
  return { stores: storesOver({ ...table(), call }), arm, refused: () => refused };
}
const cancelled = () =>
  new AwsError('TransactionCanceledException', 400, 'injected', {
    CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
  });

it('issues an invoice through conflicts, and its series stays without gaps', async () => {
  const { stores, arm, refused } = refusing('TransactWriteItems', 4, cancelled);
  await open(stores, accountOf('through'));
  const wanted = await issueOf(stores, 'through');
  arm();
  const { result, invoice } = await stores.invoices.issueOnce(wanted);
  expect({ result, sequence: invoice?.sequence, refused: refused() }).toEqual({
    result: 'written',
    sequence: 1,
    refused: 4,
  });
});

it('books a payment through conflicts', async () => {
  const { stores, arm, refused } = refusing('TransactWriteItems', 3, cancelled);
  const { receivable } = await issue(stores, accountOf('paid-through'));
  const attempt = attemptAt(receivable);
  await stores.collections.beginAttempt(receivable, attempt, LATER);
  const begun = opened(receivable, attempt, LATER);
  const concluded = conclude(begun, attempt, [], { kind: 'succeeded', chargeId: 'ch', amount: 12000 }, NOW, 'UTC');
  if (!concluded.final) throw new Error('still open');
  arm();
  const { result } = await stores.collections.concludeAttempt({ ...concluded, receivable: begun, now: NOW });
  expect({ result, refused: refused() }).toEqual({ result: 'written', refused: 3 });
  expect((await stores.services.account('paid-through'))?.balance).toBe(0);
});

it('writes a single item through a transaction that is under way', async () => {
  const { stores, arm } = refusing(
    'UpdateItem',
    2,
    () => new AwsError('TransactionConflictException', 400, 'injected'),
  );
  const { receivable } = await issue(stores, accountOf('single'));
  arm();
  expect(await stores.collections.rememberIntent(receivable, 'pi_1')).toBe('written');
});

it('gives up, for the queue to try again later, when conflicts do not end', async () => {
  const { stores, arm } = refusing('TransactWriteItems', Number.POSITIVE_INFINITY, cancelled);
  const { receivable } = await issue(stores, accountOf('endless'));
  arm();
  await expect(stores.collections.beginAttempt(receivable, attemptAt(receivable), LATER)).rejects.toThrow(
    'kept meeting',
  );
});

it('reads a number again after an answer that never came, and leaves no gap', async () => {
  const { stores, arm } = refusing('TransactWriteItems', 1, () => new Error('socket hang up'));
  const first = await issue(stores, accountOf('answered'));
  await open(stores, accountOf('unanswered'));
  const wanted = await issueOf(stores, 'unanswered');
  arm();
  await expect(stores.invoices.issueOnce(wanted)).rejects.toThrow('socket hang up');
  const { invoice } = await stores.invoices.issueOnce(wanted);
  expect(invoice?.sequence).toBe(first.invoice.sequence + 1);
});
