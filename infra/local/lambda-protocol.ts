/** What the local stack and a function's process tell each other over their channel. Payloads are JSON text, as in AWS. */
export interface InvokeCommand {
  readonly requestId: string;
  readonly event: string;
  /** How long the function has, in milliseconds of real time. */
  readonly timeoutMs: number;
  /** What the process adds to the machine's time. */
  readonly clockOffsetMs: number;
}

/** An error as Lambda reports it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** What one invocation took in its process. */
export interface Usage {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
}

export type ChildReport =
  /** The handler is loaded; milliseconds since the process began, and CPU it took. */
  | { readonly kind: 'ready'; readonly initMs: number; readonly cpuMs: number }
  | { readonly kind: 'init-failed'; readonly error: FunctionError }
  | {
      readonly kind: 'done';
      readonly payload: string | undefined;
      readonly error?: FunctionError;
      readonly usage: Usage;
    };
