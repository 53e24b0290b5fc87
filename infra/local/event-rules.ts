import type { BusEvent } from './gateway/ses-events.ts';
import type { LogBook } from './logs.ts';
import type { RuleModel } from './model.ts';
import { streamFilter } from './stream-filter.ts';

/** Brings the events of buses to the queues whose rules they fit, as EventBridge does. */
export interface EventRules {
  put(bus: string, event: BusEvent): void;
  /** Events not yet in their queue. */
  pending(): number;
}

export interface EventRulesOptions {
  readonly rules: readonly RuleModel[];
  readonly logs: LogBook;
  readonly send: (queueArn: string, body: string) => Promise<void>;
}

/** Throws on a pattern with anything that is not known here. */
export function createEventRules({ rules, logs, send }: EventRulesOptions): EventRules {
  const wired = rules.map((rule) => ({ ...rule, fits: streamFilter([JSON.stringify(rule.pattern)]) }));
  let pending = 0;
  return {
    pending: () => pending,
    put(bus, event) {
      const targets = wired
        .filter((rule) => rule.bus === bus && rule.fits(event))
        .flatMap(({ queueArns }) => queueArns);
      for (const queueArn of targets) {
        pending += 1;
        send(queueArn, JSON.stringify(event))
          .catch((error) => logs.write('events', `An event did not reach ${queueArn}: ${error}`))
          .finally(() => {
            pending -= 1;
          });
      }
    },
  };
}
