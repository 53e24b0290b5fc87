import { Policy, type PolicyStatement, type Verdict } from './iam.ts';
import { Refusal } from './refusal.ts';
import type { Need } from './wire.ts';

/** Who may call: a function's process, with its role's statements. */
export interface Principal {
  readonly functionName: string;
  readonly statements: readonly PolicyStatement[];
  /** When given, the signatures of its presigned URLs are checked. */
  readonly secretAccessKey?: string;
}

/** The access key id of the start script, the tests and the operator, who may do everything. */
export const ADMIN_KEY = 'admin';

const policies = new WeakMap<readonly PolicyStatement[], Policy>();

/** Compiled once per list of statements. Throws on what the evaluator does not know. */
export function policyOf({ statements }: Principal): Policy {
  let policy = policies.get(statements);
  if (!policy) {
    policy = new Policy(statements);
    policies.set(statements, policy);
  }
  return policy;
}

/** Answers whether a caller may do something. */
export class Authority {
  private readonly principal: Principal | undefined;
  private readonly session: string;
  private readonly account: string;
  private readonly region: string;

  /** No `principal`: the administrator. */
  constructor(options: { principal?: Principal; accessKeyId: string; account: string; region: string }) {
    this.principal = options.principal;
    this.session = `arn:aws:sts::${options.account}:assumed-role/${options.principal?.functionName ?? ADMIN_KEY}/${options.accessKeyId}`;
    this.account = options.account;
    this.region = options.region;
  }

  verdict({ action, resource, context }: Need): Verdict {
    if (!this.principal) return 'allowed';
    return policyOf(this.principal).decide(action, resource, (key) => this.global(key) ?? context?.(key));
  }

  /** Throws a `Refusal` in AWS's words for the first need that is not granted. */
  demand(needs: readonly Need[]): void {
    for (const need of needs) {
      const verdict = this.verdict(need);
      if (verdict === 'allowed') continue;
      const because =
        verdict === 'explicit'
          ? 'with an explicit deny in an identity-based policy'
          : `because no identity-based policy allows the ${need.action} action`;
      throw new Refusal(
        'denied',
        `User: ${this.session} is not authorized to perform: ${need.action} on resource: ${need.resource} ${because}`,
      );
    }
  }

  /** Values every request has. On AWS the connection would be TLS; this one never leaves the machine. */
  private global(key: string): readonly string[] | undefined {
    if (key === 'aws:SecureTransport') return ['true'];
    if (key === 'aws:PrincipalAccount') return [this.account];
    if (key === 'aws:PrincipalArn')
      return [`arn:aws:iam::${this.account}:role/${this.principal?.functionName ?? ADMIN_KEY}`];
    return key === 'aws:RequestedRegion' ? [this.region] : undefined;
  }
}
