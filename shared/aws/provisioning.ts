import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Provisioning } from '../ports.ts';

/** Where these events come from; whoever switches services on and off has a rule for it. */
const SOURCE = 'telecom-billing';

/** Tells the telecom's provisioning by an event on a bus. Throws when the bus did not take it. */
export function createProvisioning(
  { eventBusName }: { readonly eventBusName: string },
  client = new EventBridgeClient({}),
): Provisioning {
  return {
    async announce({ action, eventId, ...detail }) {
      const { FailedEntryCount, Entries } = await client.send(
        new PutEventsCommand({
          Entries: [
            {
              EventBusName: eventBusName,
              Source: SOURCE,
              DetailType: `services.${action}`,
              Detail: JSON.stringify({ eventId, ...detail }),
            },
          ],
        }),
      );
      if (FailedEntryCount) throw new Error(`EventBridge did not take ${eventId}: ${Entries?.[0]?.ErrorCode}`);
    },
  };
}
