import { isMistake, STRAY_NUMBER } from '../sample/mistakes.ts';
import { sampleTelecom } from '../sample/telecom.ts';
import { ApiClient, tokenFor } from './api-client.ts';
import type { Stage } from './cast-stories.ts';
import { sellersOf } from './report.ts';

interface OpenException {
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly field: string;
  readonly reason: string;
  readonly recordId?: string;
}

/** Whose switch wrote what is meant to be wrong. */
const SELLER = 'northwind-us';

/**
 * What could not be counted waits for a person: it is looked at, the cause of one is mended, and it is tried again. The
 * others stay open.
 */
export async function reviewUsage(
  stage: Stage,
  sample: { readonly accounts: number; readonly seed: number; readonly month: string },
  month: string,
): Promise<void> {
  const { stack, apiUrl, say } = stage;
  const ops = new ApiClient(apiUrl, await tokenFor(stack, 'ops'));
  const open = await openExceptions(ops, SELLER);
  if (open.length === 0) return;
  say(`${open.length} records of ${SELLER} could not be counted. None is rated at zero; they wait for a person:`);
  for (const { code, line, field, reason } of open)
    say(`  line ${line}: ${code}${field === '' ? '' : `, field ${field}`} — ${reason}`);
  const stray = open.find(({ code }) => code === 'unknown_number');
  const owner = [...sampleTelecom(sample)].find(
    ({ sellerId, numbers }) => sellerId === SELLER && numbers !== undefined,
  );
  if (stray !== undefined && owner !== undefined) {
    const staff = new ApiClient(apiUrl, await tokenFor(stack, 'staff'));
    const number = { number: STRAY_NUMBER, from: `${month}-01` };
    await staff.call('POST', `/accounts/${owner.accountId}/numbers`, number);
    await ops.call('POST', `/sellers/${SELLER}/usage-exceptions/replay`, { code: stray.code });
    await stack.settle();
    const left = (await openExceptions(ops, SELLER)).length;
    say(`  … ${STRAY_NUMBER} is given to ${owner.name}, and what was unknown is tried again: ${left} are left.`);
  }
  say(`  They stay in: npm run ops -- usage-exceptions ${SELLER}`);
}

/** A sentence for each seller that has open exceptions which the sample did not mean. */
export async function unexpectedUsage({ stack, apiUrl }: Stage): Promise<string[]> {
  const ops = new ApiClient(apiUrl, await tokenFor(stack, 'ops'));
  const sentences: string[] = [];
  for (const sellerId of sellersOf(stack)) {
    const unexpected = (await openExceptions(ops, sellerId)).filter(({ recordId }) => !isMistake(recordId));
    const [first] = unexpected;
    if (first === undefined) continue;
    const where = `${first.file}, line ${first.line}: ${first.code} — ${first.reason}`;
    sentences.push(`${sellerId} has ${unexpected.length} records that could not be counted. The first: ${where}`);
  }
  return sentences;
}

async function openExceptions(ops: ApiClient, sellerId: string): Promise<OpenException[]> {
  const open: OpenException[] = [];
  for await (const each of ops.pages<OpenException>(`/sellers/${sellerId}/usage-exceptions`, 'exceptions'))
    open.push(each);
  return open;
}
