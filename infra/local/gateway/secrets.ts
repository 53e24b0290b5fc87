import { randomUUID } from 'node:crypto';
import { Refusal } from './refusal.ts';
import { parseJson, type Service } from './wire.ts';

export interface SecretsOptions {
  /** The values, by name, or by ARN with AWS's six characters at its end. Read at each call. */
  readonly secrets: Readonly<Record<string, string>>;
  /** `arn:aws:secretsmanager:<region>:<account>`. */
  readonly arn: string;
}

/** Secrets Manager: `GetSecretValue`. */
export function secretsManager({ secrets, arn }: SecretsOptions): Service {
  return ({ headers, body }) => {
    const action = String(headers['x-amz-target'] ?? '').replace('secretsmanager.', '');
    if (action !== 'GetSecretValue')
      throw new Refusal('InvalidRequestException', `The gateway has no Secrets Manager action ${action}.`);
    const { SecretId = '' } = parseJson<{ SecretId?: string }>(body);
    const key = Object.keys(secrets).find((candidate) => refersTo(SecretId, candidate));
    const resource = arnOf(key ?? SecretId, arn);
    return {
      action,
      resource,
      needs: [{ action: 'secretsmanager:GetSecretValue', resource }],
      perform: async () => {
        if (key === undefined)
          throw new Refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
        return {
          status: 200,
          headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() },
          body: JSON.stringify({
            ARN: resource,
            Name: resource.slice(resource.lastIndexOf(':') + 1, -SUFFIX.length),
            SecretString: secrets[key],
            VersionId: VERSION_ID,
            VersionStages: ['AWSCURRENT'],
          }),
        };
      },
    };
  };
}

const VERSION_ID = randomUUID();
const SUFFIX = '-local0';
const HAS_SUFFIX = /-[A-Za-z0-9]{6}$/;

/** Policies name a secret with `-??????`, since AWS appends six characters to its name in the ARN. */
function arnOf(key: string, prefix: string): string {
  if (!key.startsWith('arn:')) return `${prefix}:secret:${key}${SUFFIX}`;
  return HAS_SUFFIX.test(key) ? key : key + SUFFIX;
}

/** Callers may name a secret, or give its ARN with AWS's suffix or without. */
function refersTo(id: string, key: string): boolean {
  if (id === key || id.replace(HAS_SUFFIX, '') === key || key.replace(HAS_SUFFIX, '') === id) return true;
  const name = id.startsWith('arn:') ? id.slice(id.lastIndexOf(':') + 1) : id;
  const known = key.startsWith('arn:') ? key.slice(key.lastIndexOf(':') + 1).replace(HAS_SUFFIX, '') : key;
  return name === known || name.replace(HAS_SUFFIX, '') === known;
}
