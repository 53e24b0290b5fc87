import { describe, expect, it } from 'vitest';
import {
  countryOf,
  inPlanOf,
  isEmergency,
  isNorthAmericanPremium,
  isTollFree,
  isUniversalFreephone,
} from '../../../shared/domain/usage/numbering.ts';

const areas = (text: string): string[] => text.split(' ');
const of = (area: string): string | undefined => countryOf(`+1${area}5550123`);

describe('§2.6: +1 is not a country', () => {
  it.each(
    areas(
      '204 226 236 249 250 257 263 273 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 450 468 474 506 ' +
        '514 519 548 579 581 584 587 604 613 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 ' +
        '942 600 622 633',
    ),
  )('area code %s is Canadian', (area) => {
    expect(of(area)).toBe('CA');
  });

  it.each([
    ['AG', '268'],
    ['AI', '264'],
    ['AS', '684'],
    ['BB', '246'],
    ['BM', '441'],
    ['BS', '242'],
    ['DM', '767'],
    ['DO', '809 829 849'],
    ['GD', '473'],
    ['GU', '671'],
    ['JM', '658 876'],
    ['KN', '869'],
    ['KY', '345'],
    ['LC', '758'],
    ['MP', '670'],
    ['MS', '664'],
    ['PR', '787 939'],
    ['SX', '721'],
    ['TC', '649'],
    ['TT', '868'],
    ['VC', '784'],
    ['VG', '284'],
    ['VI', '340'],
  ])('%s has the area codes %s', (country, codes) => {
    expect(areas(codes).map(of)).toEqual(areas(codes).map(() => country));
  });

  it.each(areas('201 205 212 310 312 415 512 646 702 808 907 983 989'))('area code %s is in the US', (area) => {
    expect(of(area)).toBe('US');
  });

  it.each(areas('800 833 844 855 866 877 888 822 900 700 500 533'))('area code %s is in no one country', (area) => {
    expect(of(area)).toBeUndefined();
  });
});

describe('R108: the country of a number is that of its longest known prefix', () => {
  it.each([
    ['+78755500123', 'RU'],
    ['+74955550123', 'RU'],
    ['+77015550123', 'KZ'],
    ['+76015550123', 'KZ'],
    ['+442075550123', 'GB'],
    ['+447700900123', 'GB'],
    ['+447700300123', 'JE'],
    ['+441534555012', 'JE'],
    ['+447797555012', 'JE'],
    ['+441481555012', 'GG'],
    ['+447781555012', 'GG'],
    ['+447911155012', 'GG'],
    ['+447911255012', 'GB'],
    ['+441624555012', 'IM'],
    ['+447624555012', 'IM'],
    ['+447457655501', 'IM'],
    ['+590590555012', 'GP'],
    ['+590590275501', 'BL'],
    ['+590590875501', 'MF'],
    ['+262262555012', 'RE'],
    ['+262269555012', 'YT'],
    ['+262639555012', 'YT'],
    ['+59995550123', 'CW'],
    ['+5997175501', 'BQ'],
    ['+5993185501', 'BQ'],
    ['+5994165501', 'BQ'],
    ['+61255501234', 'AU'],
    ['+61891645501', 'CX'],
    ['+61891625501', 'CC'],
    ['+4721555012', 'NO'],
    ['+4779555012', 'SJ'],
    ['+358955501', 'FI'],
    ['+35818555012', 'AX'],
    ['+390655501234', 'IT'],
    ['+390669855501', 'VA'],
    ['+212522555012', 'MA'],
    ['+212528855501', 'EH'],
    ['+29022555', 'SH'],
    ['+2908555', 'TA'],
    ['+672355501', 'NF'],
    ['+672155501', 'AQ'],
    ['+4930555012', 'DE'],
    ['+35315550123', 'IE'],
    ['+3725550123', 'EE'],
    ['+525555501234', 'MX'],
    ['+8615555501234', 'CN'],
  ])('%s: %s', (number, country) => {
    expect(countryOf(number)).toBe(country);
  });

  it.each(['+8705550123', '+8815550123', '+8835550123', '+80055501234', '+9795550123', '+2105550123', '+4', '+'])(
    '%s belongs to no country',
    (number) => {
      expect(countryOf(number)).toBeUndefined();
    },
  );
});

describe('R107, R132: toll-free numbers', () => {
  it.each([
    ...areas('800 822 833 844 855 866 877 888').map((area) => `+1${area}5550123`),
    '+611800555012',
    '+611300555012',
    '+448005550123',
    '+448085550123',
    '+498005550123',
    '+3531800555012',
    '+80055501234',
  ])('%s is one', (number) => {
    expect(isTollFree(number)).toBe(true);
  });

  it.each([
    '+12125550123',
    '+18105550123',
    '+18995550123',
    '+19005550123',
    '+61180555012',
    '+61255501234',
    '+448445550123',
    '+498105550123',
    '+35318005501',
    '+80855501234',
  ])('%s is none', (number) => {
    expect(isTollFree(number)).toBe(false);
  });

  it('+800 is free from everywhere, +44 800 is not', () => {
    expect(isUniversalFreephone('+80055501234')).toBe(true);
    expect(isUniversalFreephone('+448005550123')).toBe(false);
    expect(isUniversalFreephone('+80855501234')).toBe(false);
  });
});

describe('§2.6: premium numbers of North America', () => {
  it.each([
    ['+19005550123', true],
    ['+12129760123', true],
    ['+12125550976', false],
    ['+19765550123', false],
    ['+12125550900', false],
    ['+4490097601', false],
    ['+4412976555', false],
  ])('%s: %s', (number, premium) => {
    expect(isNorthAmericanPremium(number)).toBe(premium);
  });
});

describe('the numbering plan of a country', () => {
  it.each([
    ['+17875550123', 'US', true],
    ['+17875550123', 'PR', true],
    ['+12125550123', 'CA', true],
    ['+12125550123', 'DE', false],
    ['+78755500123', 'US', false],
    ['+77015550123', 'KZ', true],
    ['+441534555012', 'JE', true],
    ['+448005550123', 'GB', true],
    ['+390669855501', 'VA', true],
    ['+611800555012', 'AU', true],
    ['+35818555012', 'AX', true],
    ['+4930555012', 'XX', false],
  ])('%s in that of %s: %s', (number, country, inside) => {
    expect(inPlanOf(number, country)).toBe(inside);
  });
});

describe('§2.6: emergency numbers are what is dialled, by country', () => {
  it.each([
    ['911', 'US', true],
    ['112', 'US', true],
    ['999', 'US', false],
    ['000', 'US', false],
    ['911', 'CA', true],
    ['999', 'GB', true],
    ['112', 'GB', true],
    ['999', 'IE', true],
    ['112', 'DE', true],
    ['110', 'DE', true],
    ['999', 'DE', false],
    ['000', 'AU', true],
    ['106', 'AU', true],
    ['112', 'AU', true],
    ['112', 'FR', true],
    ['9115', 'US', false],
    ['+911', 'US', false],
    ['+112', 'DE', false],
  ])('%s dialled by a customer in %s: %s', (dialled, country, emergency) => {
    expect(isEmergency(dialled, country)).toBe(emergency);
  });
});
