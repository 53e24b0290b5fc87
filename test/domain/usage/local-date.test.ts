import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateIn } from '../../../shared/domain/calendar.ts';
import { dayNumber, instantMillis, localDate, localMinute } from '../../../shared/domain/usage/local-date.ts';

describe('instants have one form', () => {
  it.each([
    '2026-12-01T05:00:00.000Z',
    '2026-01-31T23:59:59.999Z',
    '2028-02-29T00:00:00.001Z',
    '2000-02-29T12:34:56.789Z',
    '2026-06-30T10:20:30.040Z',
  ])('%s is read', (text) => {
    expect(instantMillis(text)).toBe(Date.parse(text));
  });

  it.each([
    '',
    '2026-12-01',
    '2026-12-01T05:00:00Z',
    '2026-12-01T05:00:00.000Z.',
    '2026-12-01T05:00:00.000',
    '2026-12-01T05:00:00.0000Z',
    '2026-12-01T05:00:00.000z',
    '2026-12-01 05:00:00.000Z',
    '2026-12-01T05:00:00,000Z',
    '2026/12/01T05:00:00.000Z',
    '2026-00-01T05:00:00.000Z',
    '2026-13-01T05:00:00.000Z',
    '2026-12-00T05:00:00.000Z',
    '2026-12-32T05:00:00.000Z',
    '2026-04-31T05:00:00.000Z',
    '2026-02-29T05:00:00.000Z',
    '2100-02-29T05:00:00.000Z',
    '2026-12-01T24:00:00.000Z',
    '2026-12-01T05:60:00.000Z',
    '2026-12-01T05:00:60.000Z',
    '2026-12-01T05:0a:00.000Z',
    '2026-12-01T0:00:00.0000Z',
    '2026-12-01T05:0/:00.000Z',
  ])('%j is not', (text) => {
    expect(instantMillis(text)).toBeNaN();
  });

  it('reads what a date prints', () => {
    const date = fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, (of) => {
        expect(instantMillis(of.toISOString())).toBe(of.getTime());
      }),
    );
  });
});

describe('R93: the date that counts is the one in the time zone of the seller', () => {
  it.each([
    ['America/New_York', '2026-12-01T04:59:59.999Z', '2026-11-30'],
    ['America/New_York', '2026-12-01T05:00:00.000Z', '2026-12-01'],
    ['America/New_York', '2026-07-01T03:59:59.999Z', '2026-06-30'],
    ['America/New_York', '2026-07-01T04:00:00.000Z', '2026-07-01'],
    ['Asia/Kathmandu', '2026-11-30T18:14:59.999Z', '2026-11-30'],
    ['Asia/Kathmandu', '2026-11-30T18:15:00.000Z', '2026-12-01'],
    ['Australia/Lord_Howe', '2026-11-30T12:59:59.999Z', '2026-11-30'],
    ['Australia/Lord_Howe', '2026-11-30T13:00:00.000Z', '2026-12-01'],
    ['UTC', '2026-12-01T00:00:00.000Z', '2026-12-01'],
  ])('in %s it is at %s %s', (zone, instant, date) => {
    expect(localDate(instantMillis(instant), zone)).toMatchObject({ date, day: dayNumber(date) });
  });

  it.each([
    ['America/New_York', '2026-12-01T04:59:59.999Z', '2026-11-30', 23 * 60 + 59],
    ['America/New_York', '2026-11-01T05:30:00.000Z', '2026-11-01', 60 + 30],
    ['America/New_York', '2026-11-01T06:30:00.000Z', '2026-11-01', 60 + 30],
    ['Asia/Kathmandu', '2026-11-30T18:16:00.000Z', '2026-12-01', 1],
    ['Australia/Lord_Howe', '2026-04-04T15:10:00.000Z', '2026-04-05', 60 + 40],
    ['UTC', '1969-12-31T23:59:00.000Z', '1969-12-31', 23 * 60 + 59],
  ])('in %s the clock shows at %s: %s, minute %i', (zone, instant, date, minute) => {
    expect(localMinute(instantMillis(instant), zone)).toMatchObject({ date, minute });
  });

  it('agrees with the calendar at every moment, also around changes of the clock', () => {
    const zone = fc.constantFrom('America/St_Johns', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC');
    const date = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(zone, date, (of, moment) => {
        expect(localDate(moment.getTime(), of).date).toBe(dateIn(moment.toISOString(), of));
      }),
      { numRuns: 1000 },
    );
  });

  it('a date as a number sorts like the date', () => {
    expect(dayNumber('2026-12-01')).toBe(20261201);
  });
});
