import { randomUUID } from 'node:crypto';
import { bareAddress, decodeWords, faultOf, parseAddressList, parseHeaders } from './address.ts';
import type { Mailbox } from './mailbox.ts';
import { Refusal } from './refusal.ts';
import type { Need, Reply, Service } from './wire.ts';

const MAX_RECIPIENTS = 50;
const MAX_MESSAGE_BYTES = 10 * 1024 * 1024;

export interface SesOptions {
  readonly mailbox: Mailbox;
  /** `arn:aws:ses:<region>:<account>`. */
  readonly arn: string;
  /** Verified domains and addresses. */
  readonly identities: readonly string[];
  readonly configurationSets: readonly string[];
  readonly rate: SendRate;
  readonly now: () => Date;
}

/** A send as read from the request. */
interface Send {
  readonly message: Buffer;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly configurationSet?: string;
}

/**
 * SES, version 1 of its API: `SendRawEmail`, with its limits. An address on the suppression list is accepted, as by
 * SES itself, which then reports a bounce; only what is malformed is refused, and with it the whole message.
 */
export function ses(options: SesOptions): Service {
  return ({ body }) => {
    const form = parseForm(body);
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
    ...(configurationSet && { configurationSet }),
  };
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

async function deliver(
  { mailbox, configurationSets, rate, now, arn }: SesOptions,
  send: Send,
  identity: string | undefined,
): Promise<Reply> {
  const { message, from, to, subject, configurationSet } = send;
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
  if (configurationSet && !configurationSets.includes(configurationSet)) {
    throw new Refusal('ConfigurationSetDoesNotExist', `Configuration set <${configurationSet}> does not exist.`);
  }
  if (!rate.take(to.length)) throw new Refusal('throttled', 'Maximum sending rate exceeded.');
  const kept = await mailbox.keep(message, { from, to, subject, at: now() });
  const requestId = randomUUID();
  const body = `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>${kept.id}</MessageId></SendRawEmailResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></SendRawEmailResponse>`;
  return { status: 200, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
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
