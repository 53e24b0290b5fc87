import { type Assembly, ofType, type Resource } from './assembly.ts';
import type { FunctionModel } from './model.ts';
import { statementsOf } from './roles.ts';

interface FunctionProperties {
  readonly Code: { readonly S3Key?: string };
  readonly Handler: string;
  readonly Role: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly ReservedConcurrentExecutions?: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> };
  readonly LoggingConfig?: { readonly LogGroup?: string };
  readonly DeadLetterConfig?: { readonly TargetArn?: string };
}

/** Every function of the template, with its code's directory and everything its role allows. */
export function functionsOf(assembly: Assembly, resources: readonly Resource[]): readonly FunctionModel[] {
  const functions = ofType(resources, 'AWS::Lambda::Function');
  const prefix = sharedPrefix(functions.map(({ identity }) => identity!.ref));
  return functions.map(({ logicalId, properties, identity }) => {
    const own = properties as unknown as FunctionProperties;
    const codeDirectory = assembly.assets.get(own.Code.S3Key ?? '');
    if (codeDirectory === undefined) throw new Error(`${logicalId}: its code is not an asset of the assembly`);
    const physicalName = identity!.ref;
    return {
      name: physicalName.slice(prefix.length),
      arn: identity!.attributes.Arn!,
      logicalId,
      codeDirectory,
      handler: own.Handler,
      // What Lambda takes when the template says nothing.
      timeoutSeconds: own.Timeout ?? 3,
      memoryMb: own.MemorySize ?? 128,
      environment: Object.fromEntries(
        Object.entries(own.Environment?.Variables ?? {}).map(([name, value]) => [name, String(value)]),
      ),
      logGroup: own.LoggingConfig?.LogGroup ?? `/aws/lambda/${physicalName}`,
      reservedConcurrency: own.ReservedConcurrentExecutions,
      statements: statementsOf(own.Role, resources),
      deadLetterArn: own.DeadLetterConfig?.TargetArn,
    };
  });
}

/** What all names begin with, up to the last hyphen of it; nothing when there is but one. */
function sharedPrefix(names: readonly string[]): string {
  const [first = '', ...others] = names;
  if (others.length === 0) return '';
  let length = 0;
  while (length < first.length && others.every((name) => name[length] === first[length])) length += 1;
  return first.slice(0, first.lastIndexOf('-', length - 1) + 1);
}
