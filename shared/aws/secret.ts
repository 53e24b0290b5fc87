import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { BillingError } from '../domain/errors.ts';

/** A rotated secret is in use everywhere after this long. */
const FRESH_SECONDS = 300;

const processorSecret = z.object({ apiKey: z.string().min(1), webhookSecret: z.string().min(1) });
export type ProcessorSecret = z.infer<typeof processorSecret>;

/**
 * Reads the payment processor's secret, and keeps it for some minutes. Throws `invalid_configuration` naming the field,
 * never the value.
 */
export function createProcessorSecret(
  { arn }: { readonly arn: string },
  client = new SecretsManagerClient({}),
): () => Promise<ProcessorSecret> {
  const provider = new SecretsProvider({ awsSdkV3Client: client });
  return async () => {
    const value = await provider.get(arn, { maxAge: FRESH_SECONDS });
    const parsed = processorSecret.safeParse(json(value));
    if (parsed.success) return parsed.data;
    const field = parsed.error.issues[0]?.path.join('.') || 'the whole';
    throw new BillingError(
      'invalid_configuration',
      `The secret of the payment processor: ${field} is missing or not text`,
    );
  };
}

function json(value: string | Uint8Array | undefined): unknown {
  try {
    return typeof value === 'string' ? JSON.parse(value) : undefined;
  } catch {
    return undefined;
  }
}
