import { describe, expect, it } from 'vitest';
import { classifyCall } from '../../../shared/domain/usage/classify.ts';
import { buildDeck } from '../../../shared/domain/usage/rate-deck.ts';
import { deckRow } from '../../support/usage.ts';

const premium = buildDeck(
  [
    deckRow('1787', 'PR', 90_000, { from: '2026-01-01', to: '2026-11-30' }),
    deckRow('1939', 'PR', 90_000),
    deckRow('1712432', 'Conference bridges', 50_000),
    deckRow('449', 'Premium rate', 900_000),
  ],
  'USD',
);
const of = (direction: 'inbound' | 'outbound' | 'internal', called: string, country: string, day = 20261110) =>
  classifyCall({ direction, called }, country, premium, day);

describe('§2.6, R105–R108: what an outbound call is, from the country of the billing address', () => {
  it.each([
    ['R105, C16: Puerto Rico from the US', '+17875550123', 'US', 'domestic-premium'],
    ['R105: +1 787 555… of the guide', '+17875550123', 'US', 'domestic-premium'],
    ['R105: Puerto Rico, second area code', '+19395550123', 'US', 'domestic-premium'],
    ['C16: +7 875 55…, which is Russia', '+78755500123', 'US', 'international'],
    ['R105: a high-cost exchange', '+17124320123', 'US', 'domestic-premium'],
    ['its neighbour', '+17124330123', 'US', 'domestic'],
    ['§2.6: area code 900 without a row in the deck', '+19005550123', 'US', 'domestic-premium'],
    ['§2.6: exchange 976', '+12129760123', 'US', 'domestic-premium'],
    ['exchange 976 of Canada, from Canada', '+14169760123', 'CA', 'domestic-premium'],
    ['exchange 976 from Germany', '+12129760123', 'DE', 'international'],
    ['C16: Puerto Rico from Germany', '+17875550123', 'DE', 'international'],
    ['R105: UK premium rate from the UK', '+449095550123', 'GB', 'domestic-premium'],
    ['UK premium rate from the US', '+449095550123', 'US', 'international'],
    ['R108: US from the US', '+13125550123', 'US', 'domestic'],
    ['R108: Canada from the US', '+14165550123', 'US', 'international'],
    ['R108: US from Canada', '+13125550123', 'CA', 'international'],
    ['R108: Canada from Canada', '+14165550123', 'CA', 'domestic'],
    ['R108: Jamaica from the US', '+18765550123', 'US', 'international'],
    ['R108: Guam from the US', '+16715550123', 'US', 'international'],
    ['R108: Jersey from the UK', '+441534555012', 'GB', 'international'],
    ['R108: UK from Jersey', '+442075550123', 'JE', 'international'],
    ['R108: Kazakhstan from Russia', '+77015550123', 'RU', 'international'],
    ['R108: Germany from Germany', '+4930555012', 'DE', 'domestic'],
    ['satellites', '+8815550123', 'US', 'international'],
    ['§2.6: toll-free from the US', '+18005550123', 'US', 'toll-free-outbound'],
    ['§2.6: North American toll-free from Canada', '+18885550123', 'CA', 'toll-free-outbound'],
    ['German freephone from Germany', '+498005550123', 'DE', 'toll-free-outbound'],
    ['universal freephone from anywhere', '+80055501234', 'US', 'toll-free-outbound'],
    ['UK freephone from the US, where it is not free', '+448005550123', 'US', 'international'],
    ['North American toll-free from Germany', '+18005550123', 'DE', 'international'],
    ['911', '911', 'US', 'emergency'],
    ['999', '999', 'GB', 'emergency'],
    ['000', '000', 'AU', 'emergency'],
    ['112', '112', 'DE', 'emergency'],
  ] as const)('%s: %s from %s is %s', (_, called, country, expected) => {
    expect(of('outbound', called, country)).toBe(expected);
  });

  it('a premium prefix counts only while a rate of it is in force', () => {
    expect(of('outbound', '+17875550123', 'US', 20261130)).toBe('domestic-premium');
    expect(of('outbound', '+17875550123', 'US', 20261201)).toBe('international');
    expect(of('outbound', '+17875550123', 'US', 20251231)).toBe('international');
  });
});

describe('§2.6, R106, R107, C17: what inbound and internal calls are', () => {
  it.each([
    ['R106: extension to extension', 'internal', '101', 'US', 'internal'],
    ['R106: internal comes before emergency', 'internal', '911', 'US', 'internal'],
    ['R106: internal comes before toll-free', 'internal', '+18005550123', 'US', 'internal'],
    ['R107, C17: inbound to our toll-free number', 'inbound', '+18005550123', 'US', 'toll-free-inbound'],
    ['R107: inbound to our Australian 1300 number', 'inbound', '+611300555012', 'AU', 'toll-free-inbound'],
    ['R107: inbound to a UK freephone number of a US customer', 'inbound', '+448005550123', 'US', 'toll-free-inbound'],
    ['inbound to an ordinary number', 'inbound', '+12125550100', 'US', 'inbound'],
    ['inbound to a number in Puerto Rico, where outbound is premium', 'inbound', '+17875550123', 'US', 'inbound'],
    ['inbound to a Dublin number that begins like a freephone', 'inbound', '+35318005501', 'IE', 'inbound'],
  ] as const)('%s', (_, direction, called, country, expected) => {
    expect(of(direction, called, country)).toBe(expected);
  });
});
