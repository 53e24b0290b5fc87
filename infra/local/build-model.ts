import { type Assembly, ofType, type Resource } from './assembly.ts';
import type { StackModel } from './model.ts';
import { apiOf } from './model-api.ts';
import { configurationSetsOf, eventBusesOf, rulesOf } from './model-events.ts';
import { functionsOf } from './model-functions.ts';
import { bucketsOf, encryptionOf, mappingsOf, queuesOf, schedulesOf, streamsOf, tablesOf } from './model-services.ts';

/** Reads the model off the resolved resources. Throws when they contradict themselves. */
export function modelOf(assembly: Assembly, resources: readonly Resource[]): StackModel {
  return {
    stackName: assembly.stackName,
    functions: functionsOf(assembly, resources),
    queues: queuesOf(resources),
    mappings: mappingsOf(resources),
    streams: streamsOf(resources),
    schedules: schedulesOf(resources),
    buckets: bucketsOf(resources),
    tables: tablesOf(resources),
    eventBuses: eventBusesOf(resources),
    rules: rulesOf(resources),
    mailIdentities: ofType(resources, 'AWS::SES::EmailIdentity').map(({ identity }) => identity!.ref),
    mailConfigurationSets: configurationSetsOf(resources),
    encryption: encryptionOf(resources),
    api: apiOf(resources),
    resources,
  };
}
