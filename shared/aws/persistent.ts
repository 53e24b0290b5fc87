import { isThrottlingError, isTransientError, StandardRetryStrategy } from '@smithy/core/retry';

const MOST_ATTEMPTS = 4;

/**
 * Repeats a call as the AWS SDK does, with the SDK's own parts: throttling, faults of the service, broken connections and
 * time-outs, after growing random waits, and out of one budget for all calls of this client, so that a service in trouble
 * is not asked ever more. `passes` names what else may pass. Throws what the last attempt threw.
 */
export function persistent(passes: (error: unknown) => boolean = () => false) {
  const strategy = new StandardRetryStrategy(MOST_ATTEMPTS);
  return async <T>(attempt: () => Promise<T>): Promise<T> => {
    let token = await strategy.acquireInitialRetryToken('');
    for (;;) {
      try {
        const result = await attempt();
        strategy.recordSuccess(token);
        return result;
      } catch (error) {
        const errorType = passes(error) ? 'TRANSIENT' : errorTypeOf(error);
        if (errorType === undefined) throw error;
        // It waits; and it throws when no attempt is left.
        token = await strategy.refreshRetryTokenForRetry(token, { errorType }).catch(() => Promise.reject(error));
      }
    }
  };
}

/** What the SDK looks at in an error; nothing that Node and `AwsError` do not have. */
type SdkError = Parameters<typeof isTransientError>[0];

function errorTypeOf(error: unknown): 'THROTTLING' | 'TRANSIENT' | undefined {
  if (!(error instanceof Error)) return undefined;
  if (isThrottlingError(error as SdkError)) return 'THROTTLING';
  return isTransientError(error as SdkError) ? 'TRANSIENT' : undefined;
}
