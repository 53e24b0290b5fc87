import { ofType, type Resource } from './assembly.ts';
import { Policy, type PolicyStatement } from './gateway/iam.ts';
import type { StackModel } from './model.ts';
import { statementsOf } from './roles.ts';

interface ResourceStatement {
  readonly Effect: string;
  readonly Principal?: { readonly Service?: string | readonly string[] };
  readonly Action: string | readonly string[];
}

/**
 * Throws when AWS's own services, which here reach everything, would be refused on AWS: schedules whose role may not
 * invoke their function, buckets that may not send to their queue.
 */
export function checkServiceGrants(model: StackModel): void {
  const refused = [...refusedSchedules(model), ...refusedNotifications(model)];
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
      return letsS3Send(url, resources)
        ? []
        : [`- the bucket ${name}: no policy of the queue ${queueArn} lets S3 send to it`];
    }),
  );
}

const letsS3Send = (queueUrl: string | undefined, resources: readonly Resource[]): boolean =>
  ofType(resources, 'AWS::SQS::QueuePolicy')
    .filter(({ properties }) => (properties.Queues as readonly unknown[]).includes(queueUrl))
    .flatMap(({ properties }) => (properties.PolicyDocument as { Statement: readonly ResourceStatement[] }).Statement)
    .some(
      ({ Effect, Principal, Action }) =>
        Effect === 'Allow' &&
        [Principal?.Service].flat().includes('s3.amazonaws.com') &&
        [Action].flat().includes('sqs:SendMessage'),
    );

/** The statements of a role, without those that allow an action: what a test takes away. */
export const without = (statements: readonly PolicyStatement[], action: string): readonly PolicyStatement[] =>
  statements.flatMap((statement) => {
    const actions = [statement.Action ?? []].flat();
    if (statement.Effect !== 'Allow' || !actions.includes(action)) return [statement];
    const rest = actions.filter((each) => each !== action);
    return rest.length > 0 ? [{ ...statement, Action: rest }] : [];
  });
