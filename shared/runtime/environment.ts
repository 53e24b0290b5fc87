import * as z from 'zod';
import { BillingError } from '../domain/errors.ts';
import type { QueueName } from '../messages.ts';

/** What the stack tells a function. Each function reads only the sets it needs; each throws `invalid_configuration`. */

const text = z.string().min(1);
const url = z.url();

export const tableEnvironment = () => {
  const { TABLE_NAME } = read({ TABLE_NAME: text });
  return { tableName: TABLE_NAME };
};

export const auditEnvironment = () => {
  const { AUDIT_TABLE_NAME } = read({ AUDIT_TABLE_NAME: text });
  return { tableName: AUDIT_TABLE_NAME };
};

export const anchorsEnvironment = () => {
  const { ANCHORS_BUCKET } = read({ ANCHORS_BUCKET: text });
  return { bucket: ANCHORS_BUCKET };
};

export const documentsEnvironment = () => {
  const { DOCUMENTS_BUCKET } = read({ DOCUMENTS_BUCKET: text });
  return { bucket: DOCUMENTS_BUCKET };
};

export const importsEnvironment = () => {
  const { IMPORTS_BUCKET } = read({ IMPORTS_BUCKET: text });
  return { bucket: IMPORTS_BUCKET };
};

export const eventsEnvironment = () => {
  const { EVENT_BUS_NAME } = read({ EVENT_BUS_NAME: text });
  return { eventBusName: EVENT_BUS_NAME };
};

export const mailEnvironment = () => {
  const { MAIL_FROM, MAIL_CONFIGURATION_SET } = read({ MAIL_FROM: z.email(), MAIL_CONFIGURATION_SET: text });
  return { from: MAIL_FROM, configurationSet: MAIL_CONFIGURATION_SET };
};

/** `apiBase` is absent on AWS: the processor's SDK knows where its processor is. */
export const processorEnvironment = (): { readonly secretArn: string; readonly apiBase?: string } => {
  const { PROCESSOR_SECRET_ARN, STRIPE_API_BASE } = read({
    PROCESSOR_SECRET_ARN: text,
    STRIPE_API_BASE: url.optional(),
  });
  return { secretArn: PROCESSOR_SECRET_ARN, ...(STRIPE_API_BASE && { apiBase: STRIPE_API_BASE }) };
};

/** Absent on AWS: the adapter knows where VIES is. */
export const taxAuthorityEnvironment = (): { readonly base?: string } => {
  const { VIES_API_BASE } = read({ VIES_API_BASE: url.optional() });
  return VIES_API_BASE === undefined ? {} : { base: VIES_API_BASE };
};

/** The queue that feeds the function: `maxReceives` is its redrive policy's. */
export const ownQueueEnvironment = () => {
  const { OWN_QUEUE_URL, OWN_DLQ_URL, MAX_RECEIVES } = read({
    OWN_QUEUE_URL: url,
    OWN_DLQ_URL: url,
    MAX_RECEIVES: z.coerce.number().int().min(1),
  });
  return { queueUrl: OWN_QUEUE_URL, deadLetterUrl: OWN_DLQ_URL, maxReceives: MAX_RECEIVES };
};

/** The URLs of the queues a function sends to, by name: `QUEUE_URL_<NAME>`. */
export function queueUrls<Q extends QueueName>(...queues: readonly Q[]): Readonly<Record<Q, string>> {
  const variable = (queue: Q) => `QUEUE_URL_${queue.toUpperCase()}`;
  const values = read(Object.fromEntries(queues.map((queue) => [variable(queue), url])));
  return Object.fromEntries(queues.map((queue) => [queue, values[variable(queue)]])) as Record<Q, string>;
}

function read<Shape extends z.ZodRawShape>(shape: Shape) {
  const parsed = z.object(shape).safeParse(process.env);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new BillingError('invalid_configuration', `environment: ${faults.join('; ')}`);
}
