import { describe, expect, it } from 'vitest';
import { type Item, itemBytes, type TableSchema, writeUnits } from '../../infra/local/gateway/item-size.ts';

describe('an item weighs what DynamoDB bills', () => {
  it.each([
    ['names and text, in UTF-8', { pk: { S: 'ab' }, ü: { S: 'é' } }, 2 + 2 + 2 + 2],
    ['numbers by two digits a byte, and one', { n: { N: '12345' } }, 1 + 3 + 1],
    ['a minus', { n: { N: '-1' } }, 1 + 1 + 1 + 1],
    ['zeros at the ends of a number for nothing', { n: { N: '1000000' } }, 1 + 1 + 1],
    ['truth and nothing', { b: { BOOL: true }, z: { NULL: true } }, 4],
    ['bytes, not their base64', { b: { B: Buffer.alloc(30).toString('base64') } }, 31],
    ['sets by their members', { s: { SS: ['ab', 'c'] } }, 1 + 3],
    [
      'lists and maps with their overhead',
      { l: { L: [{ S: 'a' }, { M: { k: { S: 'v' } } }] } },
      1 + 3 + 2 + 1 + (3 + 1 + 2),
    ],
  ] as readonly [string, Item, number][])('%s', (_, item, bytes) => {
    expect(itemBytes(item)).toBe(bytes);
  });
});

describe('write units', () => {
  const schema: TableSchema = { keys: ['pk'], indexes: [{ keys: ['due'], included: ['note'] }] };
  const text = (kilobytes: number) => ({ S: 'x'.repeat(kilobytes * 1024 - 100) });
  const item = (more: Item = {}): Item => ({ pk: { S: '1' }, ...more });
  const due = { due: { S: '2026-12-01' } };

  it.each([
    ['a new item', undefined, item(), 1],
    ['a larger item', item(), item({ data: text(4) }), 4],
    ['a smaller item, by its old size', item({ data: text(4) }), item(), 4],
    ['deleting', item({ data: text(2) }), undefined, 2],
    ['deleting what is not there', undefined, undefined, 1],
    ['entering an index', item(), item(due), 2],
    ['entering an index with little of a large item', undefined, item({ ...due, data: text(3) }), 4],
    ['leaving an index', item(due), item(), 2],
    ['moving within an index', item(due), item({ due: { S: '2027-01-01' } }), 3],
    ['changing what an index copies', item(due), item({ ...due, note: { S: 'x' } }), 2],
    ['changing what it does not copy', item(due), item({ ...due, data: { S: 'x' } }), 1],
  ])('%s', (_, before, after, units) => {
    expect(writeUnits(schema, before, after)).toBe(units);
  });
});
