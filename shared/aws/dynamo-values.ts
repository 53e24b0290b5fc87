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

/** A request with plain values as DynamoDB wants it; what is undefined is left out. */
export const toDynamo = (input: object): object =>
  translate(input, (attributes) => withBytes(marshall(attributes, { removeUndefinedValues: true }), toText));

/** DynamoDB's answer with plain values. */
export const fromDynamo = <Output>(output: object): Output =>
  translate(output, (attributes) =>
    unmarshall(withBytes(attributes, toBytes) as Parameters<typeof unmarshall>[0]),
  ) as Output;

/** Bytes travel as base64, which the converter leaves to whoever writes the JSON. We keep them at the top of an item only. */
const withBytes = (attributes: Attributes, convert: (bytes: unknown) => unknown): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      const { B: bytes } = value as { readonly B?: unknown };
      return [name, bytes === undefined ? value : { B: convert(bytes) }];
    }),
  );

const toText = (bytes: unknown): string => Buffer.from(bytes as Uint8Array).toString('base64');
const toBytes = (text: unknown): Uint8Array => new Uint8Array(Buffer.from(text as string, 'base64'));

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
