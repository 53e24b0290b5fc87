import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { anchorOf } from '../../infra/alarm.ts';
import { FUNCTIONS } from '../../infra/functions.ts';
import { QUEUES } from '../../shared/messages.ts';
import { templateOf } from './template.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const template = await templateOf();
const alarms = template.of('AWS::CloudWatch::Alarm');
const alarmNames = alarms.map(({ Properties }) => Properties.AlarmName);
const runbook = readFileSync(new URL('../../infra/RUNBOOK.md', import.meta.url), 'utf8');
const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading!);

/** The text of a function and of all that it imports of ours. */
function sourcesOf(name: string, seen = new Set<string>()): string {
  const candidates = [`functions/${name}.ts`, `functions/${name}/index.ts`, name].map((file) => join(ROOT, file));
  const file = candidates.find((each) => /\.ts$/.test(each) && existsSync(each));
  if (!file || seen.has(file)) return '';
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const imports = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, path]) => relative(ROOT, join(dirname(file), path!)));
  return [text, ...imports.map((each) => sourcesOf(each, seen))].join('\n');
}

describe('every alarm', () => {
  it.each(alarms.map(({ Properties }) => [Properties.AlarmName, Properties]))(
    '%s says what is lost and links the runbook',
    (_, alarm) => {
      const [, loses, anchor] =
        /^(.{30,})\. What to do: infra\/RUNBOOK\.md#([a-z0-9-]+)$/.exec(alarm.AlarmDescription) ?? [];
      expect(loses).toBeTruthy();
      expect(headings.map(anchorOf)).toContain(anchor);
      expect(alarm.AlarmActions).toEqual([{ Ref: template.of('AWS::SNS::Topic')[0]?.id }]);
    },
  );

  it('has a heading that says what is lost, how to look and how to mend, and no heading is without an alarm', () => {
    const linked = new Set(alarms.map(({ Properties }) => Properties.AlarmDescription.split('#')[1]));
    expect(headings.map(anchorOf).filter((anchor) => !linked.has(anchor))).toEqual([]);
    for (const section of runbook.split(/^## /m).slice(1)) {
      expect(section).toMatch(/_Lost:_[\s\S]*_Look:_[\s\S]*_Mend:_/);
    }
  });
});

describe('somebody is told', () => {
  it.each(QUEUES)(
    'when a job of %s failed for good, when that is not recorded, and when its jobs only wait',
    (queue) => {
      for (const what of ['dead-letters', 'dead-letters-not-recorded', 'waiting']) {
        expect(alarmNames).toContain(`TelecomBilling-local-${queue}-${what}`);
      }
    },
  );

  it.each(['plan-billing-run', 'reconcile-processor', 'sweep-overdue', 'anchor-audit'])(
    'when %s fails, misses an event, or is not fired at all',
    (name) => {
      for (const what of ['failing', 'event-missed', 'not-fired']) {
        expect(alarmNames).toContain(`TelecomBilling-local-${name}-${what}`);
      }
    },
  );

  it.each(['failing', 'behind', 'gave-up'])('when the audit log misses entries: %s', (what) => {
    expect(alarmNames).toContain(`TelecomBilling-local-record-audit-${what}`);
  });

  it.each(FUNCTIONS)('when %s is throttled', (name) => {
    expect(alarmNames).toContain(`TelecomBilling-local-${name}-throttled`);
  });

  it('by no alarm in vain: what our own metrics alarm on is counted by the function they name', () => {
    for (const { Properties } of alarms.filter((each) => each.Properties.Namespace === 'TelecomBilling/local')) {
      const service = Properties.Dimensions.find((each: { Name: string }) => each.Name === 'service').Value;
      expect(sourcesOf(service), `${service} counts ${Properties.MetricName}`).toContain(
        `count('${Properties.MetricName}'`,
      );
    }
  });

  it('when the alarm’s topic is encrypted: CloudWatch may use its key', () => {
    const statements = template.of('AWS::KMS::Key')[0]?.Properties.KeyPolicy.Statement;
    expect(statements).toContainEqual(
      expect.objectContaining({
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      }),
    );
  });
});
