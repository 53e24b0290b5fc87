import { type Item, type TableSchema, writeUnits } from './item-size.ts';
import { type Backend, readBody } from './wire.ts';

interface TransactAction {
  readonly TableName?: string;
  readonly Key?: Item;
  readonly Item?: Item;
}
export type TransactItems = readonly Readonly<Record<string, TransactAction>>[];

interface Target {
  readonly kind: string;
  readonly table: string;
  readonly schema: TableSchema;
  readonly key: Item;
}

interface Description {
  readonly Table: {
    readonly KeySchema: readonly { readonly AttributeName: string }[];
    readonly GlobalSecondaryIndexes?: readonly {
      readonly KeySchema: readonly { readonly AttributeName: string }[];
      readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
    }[];
  };
}

/**
 * Weighs transactional writes: what DynamoDB Local reports for them counts equally large items once, so the items are
 * read before and after. That doubles the work of a transaction, so that it happens only on demand.
 */
export class TransactionScale {
  /** Whether transactions are weighed. */
  on = false;
  private readonly backend: Backend;
  private readonly authorization: string;
  private readonly schemas = new Map<string, Promise<TableSchema>>();

  constructor(backend: Backend, authorization: string) {
    this.backend = backend;
    this.authorization = authorization;
  }

  /** To be called before the transaction; what it gives is to be called after it, and says the write units (AWS doubles them). */
  async weigh(items: TransactItems): Promise<() => Promise<number>> {
    const targets = await Promise.all(
      items.flatMap((item) => Object.entries(item).map(([kind, action]) => this.target(kind, action))),
    );
    const before = await Promise.all(targets.map((target) => this.read(target)));
    return async () => {
      const after = await Promise.all(targets.map((target) => this.read(target)));
      return targets.reduce((sum, { kind, schema }, index) => {
        // A condition check is billed as a write of one unit at least, by the size of what it looks at.
        const looked = kind === 'ConditionCheck' ? { ...schema, indexes: [] } : schema;
        return sum + 2 * writeUnits(looked, before[index], after[index]);
      }, 0);
    };
  }

  private async target(kind: string, { TableName = '', Key, Item }: TransactAction): Promise<Target> {
    let schema = this.schemas.get(TableName);
    if (!schema) {
      schema = this.describe(TableName);
      this.schemas.set(TableName, schema);
      schema.catch(() => this.schemas.delete(TableName));
    }
    const known = await schema;
    const source = Key ?? Item ?? {};
    return {
      kind,
      table: TableName,
      schema: known,
      key: Object.fromEntries(known.keys.map((name) => [name, source[name]!])),
    };
  }

  private async describe(TableName: string): Promise<TableSchema> {
    const { Table } = (await this.call('DescribeTable', { TableName })) as unknown as Description;
    const names = (schema: readonly { AttributeName: string }[]) => schema.map(({ AttributeName }) => AttributeName);
    return {
      keys: names(Table.KeySchema),
      indexes: (Table.GlobalSecondaryIndexes ?? []).map(({ KeySchema, Projection }) => ({
        keys: names(KeySchema),
        ...(Projection.ProjectionType !== 'ALL' && { included: Projection.NonKeyAttributes ?? [] }),
      })),
    };
  }

  private async read({ table, key }: Target): Promise<Item | undefined> {
    return (await this.call('GetItem', { TableName: table, Key: key, ConsistentRead: true })).Item as Item | undefined;
  }

  private async call(action: string, input: object): Promise<Record<string, unknown>> {
    const body = Buffer.from(JSON.stringify(input));
    const upstream = await this.backend.call({
      method: 'POST',
      path: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'content-length': body.length,
        'x-amz-target': `DynamoDB_20120810.${action}`,
        authorization: this.authorization,
      },
      body,
    });
    const text = (await readBody(upstream)).toString('utf8');
    if (upstream.statusCode !== 200) throw new Error(`${action}: ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  }
}
