import { randomUUID } from 'node:crypto';
import { bareAddress, decodeWords, faultOf, parseAddressList, parseHeaders } from './address.ts';
import type { Mailbox } from './mailbox.ts';
import { Refusal } from './refusal.ts';
import { type BusEvent, type ConfigurationSetModel, eventsOf, type SentMail } from './ses-events.ts';
import { isVersion2, suppressionCall } from './ses-suppression.ts';
import type { SuppressionList } from './suppressions.ts';
import type { Need, Reply, Service } from './wire.ts';

const MAX_RECIPIENTS = 50;
const MAX_MESSAGE_BYTES = 10 * 1024 * 1024;

export interface SesOptions {
  readonly mailbox: Mailbox;
  /** `arn:aws:ses:<region>:<account>`. */
  readonly arn: string;
  /** Verified domains and addresses. */
  readonly identities: readonly string[];
  readonly configurationSets: readonly ConfigurationSetModel[];
  readonly suppressions: SuppressionList;
  readonly rate: SendRate;
  /** Told of what SES publishes to a bus. */
  readonly onEvent?: (busArn: string, event: BusEvent) => void;
  readonly now: () => Date;
}

/** A send as read from the request. */
interface Send {
  readonly message: Buffer;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet?: string;
}

/**
 * SES, version 1 of its API: `SendRawEmail`, with its limits; of version 2 what takes an address off the suppression list.
 * An address on it is accepted, as by SES itself, which then reports a bounce; only what is malformed is refused, and with
 * it the whole message. What becomes of a mail is published as its configuration set says.
 */
export function ses(options: SesOptions): Service {
  return (incoming) => {
    if (isVersion2(incoming)) return suppressionCall(incoming, options.suppressions, options.arn);
    const form = parseForm(incoming.body);
    const action = form.get('Action') ?? '';
    if (action !== 'SendRawEmail') throw new Refusal('InvalidAction', `The gateway has no SES action ${action}.`);
    const send = readSend(form);
    const identity = identityOf(send.from, options.identities);
    const resource = `${options.arn}:identity/${identity ?? send.from}`;
    const context = (key: string) =>
      key === 'ses:FromAddress' ? [send.from] : key === 'ses:Recipients' ? send.to : undefined;
    const needs: Need[] = [{ action: 'ses:SendRawEmail', resource, context }];
    if (send.configurationSet)
      needs.push({
        action: 'ses:SendRawEmail',
        resource: `${options.arn}:configuration-set/${send.configurationSet}`,
        context,
      });
    return { action, resource, needs, perform: () => deliver(options, send, identity) };
  };
}

/** The form's fields. `URLSearchParams` takes milliseconds for a large attachment, this microseconds. */
function parseForm(body: Buffer): ReadonlyMap<string, string> {
  const text = body.toString('latin1');
  return new Map(
    text.split('&').map((field) => {
      const [name = '', value = ''] = field.split('=');
      return [decodeURIComponent(name), decodeURIComponent(value.replace(/\+/g, ' '))];
    }),
  );
}

function readSend(form: ReadonlyMap<string, string>): Send {
  const data = form.get('RawMessage.Data');
  if (!data)
    throw new Refusal(
      'ValidationError',
      "Value null at 'rawMessage.data' failed to satisfy constraint: Member must not be null",
    );
  const message = Buffer.from(data, 'base64');
  const headers = parseHeaders(message);
  const given = [...form]
    .filter(([name]) => name.startsWith('Destinations.member.'))
    .map(([, value]) => bareAddress(value));
  const named = ['to', 'cc', 'bcc'].flatMap((name) => parseAddressList(headers.get(name) ?? ''));
  const configurationSet = form.get('ConfigurationSetName') ?? headers.get('x-ses-configuration-set');
  return {
    message,
    from: bareAddress(form.get('Source') ?? headers.get('from') ?? ''),
    to: given.length > 0 ? given : named,
    subject: decodeWords(headers.get('subject') ?? ''),
    headers,
    tags: tagsIn(form),
    ...(configurationSet && { configurationSet }),
  };
}

const TAG = /^[A-Za-z0-9_-]{1,256}$/;

