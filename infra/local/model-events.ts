import { ofType, type Resource } from './assembly.ts';
import type { ConfigurationSetModel } from './gateway/ses-events.ts';
import type { RuleModel } from './model.ts';

/** The names of the template's event buses. */
export const eventBusesOf = (resources: readonly Resource[]): readonly string[] =>
  ofType(resources, 'AWS::Events::EventBus').map(({ identity }) => identity!.ref);

interface Target {
  readonly Arn: string;
  readonly DeadLetterConfig?: { readonly Arn?: string };
}

/** The template's rules that are enabled. Throws when a target is not a queue of the template. */
export function rulesOf(resources: readonly Resource[]): readonly RuleModel[] {
  const queues = new Set(ofType(resources, 'AWS::SQS::Queue').map(({ identity }) => identity!.attributes.Arn));
  return ofType(resources, 'AWS::Events::Rule')
    .filter(({ properties }) => properties.State !== 'DISABLED')
    .map(({ logicalId, properties, identity }) => {
      const targets = (properties.Targets ?? []) as readonly Target[];
      const foreign = targets.find(({ Arn }) => !queues.has(Arn));
      if (foreign) throw new Error(`${logicalId}: its target ${foreign.Arn} is not a queue of the template`);
      const bus = String(properties.EventBusName ?? 'default');
      return {
        arn: identity!.attributes.Arn!,
        bus: bus.slice(bus.lastIndexOf('/') + 1),
        pattern: properties.EventPattern,
        queueArns: targets.map(({ Arn }) => Arn),
        deadLetterArns: targets.flatMap(({ DeadLetterConfig }) => DeadLetterConfig?.Arn ?? []),
      };
    });
}

interface EventDestination {
  readonly Enabled?: boolean;
  readonly EventBridgeDestination: { readonly EventBusArn: string };
  readonly MatchingEventTypes: readonly string[];
}

/** The template's configuration sets of SES, with what each publishes where. */
export function configurationSetsOf(resources: readonly Resource[]): readonly ConfigurationSetModel[] {
  const destinations = ofType(resources, 'AWS::SES::ConfigurationSetEventDestination').map(({ properties }) => ({
    set: properties.ConfigurationSetName,
    ...(properties.EventDestination as EventDestination),
  }));
  return ofType(resources, 'AWS::SES::ConfigurationSet').map(({ properties, identity }) => {
    const suppression = properties.SuppressionOptions as { SuppressedReasons?: readonly string[] } | undefined;
    return {
      name: identity!.ref,
      suppressedReasons: suppression?.SuppressedReasons ?? [],
      publishes: destinations
        .filter(({ set, Enabled }) => set === identity!.ref && Enabled !== false)
        .map(({ EventBridgeDestination, MatchingEventTypes }) => ({
          busArn: EventBridgeDestination.EventBusArn,
          events: MatchingEventTypes,
        })),
    };
  });
}
