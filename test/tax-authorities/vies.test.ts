import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startVies, type Vies, type ViesBehaviour } from '../../infra/local/vies/vies.ts';
import { viesAuthority } from '../../shared/tax-authorities/vies.ts';

/** The adapter over HTTP, against the local service. */
const AT = '2026-12-01T09:30:00.000Z';
const ID = 'DE999000009';
let vies: Vies;

beforeAll(async () => {
  vies = await startVies({ now: () => new Date(AT) });
});
afterAll(() => vies.stop());
beforeEach(() => vies.behaviours.clear());

const ask = (behaviour: ViesBehaviour, requester?: string) => {
  vies.behaviours.set(ID, behaviour);
  return viesAuthority({ base: vies.url, timeoutMs: 2_000 }).validate(ID, AT, requester);
};
const unavailable = (reason: string) => ({ kind: 'unavailable', authority: 'VIES', reason });

describe('a VAT ID that VIES is asked about (C14)', () => {
  it.each([
    ['valid', true],
    ['invalid', false],
  ] as const)('is %s, as of the day of the answer', async (kind, valid) => {
    expect(await ask({ kind })).toEqual({ kind: 'answered', authority: 'VIES', valid, at: AT });
  });

  it('brings the number of the enquiry when the seller says who it is', async () => {
    expect(await ask({ kind: 'valid' }, 'IE4320346LH')).toMatchObject({
      reference: expect.stringMatching(/^WAPI\d+$/),
    });
    expect(vies.requests.at(-1)).toEqual({
      countryCode: 'DE',
      vatNumber: '999000009',
      requesterMemberStateCode: 'IE',
      requesterNumber: '4320346LH',
    });
  });

  it('that cannot be one for VIES is invalid', async () => {
    expect(await ask({ kind: 'fault', error: 'INVALID_INPUT', status: 400 })).toMatchObject({
      kind: 'answered',
      valid: false,
    });
  });

  it.each([
    'MS_UNAVAILABLE',
    'TIMEOUT',
    'SERVICE_UNAVAILABLE',
    'MS_MAX_CONCURRENT_REQ',
    'GLOBAL_MAX_CONCURRENT_REQ',
    'VAT_BLOCKED',
    'IP_BLOCKED',
    'INVALID_REQUESTER_INFO',
  ])('is neither valid nor invalid when VIES says %s', async (error) => {
    expect(await ask({ kind: 'fault', error })).toEqual(unavailable(error));
    expect(await ask({ kind: 'fault', error, status: 500 })).toEqual(unavailable(error));
  });

  const answer = (fields: object) =>
    JSON.stringify({ countryCode: 'DE', vatNumber: '999000009', valid: true, ...fields });
  it.each<[string, ViesBehaviour, string]>([
    ['there is no answer in time', { kind: 'silence' }, 'timeout'],
    ['the connection breaks', { kind: 'drop' }, 'no connection'],
    [
      'a page of a proxy comes instead',
      { kind: 'text', status: 200, text: '<html>busy</html>' },
      'status 200, not understood',
    ],
    [
      'the answer has another form',
      { kind: 'text', status: 200, text: '{"valid":"yes"}' },
      'status 200, not understood',
    ],
    ['the status says that it failed', { kind: 'text', status: 502, text: answer({}) }, 'status 502, not understood'],
    [
      'the answer is about another number',
      { kind: 'text', status: 200, text: answer({ vatNumber: '1' }) },
      'an answer about another number',
    ],
    [
      'the answer says that the member state gave none',
      { kind: 'text', status: 200, text: answer({ valid: false, userError: 'MS_UNAVAILABLE' }) },
      'MS_UNAVAILABLE',
    ],
  ])('is neither valid nor invalid when %s', async (_name, behaviour, reason) => {
    expect(await ask(behaviour)).toEqual(unavailable(reason));
  });

  it('is neither valid nor invalid when nobody is there', async () => {
    const nobody = viesAuthority({ base: 'http://127.0.0.1:9', timeoutMs: 300 });
    expect(await nobody.validate(ID, AT)).toEqual(unavailable('no connection'));
  });
});
