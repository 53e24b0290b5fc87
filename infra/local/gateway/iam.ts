import { type ConditionBlock, type Context, compileConditions, wildcard } from './conditions.ts';

/** A statement of a policy, with every intrinsic function of the template resolved. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: ConditionBlock;
}

/** `implicit`: nothing allows it. `explicit`: a Deny forbids it, whatever allows it. */
export type Verdict = 'allowed' | 'implicit' | 'explicit';

interface Compiled {
  readonly allow: boolean;
  matches(action: string, resource: string): boolean;
  readonly condition?: (context: Context) => boolean;
}

const FIELDS: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);
/** Enough for every pair of action and resource but S3 keys, which are without end. */
const MAX_REMEMBERED = 2_000;

/**
 * The identity policies of one principal, compiled. As in IAM: a matching Deny wins, then a matching Allow, then it is
 * denied. Actions match without regard to case, resources with.
 */
export class Policy {
  private readonly statements: readonly Compiled[];
  private readonly remembered = new Map<string, Verdict>();

  /** Throws on a statement with a field, operator or key that it does not know. */
  constructor(statements: readonly PolicyStatement[]) {
    this.statements = statements.map(compile);
  }

  decide(action: string, resource: string, context: Context): Verdict {
    const key = `${action}|${resource}`;
    const known = this.remembered.get(key);
    if (known) return known;
    const applicable = this.statements.filter((statement) => statement.matches(action, resource));
    const effective = applicable.filter((statement) => !statement.condition || statement.condition(context));
    const verdict = effective.some((statement) => !statement.allow)
      ? 'explicit'
      : effective.length > 0
        ? 'allowed'
        : 'implicit';
    if (applicable.every((statement) => !statement.condition)) {
      if (this.remembered.size >= MAX_REMEMBERED) this.remembered.clear();
      this.remembered.set(key, verdict);
    }
    return verdict;
  }
}

function compile(statement: PolicyStatement): Compiled {
  const stranger = Object.keys(statement).find((field) => !FIELDS.has(field));
  if (stranger) throw new Error(`the gateway does not know the policy statement field ${stranger}`);
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny')
    throw new Error(`not a policy effect: ${statement.Effect}`);
  const action = matcher('Action', statement.Action, statement.NotAction, (pattern) => pattern.toLowerCase());
  const resource = matcher('Resource', statement.Resource, statement.NotResource, (pattern) => pattern);
  return {
    allow: statement.Effect === 'Allow',
    matches: (wantedAction, wantedResource) => action(wantedAction.toLowerCase()) && resource(wantedResource),
    ...(statement.Condition && { condition: compileConditions(statement.Condition) }),
  };
}

type Patterns = string | readonly string[] | undefined;

function matcher(name: string, wanted: Patterns, unwanted: Patterns, normalise: (pattern: string) => string) {
  const patterns = wanted ?? unwanted;
  if (patterns === undefined || (wanted !== undefined && unwanted !== undefined)) {
    throw new Error(`a policy statement needs either ${name} or Not${name}`);
  }
  const expressions = [patterns].flat().map((pattern) => {
    if (typeof pattern !== 'string')
      throw new Error(`a policy statement's ${name} is not text: ${JSON.stringify(pattern)}`);
    return wildcard(normalise(pattern));
  });
  const positive = wanted !== undefined;
  return (text: string) => expressions.some((expression) => expression.test(text)) === positive;
}
