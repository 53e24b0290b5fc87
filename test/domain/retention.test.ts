import { describe, expect, it } from 'vitest';
import { readStage } from '../../infra/stage.ts';
import { keptUntil, RETENTION_LAWS, retentionLaw } from '../../shared/domain/retention.ts';

describe('an invoice is kept', () => {
  it.each([
    ['DE', '2024-12-31', '2034-12-31', 'ten years from the end of its year, before 2025'],
    ['DE', '2025-01-01', '2033-12-31', 'eight since'],
    ['DE', '2026-12-01', '2034-12-31', 'eight, from the end of 2026'],
    ['AT', '2026-01-01', '2033-12-31', 'seven, from the end of 2026'],
    ['AT', '2026-12-01', '2034-12-31', 'seven, from the end of 2027, in which its financial year may end'],
    [
      'IE',
      '2026-12-01',
      '2033-11-30',
      'six, by company law from the end of a financial year that may have begun with it',
    ],
    ['GB', '2026-12-01', '2033-11-30', 'the same by tax law'],
    ['CA', '2026-12-01', '2033-11-30', 'the same'],
    ['AU', '2026-12-01', '2034-11-30', 'seven, by company law, from when the last of it may have been paid'],
    ['US', '2026-12-01', '2034-11-30', 'seven, from the end of its financial year'],
    ['LU', '2026-12-01', '2037-11-30', 'ten, by commercial law'],
    ['BE', '2026-12-01', '2036-12-31', 'ten, from the end of its year'],
    ['PT', '2026-12-01', '2036-12-31', 'ten calendar years'],
    ['FR', '2026-12-01', '2037-11-30', 'ten'],
    ['GB', '2028-02-29', '2035-02-28', 'to the last day of February, where the year has no 29th'],
  ])('in %s of %s until %s: %s', (country, date, until) => expect(keptUntil(country, date)).toBe(until));

  it('by a law that is on file for every seller of the sample and the example', () => {
    for (const stage of ['local', 'example'])
      for (const { address } of readStage(stage).sellers)
        expect(retentionLaw(address.country, '2026-12-01')).toBeDefined();
  });

  it('for no time that nobody knows: a country without a law on file is refused', () => {
    expect(retentionLaw('JP', '2026-12-01')).toBeUndefined();
    expect(() => keptUntil('JP', '2026-12-01')).toThrow('No law on keeping invoices is on file for JP');
  });

  it('by laws that each name themselves, one after the other', () => {
    for (const laws of Object.values(RETENTION_LAWS)) {
      expect(laws.map(({ from }) => from)).toEqual(laws.map(({ from }) => from).toSorted());
      for (const { law } of laws) expect(law.length).toBeGreaterThan(5);
    }
  });
});
