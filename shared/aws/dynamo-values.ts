import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** Fields of requests and answers that hold attributes by name. */
const ATTRIBUTES: ReadonlySet<string> = new Set([
  'Attributes',
  'ExclusiveStartKey',
  'ExpressionAttributeValues',
  'Item',
  'Key',
  'LastEvaluatedKey',
]);
/** Fields that hold lists of the above. */
const LISTS: ReadonlySet<string> = new Set(['Items', 'Keys']);
/** `Responses` holds such a list by table. */
const BY_TABLE = 'Responses';

type Attributes = Record<string, unknown>;

/**
 * A request with plain values as DynamoDB wants it; what is undefined is left out. Bytes are attributes of their own, not
 * parts of lists and maps: DynamoDB refuses those.
 */
export const toDynamo = (input: object): object => translate(input, written);

/** DynamoDB's answer with plain values. */
export const fromDynamo = <Output>(output: object): Output => translate(output, read) as Output;

type Written = Parameters<typeof unmarshall>[0];

/** JSON has no bytes: they travel as base64. */
function written(attributes: Attributes): Attributes {
  const values: Attributes = marshall(attributes, { removeUndefinedValues: true });
  for (const name in attributes) {
    const value = attributes[name];
    if (value instanceof Uint8Array) values[name] = { B: Buffer.from(value).toString('base64') };
  }
  return values;
}

function read(attributes: Attributes): Attributes {
  const values: Attributes = unmarshall(attributes as Written);
  for (const name in values) {
    const { B } = attributes[name] as { readonly B?: string };
    if (B !== undefined) values[name] = Buffer.from(B, 'base64');
  }
  return values;
}

function translate(part: object, values: (attributes: Attributes) => Attributes): object {
  if (Array.isArray(part)) return part.map((each) => translate(each, values));
  const translated: Attributes = {};
  for (const [name, value] of Object.entries(part)) {
    if (typeof value !== 'object' || value === null) translated[name] = value;
    else if (ATTRIBUTES.has(name)) translated[name] = values(value as Attributes);
    else if (LISTS.has(name)) translated[name] = (value as Attributes[]).map(values);
    else if (name === BY_TABLE) translated[name] = byTable(value as Record<string, Attributes[]>, values);
    else translated[name] = translate(value, values);
  }
  return translated;
}

const byTable = (responses: Record<string, Attributes[]>, values: (attributes: Attributes) => Attributes): Attributes =>
  Object.fromEntries(Object.entries(responses).map(([table, items]) => [table, items.map(values)]));
