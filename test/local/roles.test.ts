import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PolicyStatement } from '../../infra/local/gateway/iam.ts';
import { customer } from '../support/customers.ts';
import { World } from '../support/world.ts';

const SELLER = 'northwind-au';

/** The statements of one function's role without one action. */
const without = (functionName: string, action: string) => (name: string, statements: readonly PolicyStatement[]) =>
  name === functionName
    ? statements.map((statement) => ({
        ...statement,
        ...(statement.Action && { Action: [statement.Action].flat().filter((each) => each !== action) }),
      }))
    : statements;

interface Letter {
  readonly queue: string;
  readonly accountId: string;
  readonly reason: string;
}

describe('each function may do what its role grants and nothing else', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start('2026-11-30T06:00:00.000Z', {
      disturbance: { impatient: true },
      changeRole: without('deliver-invoice', 's3:PutObject'),
    });
    await world.create(customer('roles', 'AU', { since: '2026-12-01', autopay: 'pm_card_visa' }));
    world.goTo('2026-12-01');
    await world.run(SELLER);
  });
  afterAll(() => world?.stop());

  it('with a grant taken away the function fails as it would on AWS, and the work ends as a dead letter with the reason', async () => {
    const ops = await world.as('ops');
    const { deadLetters } = await ops.get<{ deadLetters: Letter[] }>('/dead-letters?status=open');
    expect(deadLetters).toMatchObject([{ queue: 'deliveries', accountId: 'roles' }]);
    expect(deadLetters[0]?.reason).toMatch(/AccessDenied/);
  });

  it('what does not need the grant goes on: the invoice is issued and paid, and no mail went out without its PDF', async () => {
    const [invoice] = await world.invoices('roles');
    expect(invoice).toMatchObject({ status: 'paid', due: 0 });
    expect(world.mailsTo('billing@roles.example')).toEqual([]);
  });
});
