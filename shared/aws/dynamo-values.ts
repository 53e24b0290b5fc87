/** A value as DynamoDB's protocol writes it. Of sets only those of texts are used; binary values are not. */
type AttributeValue = Readonly<Record<string, unknown>>;

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
export const toDynamo = (input: object): object => translate(input, (attributes) => mapped(attributes, attributeOf));

/** DynamoDB's answer with plain values. */
export const fromDynamo = <Output>(output: object): Output =>
  translate(output, (attributes) => mapped(attributes, (value) => plainOf(value as AttributeValue))) as Output;

function translate(part: object, values: (attributes: Attributes) => Attributes): object {
  if (Array.isArray(part)) return part.map((each) => translate(each, values));
  const translated: Attributes = {};
  for (const [name, value] of Object.entries(part)) {
    if (typeof value !== 'object' || value === null) translated[name] = value;
    else if (ATTRIBUTES.has(name)) translated[name] = values(value as Attributes);
    else if (LISTS.has(name)) translated[name] = (value as Attributes[]).map(values);
    else if (name === BY_TABLE)
      translated[name] = mapped(value as Attributes, (items) => (items as Attributes[]).map(values));
    else translated[name] = translate(value, values);
  }
  return translated;
}

function mapped(attributes: Attributes, map: (value: unknown) => unknown): Attributes {
  const result: Attributes = {};
  for (const name in attributes) {
    const value = attributes[name];
    if (value !== undefined) result[name] = map(value);
  }
  return result;
}

/** Throws for what cannot be stored and read again as it was: better than a number that has changed. */
function attributeOf(value: unknown): AttributeValue {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
      if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
        throw new Error(`${value} is no number that can be stored`);
      return { N: String(value) };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      if (value === null) return { NULL: true };
      if (value instanceof Set) return { SS: [...value] };
      if (Array.isArray(value)) return { L: value.filter((each) => each !== undefined).map(attributeOf) };
      return { M: mapped(value as Attributes, attributeOf) };
    default:
      throw new Error(`A ${typeof value} cannot be stored`);
  }
}

function plainOf(value: AttributeValue): unknown {
  if (typeof value.S === 'string') return value.S;
  if (typeof value.N === 'string') return Number(value.N);
  if (value.M) return mapped(value.M as Attributes, (each) => plainOf(each as AttributeValue));
  if (value.L) return (value.L as AttributeValue[]).map(plainOf);
  if (typeof value.BOOL === 'boolean') return value.BOOL;
  if (value.NULL === true) return null;
  if (value.SS) return new Set(value.SS as string[]);
  throw new Error(`An attribute of type ${Object.keys(value).join()} is not expected`);
}