/** Throws a `Refusal` for a name or value with other signs than SES takes. */
function tagsIn(form: ReadonlyMap<string, string>): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const [field, name] of form) {
    const number = /^Tags\.member\.(\d+)\.Name$/.exec(field)?.[1];
    if (number === undefined) continue;
    const value = form.get(`Tags.member.${number}.Value`) ?? '';
    const fault = [name, value].find((text) => !TAG.test(text));
    if (fault !== undefined)
      throw new Refusal(
        'InvalidParameterValue',
        `Value for tag must contain only alphanumeric ASCII characters, '_', or '-', at most 256: ${fault}`,
      );
    tags[name] = value;
  }
  return tags;
}

/** The verified identity that SES would use: the address itself, or its domain, or a domain above it. */
function identityOf(from: string, identities: readonly string[]): string | undefined {
  const address = from.toLowerCase();
  const matching = identities.filter((identity) => {
    const name = identity.toLowerCase();
    return (
      address === name ||
      (!name.includes('@') && (address.endsWith(`@${name}`) || (address.includes('@') && address.endsWith(`.${name}`))))
    );
  });
  return matching.sort((a, b) => b.length - a.length)[0];
}

async function deliver(options: SesOptions, send: Send, identity: string | undefined): Promise<Reply> {
  const { mailbox, configurationSets, suppressions, rate, now, arn } = options;
  const { message, from, to, subject, tags, configurationSet } = send;
  if (message.length > MAX_MESSAGE_BYTES)
    throw new Refusal(
      'InvalidParameterValue',
      `Message length is more than ${MAX_MESSAGE_BYTES} bytes long: '${message.length}'.`,
    );
  if (from === '') throw new Refusal('InvalidParameterValue', "Missing required header 'From'.");
  if (to.length === 0) throw new Refusal('InvalidParameterValue', 'Recipient list is empty.');
  if (to.length > MAX_RECIPIENTS)
    throw new Refusal('InvalidParameterValue', `Recipient count exceeds ${MAX_RECIPIENTS}.`);
  const malformed = [from, ...to].map(faultOf).find((fault) => fault !== undefined);
  if (malformed) throw new Refusal('InvalidParameterValue', malformed);
  if (!identity) {
    const region = arn.split(':')[3]?.toUpperCase();
    throw new Refusal(
      'MessageRejected',
      `Email address is not verified. The following identities failed the check in region ${region}: ${from}`,
    );
  }
  const set = configurationSets.find(({ name }) => name === configurationSet);
  if (configurationSet && !set) {
    throw new Refusal('ConfigurationSetDoesNotExist', `Configuration set <${configurationSet}> does not exist.`);
  }
  if (!rate.take(to.length)) throw new Refusal('throttled', 'Maximum sending rate exceeded.');
  const kept = await mailbox.keep(message, { from, to, subject, at: now(), tags }, (address) =>
    suppressions.has(address),
  );
  if (set) publish(options, set, { ...send, messageId: kept.id, configurationSet: set.name, at: kept.at }, kept.fates);
  const requestId = randomUUID();
  const body = `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>${kept.id}</MessageId></SendRawEmailResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></SendRawEmailResponse>`;
  return { status: 200, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}

/** What becomes of a mail at each address: SES remembers the address, and tells the set's destinations what they want to know. */
function publish(
  { suppressions, arn, onEvent }: SesOptions,
  set: ConfigurationSetModel,
  mail: SentMail,
  fates: Awaited<ReturnType<Mailbox['keep']>>['fates'],
): void {
  for (const [recipient, fate] of fates) {
    const reason = fate === 'bounces' ? 'BOUNCE' : fate === 'complains' ? 'COMPLAINT' : undefined;
    if (reason && set.suppressedReasons.includes(reason)) suppressions.add(recipient, reason);
    for (const { name, event } of eventsOf(mail, recipient, fate, { arn })) {
      for (const { busArn, events } of set.publishes) if (events.includes(name)) onEvent?.(busArn, event);
    }
  }
}

/** The account's maximum send rate, in recipients per second of real time; without limit until told. */
export class SendRate {
  perSecond: number | undefined;
  private windowStart = 0;
  private taken = 0;

  take(recipients: number): boolean {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.windowStart) {
      this.windowStart = second;
      this.taken = 0;
    }
    if (this.perSecond !== undefined && this.taken + recipients > this.perSecond) return false;
    this.taken += recipients;
    return true;
  }
}
