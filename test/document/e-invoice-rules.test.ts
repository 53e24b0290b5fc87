import { describe, expect, it } from 'vitest';
import { BROKEN_CATEGORIES } from '../support/en16931/broken/categories.ts';
import { BROKEN_CODES, BROKEN_CONDITIONS, BROKEN_DECIMALS } from '../support/en16931/broken/conditions.ts';
import { type Broken, DOCUMENTS } from '../support/en16931/broken/documents.ts';
import { BROKEN_PRESENCE } from '../support/en16931/broken/presence.ts';
import { BROKEN_SYNTAX } from '../support/en16931/broken/syntax.ts';
import {
  BROKEN_A_NZ,
  BROKEN_AMONG_GERMANS,
  BROKEN_PEPPOL,
  BROKEN_XRECHNUNG,
} from '../support/en16931/broken/usages.ts';
import { ALL_RULES, faultsOf } from '../support/en16931/check.ts';

const BROKEN: Broken = {
  ...BROKEN_PRESENCE,
  ...BROKEN_CONDITIONS,
  ...BROKEN_DECIMALS,
  ...BROKEN_CODES,
  ...BROKEN_CATEGORIES,
  ...BROKEN_SYNTAX,
  ...BROKEN_PEPPOL,
  ...BROKEN_XRECHNUNG,
  ...BROKEN_AMONG_GERMANS,
  ...BROKEN_A_NZ,
};

it.each(Object.entries(DOCUMENTS))('the document %s breaks no rule as we write it', (_name, xml) => {
  expect(faultsOf(xml)).toEqual([]);
});

describe('each rule finds the document that breaks it', () => {
  it('and none is without such a document', () => {
    expect(ALL_RULES.filter((id) => BROKEN[id] === undefined)).toEqual([]);
    expect(Object.keys(BROKEN).filter((id) => !ALL_RULES.includes(id))).toEqual([]);
  });

  it.each(Object.keys(BROKEN))('%s', (id) => {
    for (const [name, mutate] of BROKEN[id]!) expect(faultsOf(mutate(DOCUMENTS[name])), name).toContain(id);
  });
});
