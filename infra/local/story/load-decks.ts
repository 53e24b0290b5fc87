import { sampleRateDecks } from '../sample/rate-decks.ts';
import { ApiClient, tokenFor } from './api-client.ts';
import type { Stage } from './cast-stories.ts';

/** Loads the sample's rate decks as a user would, by links from the API. Throws when one is refused. */
export async function loadRateDecks({ stack, apiUrl }: Stage): Promise<void> {
  const ops = new ApiClient(apiUrl, await tokenFor(stack, 'ops'));
  const decks = [...sampleRateDecks()].map(({ sellerId, deck, csv }) => ({
    path: `/sellers/${sellerId}/rate-decks/${deck}`,
    csv,
  }));
  for (const { path, csv } of decks) {
    const { url } = await ops.call<{ url: string }>('POST', path, { name: 'sample' });
    const uploaded = await fetch(url, { method: 'PUT', body: csv });
    if (!uploaded.ok) throw new Error(`Uploading a rate deck answered ${uploaded.status}: ${await uploaded.text()}`);
  }
  await stack.settle();
  for (const { path } of decks) {
    const { loaded } = await ops.get<{ loaded: boolean }>(`${path}/sample`);
    if (!loaded) throw new Error(`The sample’s rate deck ${path} was refused`);
  }
}
