import { describe, expect, it } from 'vitest';
import {
  currentPdf,
  invoiceDelivery,
  type Reissue,
  regenerationOf,
  type StoredPdf,
} from '../../shared/domain/delivery.ts';

it('an invoice is delivered once, by itself', () =>
  expect(invoiceDelivery('acme', '2026-12#cycle')).toEqual({
    ...{ accountId: 'acme', about: '2026-12#cycle', document: 'invoice', occurrence: 1 },
  }));

describe('the PDF to hand out', () => {
  const pdf: StoredPdf = { key: 'sent', sha256: 'a' };
  const copy = (key: string, inPlace?: true): Reissue => ({
    ...{ key, sha256: key, reason: 'lost', by: 'finn', at: '2026-12-10T09:00:00.000Z' },
    ...(inPlace && { inPlace }),
  });

  it.each([
    ['is none before there is one', undefined, undefined, undefined],
    ['is the one that was sent', pdf, undefined, 'sent'],
    ['is so though copies lie beside it', pdf, [copy('one')], 'sent'],
    ['is what stands in its place since it was lost', pdf, [copy('one', true), copy('two')], 'one'],
    ['is the last of those', pdf, [copy('one', true), copy('two', true), copy('three')], 'two'],
  ] as const)('%s', (_name, sent, reissues, key) => {
    expect(currentPdf({ ...(sent && { pdf: sent }), ...(reissues && { reissues }) })?.key).toBe(key);
  });
});

describe('a PDF that somebody wants made anew', () => {
  it.each([
    ['as-recorded', 'same', 'intact'],
    ['as-recorded', 'different', 'reissued'],
    ['missing', 'same', 'restored'],
    ['missing', 'different', 'reissued'],
    ['different', 'same', 'reissued'],
    ['different', 'different', 'reissued'],
  ] as const)('stored %s, made again %s: %s', (stored, madeAgain, outcome) => {
    expect(regenerationOf(stored, madeAgain)).toBe(outcome);
  });
});
