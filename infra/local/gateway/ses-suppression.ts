import { Refusal } from './refusal.ts';
import type { SuppressionList } from './suppressions.ts';
import type { Asked, Incoming, Reply } from './wire.ts';

const PATH = '/v2/email/suppression/addresses/';

/** Version 2 of SES's API goes by paths; version 1 has one. */
export const isVersion2 = ({ path }: Pick<Incoming, 'path'>): boolean => path.startsWith('/v2/');

/** `DeleteSuppressedDestination`: the one call of version 2 that is made. Throws a `Refusal` for any other. */
export function suppressionCall({ method, path }: Incoming, list: SuppressionList, arn: string): Asked {
  if (method !== 'DELETE' || !path.startsWith(PATH))
    throw new Refusal('InvalidAction', `The gateway has no call ${method} ${path} of SES.`);
  const address = decodeURIComponent(path.slice(PATH.length));
  return {
    action: 'DeleteSuppressedDestination',
    resource: `${arn}:*`,
    // The action has no resources: only a statement about "*" allows it.
    needs: [{ action: 'ses:DeleteSuppressedDestination', resource: '*' }],
    perform: async (): Promise<Reply> =>
      list.remove(address)
        ? { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' }
        : {
            status: 404,
            headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'NotFoundException' },
            body: JSON.stringify({ message: `Email address ${address} does not exist on your suppression list.` }),
          },
  };
}
