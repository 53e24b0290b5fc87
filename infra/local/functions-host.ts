import { randomUUID } from 'node:crypto';
import type { LocalClock } from './clock.ts';
import type { Principal } from './gateway/authorize.ts';
import type { PolicyStatement } from './gateway/iam.ts';
import { createFunction, type LocalFunction } from './lambda.ts';
import type { LogBook } from './logs.ts';
import type { FunctionModel, StackModel } from './model.ts';

/** The functions of the stack, and who they are to the gateway. */
export interface FunctionsHost {
  readonly functions: readonly LocalFunction[];
  /** By access key id: every process there has been (what it presigned outlives it), and every function's poller. */
  readonly principals: ReadonlyMap<string, Principal>;
  /** Throws when there is no such function. */
  byArn(arn: string): LocalFunction;
  /** Throws when there is no such function. */
  byName(name: string): LocalFunction;
  /** Kills the process that signs with this access key id. */
  kill(accessKeyId: string): void;
  stop(): Promise<void>;
}

export interface FunctionsHostOptions {
  readonly model: StackModel;
  readonly region: string;
  readonly awsEndpoint: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly clock: LocalClock;
  readonly logs: LogBook;
  readonly processesPerFunction: number;
  readonly changeRole: (functionName: string, statements: readonly PolicyStatement[]) => readonly PolicyStatement[];
  readonly onInvocation: (accessKeyId: string) => void;
}

/** With which a function's poller calls SQS: on AWS it does so in the function's role, too. */
export const pollerKey = (functionName: string): string => `poller.${functionName}`;

export function createFunctionsHost(options: FunctionsHostOptions): FunctionsHost {
  const { model, changeRole } = options;
  const roles = new Map(model.functions.map(({ name, statements }) => [name, changeRole(name, statements)]));
  const principals = new Map<string, Principal>();
  for (const [name, statements] of roles)
    principals.set(pollerKey(name), { functionName: pollerKey(name), statements });
  const secretAccessKey = randomUUID();
  const functions = model.functions.map((each) =>
    createFunction(specOf(each, options.processesPerFunction), {
      region: options.region,
      awsEndpoint: options.awsEndpoint,
      extraEnvironment: options.environment,
      clock: options.clock,
      logs: options.logs,
      secretAccessKey,
      onProcess: (accessKeyId, functionName) => {
        principals.set(accessKeyId, { functionName, statements: roles.get(functionName) ?? [], secretAccessKey });
      },
      onInvocation: options.onInvocation,
    }),
  );
  const arns = new Map(model.functions.map(({ arn }, i) => [arn, functions[i]]));
  return {
    functions,
    principals,
    byArn: (arn) => known(arns.get(arn), arn, functions),
    byName: (name) =>
      known(
        functions.find(({ spec }) => spec.name === name),
        name,
        functions,
      ),
    kill: (accessKeyId) => {
      for (const each of functions) each.kill(accessKeyId);
    },
    stop: async () => {
      await Promise.all(functions.map((each) => each.stop()));
    },
  };
}

function specOf(model: FunctionModel, processes: number): LocalFunction['spec'] {
  return { ...model, concurrency: Math.min(processes, model.reservedConcurrency ?? Number.POSITIVE_INFINITY) };
}

function known(found: LocalFunction | undefined, name: string, functions: readonly LocalFunction[]): LocalFunction {
  if (found) return found;
  throw new Error(`There is no function ${name}: ${functions.map(({ spec }) => spec.name).join(', ')}`);
}
