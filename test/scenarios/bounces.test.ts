import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customer } from '../support/customers.ts';
import { World } from '../support/world.ts';

const SELLER = 'northwind-uk';
const since = '2026-11-01';

interface ShownRecipients {
  readonly recipients: readonly { readonly email: string; readonly undeliverable?: { readonly reason: string } }[];
  readonly services: string;
  readonly version: number;
  readonly handedOver?: { readonly because: string };
}
interface Unreached {
  readonly deliveries: readonly { readonly accountId: string; readonly document: string }[];
}

const withRecipients = (accountId: string, ...emails: readonly string[]) => ({
  ...customer(accountId, 'GB', { since, card: 'pm_card_visa' }),
  recipients: emails.map((email, index) => ({ email, main: index === 0 })),
});

/** The invoice of 1 November is due on the 16th: reminders on the 17th and 23rd, notice on the 26th, suspension on 1 December. */
describe('mails that come back, with every message twice and out of order', () => {
  let world: World;
  /** Addresses that exist no more; SES accepts their mails and tells later. */
  const gone = new Set<string>();

  beforeAll(async () => {
    world = await World.start('2026-10-30T06:00:00.000Z', {
      disturbance: { duplicate: true, shuffleSeed: 11 },
      bounce: (address) => gone.has(address),
    });
    await world.create(
      withRecipients('one-of-two', 'bounce-1@one-of-two.example', 'ben@one-of-two.example'),
      withRecipients('complains', 'complaint@complains.example', 'ann@complains.example'),
      withRecipients('nobody', 'bounce-2@nobody.example', 'bounce-3@nobody.example'),
      withRecipients('moves-out', 'anna@moves-out.example'),
    );
    world.goTo('2026-11-01');
    await world.run(SELLER);
  });
  afterAll(() => world?.stop());

  const day = async (date: string): Promise<void> => {
    world.goTo(date);
    await world.sweep();
  };
  const shown = async (accountId: string): Promise<ShownRecipients> =>
    (await world.as('staff')).get(`/accounts/${accountId}`);
  const reasons = async (accountId: string) =>
    (await shown(accountId)).recipients.map(({ undeliverable }) => undeliverable?.reason);
  const unreached = async (): Promise<string[]> => {
    const { deliveries } = await (await world.as('finance')).get<Unreached>(`/sellers/${SELLER}/unreached?limit=100`);
    return deliveries.map(({ accountId, document }) => `${accountId} ${document}`).sort();
  };

  it('stop the address that bounced or complained, and no other', async () => {
    expect(await reasons('one-of-two')).toEqual(['bounced', undefined]);
    expect(await reasons('complains')).toEqual(['complained', undefined]);
    expect(await reasons('moves-out')).toEqual([undefined]);
  });

  it('are on finance’s list when nobody at all was reached', async () => {
    expect(await unreached()).toEqual(['nobody invoice']);
  });

  it('are in the audit log: whose address stopped, since when and why', async () => {
    const [entry] = (await world.auditLog('one-of-two')).filter(
      ({ what, action, changes }) =>
        what === 'account' && action === 'changed' && changes.some(({ field }) => field === 'recipients'),
    );
    expect(entry?.by).toMatchObject({ by: 'follow-mail' });
    expect(JSON.stringify(entry?.changes)).toContain('user unknown');
  });

  it('have the reminders go to the others only', async () => {
    await day('2026-11-17');
    expect(world.mailsTo('bounce-1@one-of-two.example')).toHaveLength(1);
    expect(world.mailsTo('ben@one-of-two.example')).toHaveLength(2);
    expect(world.mailsTo('complaint@complains.example')).toHaveLength(1);
    expect(world.mailsTo('bounce-2@nobody.example')).toHaveLength(1);
    expect(await unreached()).toEqual(['nobody invoice', 'nobody reminder-1']);
  });

  it('cut nobody whom the final notice did not reach, also when it came back after it was sent', async () => {
    await day('2026-11-23');
    gone.add('anna@moves-out.example');
    await day('2026-11-26');
    expect(await reasons('moves-out')).toEqual(['bounced']);
    expect(await unreached()).toContain('moves-out final-notice');
    await day('2026-12-01');
    for (const accountId of ['nobody', 'moves-out'])
      expect(await shown(accountId)).toMatchObject({ services: 'active', handedOver: { because: 'undeliverable' } });
    expect(await shown('one-of-two')).toMatchObject({ services: 'suspended' });
    expect(await shown('complains')).toMatchObject({ services: 'suspended' });
  });

  it('end when the customer confirms the address: SES, too, mails to it again', async () => {
    gone.delete('anna@moves-out.example');
    const admin = await world.as('billing-admin', 'moves-out');
    const { version } = await shown('moves-out');
    const recipients = [{ email: 'anna@moves-out.example', main: true, confirm: true }];
    await admin.call('PUT', '/accounts/moves-out/recipients', recipients, { 'if-match': String(version) });
    const before = world.mailsTo('anna@moves-out.example').length;
    await world.run(SELLER);
    expect(world.mailsTo('anna@moves-out.example')).toHaveLength(before + 1);
    expect(await reasons('moves-out')).toEqual([undefined]);
  });
});
