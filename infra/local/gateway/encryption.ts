import type { ServiceName } from './errors.ts';
import type { Asked, Need } from './wire.ts';

/** Which KMS key each table, queue, bucket and secret is encrypted with, by ARN; those with AWS's own keys are absent. */
export type Encryption = Readonly<Record<string, string>>;

const READ = ['kms:Decrypt'];
const WRITE = ['kms:GenerateDataKey'];
const BOTH = ['kms:GenerateDataKey', 'kms:Decrypt'];

/** What a caller needs of the key: services use it in the caller's name. SQS reuses data keys, so senders decrypt too. */
const PERMISSIONS: Partial<Record<ServiceName, Readonly<Record<string, readonly string[]>>>> = {
  sqs: { SendMessage: BOTH, SendMessageBatch: BOTH, ReceiveMessage: READ, StartMessageMoveTask: BOTH },
  s3: {
    PutObject: WRITE,
    CreateMultipartUpload: BOTH,
    UploadPart: BOTH,
    CompleteMultipartUpload: BOTH,
    GetObject: READ,
  },
  secretsmanager: { GetSecretValue: READ },
};

/** The permissions on KMS keys that a request needs besides its own. */
export function keyNeeds(
  service: ServiceName,
  { action, resource, needs }: Asked,
  encryption: Encryption,
): readonly Need[] {
  // DynamoDB decrypts the table's key for every call, reading or writing, and a call may be about several tables.
  const owners =
    service === 'dynamodb'
      ? needs.map((need) => need.resource.split(/\/(?:index|stream)\//)[0]!)
      : [service === 's3' ? resource.split('/')[0]! : resource];
  const permissions = service === 'dynamodb' ? READ : PERMISSIONS[service]?.[action];
  const keys = new Set(owners.flatMap((owner) => encryption[owner] ?? []));
  return [...keys].flatMap((key) => permissions?.map((permission) => ({ action: permission, resource: key })) ?? []);
}
