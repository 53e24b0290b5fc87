import * as z from 'zod';
import { BillingError } from '../domain/errors.ts';
import { type AwsHttp, awsHttp } from './aws-http.ts';
import { awsJson } from './aws-json.ts';

/** A rotated secret is in use everywhere after this long. */
const FRESH_MS = 300_000;

const processorSecret = z.object({ apiKey: z.string().min(1), webhookSecret: z.string().min(1) });
export type ProcessorSecret = z.infer<typeof processorSecret>;

/**
 * Reads the payment processor's secret, and keeps it for some minutes. Throws `invalid_configuration` naming the field,
 * never the value; an `AwsError` where Secrets Manager refuses.
 */
export function createProcessorSecret(
  { arn }: { readonly arn: string },
  http: AwsHttp = awsHttp('secretsmanager'),
  now: () => number = Date.now,
): () => Promise<ProcessorSecret> {
  const call = awsJson(http, 'secretsmanager', '1.1');
  let kept: { readonly secret: ProcessorSecret; readonly until: number } | undefined;
  return async () => {
    if (kept !== undefined && now() < kept.until) return kept.secret;
    const { SecretString } = await call<{ SecretString?: string }>('GetSecretValue', { SecretId: arn });
    kept = { secret: parsed(SecretString), until: now() + FRESH_MS };
    return kept.secret;
  };
}

function parsed(text: string | undefined): ProcessorSecret {
  const result = processorSecret.safeParse(json(text));
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.join('.') || 'the whole';
  throw new BillingError(
    'invalid_configuration',
    `The secret of the payment processor: ${field} is missing or not text`,
  );
}

function json(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
