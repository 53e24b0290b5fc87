import { ofType, type Resource } from './assembly.ts';
import { Policy, type PolicyStatement } from './gateway/iam.ts';
import type { StackModel } from './model.ts';
import { statementsOf } from './roles.ts';

interface ResourceStatement {
  readonly Effect: string;
  readonly Principal?: { readonly Service?: string | readonly string[] };
  readonly Action: string | readonly string[];
  readonly Condition?: { readonly ArnEquals?: Readonly<Record<string, string | readonly string[]>> };
}

/**
 * Throws when AWS's own services, which here reach everything, would be refused on AWS: schedules whose role may not
 * invoke their function, buckets and rules that may not send to their queue.
 */
export function checkServiceGrants(model: StackModel): void {
  const refused = [...refusedSchedules(model), ...refusedNotifications(model), ...refusedEvents(model)];
  if (refused.length > 0) throw new Error(`The template does not grant what its services need:\n${refused.join('\n')}`);
}

function refusedSchedules({ resources, schedules }: StackModel): string[] {
  return ofType(resources, 'AWS::Scheduler::Schedule').flatMap(({ identity, properties }) => {
    const { functionArn } = schedules.find(({ arn }) => arn === identity!.attributes.Arn)!;
    const role = (properties.Target as { RoleArn: string }).RoleArn;
    const verdict = new Policy(statementsOf(role, resources)).decide(
      'lambda:InvokeFunction',
      functionArn,
      () => undefined,
    );
    return verdict === 'allowed' ? [] : [`- the schedule ${identity!.ref}: its role may not invoke ${functionArn}`];
  });
}

function refusedNotifications({ resources, buckets, queues }: StackModel): string[] {
  return buckets.flatMap(({ name, notifications }) =>
    notifications.flatMap(({ queueArn }) => {
      const url = queues.find(({ arn }) => arn === queueArn)?.url;
      return letsSend('s3.amazonaws.com', url, resources)
        ? []
        : [`- the bucket ${name}: no policy of the queue ${queueArn} lets S3 send to it`];
    }),
  );
}

function refusedEvents({ resources, rules, queues }: StackModel): string[] {
  return rules.flatMap(({ arn: rule, queueArns, deadLetterArns }) =>
    [...queueArns, ...deadLetterArns].flatMap((queueArn) => {
      const url = queues.find(({ arn }) => arn === queueArn)?.url;
      return letsSend('events.amazonaws.com', url, resources, rule)
        ? []
        : [`- the rule ${rule}: no policy of the queue ${queueArn} lets it send to it`];
    }),
  );
}

/** Whether a policy of the queue lets a service send to it; `source`, where it is told, in the name of this resource. */
const letsSend = (
  service: string,
  queueUrl: string | undefined,
  resources: readonly Resource[],
  source?: string,
): boolean =>
  ofType(resources, 'AWS::SQS::QueuePolicy')
    .filter(({ properties }) => (properties.Queues as readonly unknown[]).includes(queueUrl))
    .flatMap(({ properties }) => (properties.PolicyDocument as { Statement: readonly ResourceStatement[] }).Statement)
    .some(
      ({ Effect, Principal, Action, Condition }) =>
        Effect === 'Allow' &&
        [Principal?.Service].flat().includes(service) &&
        [Action].flat().includes('sqs:SendMessage') &&
        (source === undefined || [Condition?.ArnEquals?.['aws:SourceArn'] ?? source].flat().includes(source)),
    );

/** The statements of a role, without those that allow an action: what a test takes away. */
export const without = (statements: readonly PolicyStatement[], action: string): readonly PolicyStatement[] =>
  statements.flatMap((statement) => {
    const actions = [statement.Action ?? []].flat();
    if (statement.Effect !== 'Allow' || !actions.includes(action)) return [statement];
    const rest = actions.filter((each) => each !== action);
    return rest.length > 0 ? [{ ...statement, Action: rest }] : [];
  });
