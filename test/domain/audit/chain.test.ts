import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Anchor, type ChainedEntry, chained, genesis, verifyChain } from '../../../shared/domain/audit/chain.ts';
import type { AuditEntry } from '../../../shared/domain/audit/entry.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

const entry = fc.record({
  id: fc.uuid(),
  at: fc.constant('2026-12-01T09:00:00.000Z'),
  what: fc.constantFrom('account', 'payment-method', 'access'),
  action: fc.constantFrom('added', 'changed', 'removed'),
  by: fc.record({ by: fc.string() }),
  changes: fc.array(fc.record({ field: fc.string(), before: fc.jsonValue(), after: fc.jsonValue() }), { maxLength: 3 }),
}) as fc.Arbitrary<AuditEntry>;
const written = fc
  .uniqueArray(entry, { minLength: 2, maxLength: 8, selector: ({ id }) => id })
  .map((entries) => chained(genesis('acme', digest), entries, digest));
const at = fc.nat();
const anchorAt = (chain: readonly ChainedEntry[], sequence: number): Anchor => ({
  date: '2026-12-01',
  sequence,
  hash: chain[sequence - 1]!.hash,
});
const verify = (chain: readonly ChainedEntry[], anchors: readonly Anchor[] = []) =>
  verifyChain('acme', chain, anchors, digest);

describe('a chain', () => {
  it('is sound as it was written, also when it was appended to in several parts and went through storage', () => {
    fc.assert(
      fc.property(written, at, (chain, n) => {
        const cut = n % chain.length;
        const head = cut === 0 ? genesis('acme', digest) : chain[cut - 1]!;
        const rest = chain.slice(cut).map(({ sequence: _s, hash: _h, ...content }) => content);
        const again = [...chain.slice(0, cut), ...chained(head, rest, digest)];
        const stored = JSON.parse(JSON.stringify(again)) as ChainedEntry[];
        const last = chain.at(-1)!;
        expect(verify(stored, [anchorAt(chain, chain.length)])).toEqual({
          head: { sequence: last.sequence, hash: last.hash },
          anchorsMet: 1,
        });
      }),
    );
  });

  const found = (name: string, tamper: (chain: ChainedEntry[], place: number) => ChainedEntry[]) =>
    it(`${name} is found, at the first entry that does not fit`, () => {
      fc.assert(
        fc.property(written, at, (chain, n) => {
          const place = n % chain.length;
          const verdict = verify(tamper([...chain], place), [anchorAt(chain, chain.length)]);
          expect(verdict.break?.sequence).toBe(place + 1);
          expect(verdict.head.sequence).toBe(place);
        }),
      );
    });

  found('a changed field', (chain, i) => chain.with(i, { ...chain[i]!, by: { by: `${chain[i]!.by.by}!` } }));
  found('a changed time', (chain, i) => chain.with(i, { ...chain[i]!, at: '2026-12-01T09:00:00.001Z' }));
  found('a change taken out of an entry, or put in', (chain, i) =>
    chain.with(i, { ...chain[i]!, changes: [...chain[i]!.changes, { field: 'x', before: 1, after: 2 }] }),
  );
  found('a removed entry', (chain, i) => chain.toSpliced(i, 1));
  found('an inserted entry', (chain, i) => chain.toSpliced(i, 0, { ...chain[i]!, id: 'forged' }));

  it('two entries that changed places are found', () => {
    fc.assert(
      fc.property(written, at, (chain, n) => {
        const i = n % (chain.length - 1);
        const swapped = chain.with(i, chain[i + 1]!).with(i + 1, chain[i]!);
        expect(verify(swapped).break?.sequence).toBe(i + 1);
      }),
    );
  });

  it('that was rewritten with hashes that fit each other, is found by an anchor', () => {
    fc.assert(
      fc.property(written, at, (chain, n) => {
        const i = n % chain.length;
        const contents = chain.map(({ sequence: _s, hash: _h, ...content }) => content);
        const forged = chained(genesis('acme', digest), contents.with(i, { ...contents[i]!, id: 'forged' }), digest);
        expect(verify(forged).break).toBeUndefined();
        expect(verify(forged, [anchorAt(chain, chain.length)]).break).toMatchObject({
          sequence: chain.length,
          reason: expect.stringMatching(/anchor of 2026-12-01 has another hash/),
        });
      }),
    );
  });

  it('that was cut off is found by an anchor', () => {
    fc.assert(
      fc.property(written, at, (chain, n) => {
        const left = n % chain.length;
        const verdict = verify(chain.slice(0, left), [anchorAt(chain, chain.length)]);
        expect(verdict.break).toMatchObject({ sequence: left + 1, reason: expect.stringMatching(/cut off/) });
      }),
    );
  });

  it('of another account does not pass for this one', () => {
    fc.assert(
      fc.property(written, (chain) => {
        expect(verifyChain('other', chain, [], digest).break?.sequence).toBe(1);
      }),
    );
  });
});
