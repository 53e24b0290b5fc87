import type { LocalClock } from './clock.ts';
import type { Disturbance } from './event-sources.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { PolicyStatement } from './gateway/iam.ts';
import type { Bearer } from './identity.ts';
import type { InvocationResult } from './lambda.ts';
import type { FunctionMetrics } from './lambda-metrics.ts';
import type { LogBook } from './logs.ts';
import type { StackModel } from './model.ts';
import type { Processor } from './processor/processor.ts';
import type { QueueDepth, SettleOptions } from './settle.ts';

export interface StackOptions {
  /** The directory that CDK synthesized into. */
  readonly assemblyDir: string;
  /** Where table, objects, queues, payments, mails and logs are kept across starts; nothing is kept when absent. */
  readonly dataDir?: string;
  /** Where mails and logs go when nothing else is kept; absent: a directory that goes when the stack stops. */
  readonly outDir?: string;
  /** Of the HTTP API; any free port when absent. */
  readonly port?: number;
  /** The instant at which the local clock starts; the machine's time when absent. */
  readonly now?: string;
  /** The most processes of one function, whatever more the template allows; 2 unless told, as a laptop has few cores. */
  readonly processesPerFunction?: number;
  /** What deliveries suffer. */
  readonly disturbance?: Disturbance;
  /** Before the second and third try of a failed event; one and two minutes unless told, as on AWS. */
  readonly eventRetryDelaysMs?: readonly number[];
  /** Mail addresses that do not exist. */
  readonly bounce?: (address: string) => boolean;
  /** Changes what a function's role allows, by the function's name: for tests that take a grant away. */
  readonly changeRole?: (functionName: string, statements: readonly PolicyStatement[]) => readonly PolicyStatement[];
  /** More variables for every function. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The synthesized stack, running on this machine. Functions are called by their names in `functions/`. */
export interface LocalStack {
  readonly model: StackModel;
  /** Absent when the template has no HTTP API. */
  readonly apiUrl?: string;
  readonly gateway: Gateway;
  readonly processor: Processor;
  readonly clock: LocalClock;
  readonly logs: LogBook;
  /** Where everything is kept. */
  readonly directory: string;
  readonly scheduleNames: readonly string[];
  /** Fires a schedule now, found by its name or how that ends; `input` replaces the template's. */
  fire(schedule: string, input?: unknown): Promise<'handled' | 'given-up'>;
  /** From now on the schedules fire by themselves as time goes by. */
  runSchedules(): void;
  /** Moves the clock forward; with `fire`, also through everything that falls due on the way, in order, each settled. */
  advanceTo(instant: string, options?: { fire?: boolean }): Promise<void>;
  /** Invokes a function directly and waits for what it returns. */
  invoke(functionName: string, event: unknown): Promise<InvocationResult>;
  /** Resolves when nothing runs and every queue that feeds a function is empty. */
  settle(options?: SettleOptions): Promise<void>;
  /** Every queue, those that feed no function too. */
  depths(): Promise<readonly QueueDepth[]>;
  /** An ID token for the API. Throws when the template has no authorizer. */
  token(bearer: Bearer, expiresInSeconds?: number): Promise<string>;
  /** By function. */
  metrics(): Readonly<Record<string, FunctionMetrics>>;
  /** Processor time of the tables so far, in milliseconds; undefined where that cannot be known. */
  tablesCpuMs(): number | undefined;
  /** Kills the process that signs with this access key id (`issue-invoice.2`), as a crash at this moment would. */
  kill(accessKeyId: string): void;
  /** Kills every idle process, so that the next invocations start cold. */
  cool(): Promise<void>;
  /** Lets running invocations end, for some seconds, then ends everything. Safe to call twice. */
  stop(): Promise<void>;
}
