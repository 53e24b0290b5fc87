import { entity, type Item } from '../../../shared/aws/table.ts';
import type { Account } from '../../../shared/domain/account.ts';
import type { DeadLetter } from '../../../shared/domain/dead-letter.ts';
import type { PaymentMethod } from '../../../shared/domain/payment-method.ts';
import type { Receivable } from '../../../shared/domain/receivable.ts';
import type { World } from './world.ts';

/** The table as somebody sees it who can look at everything at once. */
export class Files {
  readonly #world: Pick<World, 'memory'>;

  constructor(world: Pick<World, 'memory'>) {
    this.#world = world;
  }

  account(accountId: string): Account {
    return entity<Account>(this.#world.memory.item({ pk: `ACCOUNT#${accountId}`, sk: 'PROFILE' })!);
  }

  methods(accountId: string): PaymentMethod[] {
    return this.under(accountId, 'PROFILE#METHOD#');
  }

  receivables(accountId: string): Receivable[] {
    return this.under(accountId, 'RECEIVABLE#');
  }

  openDeadLetters(): DeadLetter[] {
    return this.#all(({ pk }) => String(pk).startsWith('DEADLETTERS#'))
      .map((item) => entity<DeadLetter>(item))
      .filter(({ status }) => status === 'open');
  }

  /** What an account has of a kind, in the order of its keys. */
  under<T>(accountId: string, prefix: string): T[] {
    return this.#all(({ pk, sk }) => pk === `ACCOUNT#${accountId}` && String(sk).startsWith(prefix)).map((item) =>
      entity<T>(item),
    );
  }

  #all(which: (item: Item) => boolean): Item[] {
    return this.#world.memory
      .items()
      .filter(which)
      .sort((a, b) => (`${a.pk}${a.sk}` < `${b.pk}${b.sk}` ? -1 : 1));
  }
}
