import { inParallel } from '../aws/concurrency.ts';
import type { BillingInput } from '../domain/account.ts';
import type { OwnedNumber } from '../domain/number-owner.ts';
import type { NumberStore } from '../ports.ts';

const AT_ONCE = 8;

/** Gives an account the numbers it came with; those it has already stay as they are. */
export const addNumbers = (
  store: Pick<NumberStore, 'addNumber'>,
  { input, numbers }: { readonly input: BillingInput; readonly numbers: readonly OwnedNumber[] },
): Promise<void> =>
  inParallel(numbers, AT_ONCE, async (owned) => {
    await store.addNumber(input.account, owned);
  });
