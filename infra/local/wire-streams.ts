import { createAwsJsonClient } from './aws-json.ts';
import { type FunctionsHost, pollerKey } from './functions-host.ts';
import { type Boot, gatewayUrl, grace, queueUrl, sqsAs } from './stack-wiring.ts';
import { createStreamClient } from './stream-client.ts';
import { streamFilter } from './stream-filter.ts';
import { lostRecords, streamPositions } from './stream-places.ts';
import { type StreamSource, startStreamSource } from './stream-source.ts';

/** Starts to feed functions from the streams of tables. */
export function wireStreams(boot: Boot, host: FunctionsHost): readonly StreamSource[] {
  const { options, model, region, logs, closers } = boot;
  const { duplicate = false, impatient = false } = options.disturbance ?? {};
  const isIdle = () => host.functions.every((each) => each.busy() === 0);
  const sources = model.streams.map((mapping) => {
    const target = host.byArn(mapping.functionArn);
    const accessKeyId = pollerKey(target.spec.name);
    const endpoint = gatewayUrl(boot);
    const aws = createAwsJsonClient({ endpoint, service: 'dynamodb', region, accessKeyId });
    closers.add(aws, (each) => each.close());
    return startStreamSource({
      ...{ mapping, target, logs, isIdle, impatient, times: duplicate ? 2 : 1 },
      stream: createStreamClient(aws, mapping.streamArn),
      filter: streamFilter(mapping.patterns),
      positions: streamPositions(options.dataDir, target.spec.name),
      giveUp: async (shardId, records, tries) => {
        const { failureQueueArn } = mapping;
        if (failureQueueArn === undefined) return;
        const sqs = sqsAs(accessKeyId, endpoint, boot);
        await sqs.send(queueUrl(failureQueueArn, model), lostRecords(mapping, shardId, records, tries));
      },
    });
  });
  // The functions are ended by the queues' sources, which end behind these.
  closers.add(sources, (each) => Promise.race([Promise.all(each.map((source) => source.stop())), grace()]));
  return sources;
}
