import type { IncomingMessage, ServerResponse } from 'node:http';
import { ADMIN_KEY, Authority, type Principal, policyOf } from './authorize.ts';
import { transactionConflict } from './dynamodb.ts';
import { type Encryption, keyNeeds } from './encryption.ts';
import { errorReply, type ServiceName } from './errors.ts';
import type { Call, Faults, Struck } from './faults.ts';
import { type Identity, identify } from './identify.ts';
import type { Meter } from './meter.ts';
import { checkPresigned } from './presign.ts';
import { Refusal } from './refusal.ts';
import { type Asked, type Incoming, type Need, type Reply, readBody, type Service } from './wire.ts';

export interface DoorOptions {
  readonly accountId: string;
  readonly principals: ReadonlyMap<string, Principal>;
  readonly encryption?: Encryption;
  readonly now: () => Date;
}

/** Takes each request through identity, permission, faults, service and meter. */
export class Door {
  private readonly options: DoorOptions;
  private readonly services: Readonly<Record<ServiceName, Service>>;
  private readonly faults: Faults;
  private readonly meter: Meter;
  private principals: ReadonlyMap<string, Principal> = new Map();
  private date = { second: 0, text: '' };

  constructor(options: DoorOptions, services: Readonly<Record<ServiceName, Service>>, faults: Faults, meter: Meter) {
    this.options = options;
    this.services = services;
    this.faults = faults;
    this.meter = meter;
    this.setPrincipals(options.principals);
  }

  setPrincipals(principals: ReadonlyMap<string, Principal>): void {
    for (const principal of principals.values()) policyOf(principal);
    this.principals = principals;
  }

  /** Never rejects: what fails is the reply, or a dropped connection. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    const mark = url.indexOf('?');
    const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
    const identity = identify(request.headers, query);
    const service = typeof identity === 'object' ? identity.service : 's3';
    let reply: Reply | undefined;
    try {
      const body = await readBody(request);
      if (typeof identity === 'string')
        throw new Refusal('NotImplemented', `The gateway does not speak ${identity}.`, 501);
      if (!identity) throw new Refusal('denied', 'Access Denied');
      const path = mark < 0 ? url : url.slice(0, mark);
      reply = await this.serve(identity, {
        method: request.method ?? 'GET',
        path,
        query,
        headers: request.headers,
        body,
        response,
        allows: () => false,
      });
    } catch (error) {
      const refusal =
        error instanceof Refusal
          ? error
          : new Refusal('unavailable', error instanceof Error ? error.message : String(error));
      reply = errorReply(service, refusal);
    }
    if (reply) this.send(request, response, reply);
    else response.destroy();
  }

  /** Undefined: the connection is to be dropped. */
  private async serve(identity: Identity, arrived: Incoming): Promise<Reply | undefined> {
    const { accessKeyId, service } = identity;
    const principal = this.principals.get(accessKeyId);
    if (!principal && accessKeyId !== ADMIN_KEY)
      throw new Refusal('unknown-key', 'The security token included in the request is invalid.');
    if (identity.presigned) {
      if (service !== 's3') throw new Refusal('denied', 'Only S3 is reached by presigned URLs here.');
      checkPresigned(arrived, this.options.now(), principal?.secretAccessKey);
    }
    const authority = new Authority({
      accessKeyId,
      account: this.options.accountId,
      region: identity.region,
      ...(principal && { principal }),
    });
    const incoming: Incoming = { ...arrived, allows: (need: Need) => authority.verdict(need) === 'allowed' };
    const asked = this.services[service](incoming);
    const functionName = principal?.functionName ?? ADMIN_KEY;
    const { action, resource } = asked;
    const call: Call = {
      principalKey: accessKeyId,
      functionName,
      service,
      action,
      resource,
      index: this.faults.nextIndex(accessKeyId),
    };
    let reply: Reply | undefined;
    try {
      authority.demand([
        ...asked.needs,
        ...(this.options.encryption ? keyNeeds(service, asked, this.options.encryption) : []),
      ]);
      reply = await this.carryOut(call, asked, incoming);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      reply = errorReply(service, error);
    }
    const size = reply ? (reply.body?.length ?? Number(reply.headers['content-length'] ?? 0)) : 0;
    this.meter.add(call, reply?.status ?? 500, incoming.body.length, size, reply?.units);
    return reply;
  }

  private async carryOut(call: Call, asked: Asked, incoming: Incoming): Promise<Reply | undefined> {
    if (this.faults.idle) return asked.perform();
    const before = await this.faults.strike(call, 'before');
    if (before) return this.struck(before, call, asked, incoming);
    const reply = await asked.perform();
    const after = await this.faults.strike(call, 'after');
    if (!after) return reply;
    reply.stream?.resume();
    return this.struck(after, call, asked, incoming, reply);
  }

  private struck(
    struck: NonNullable<Struck>,
    call: Call,
    asked: Asked,
    { body }: Incoming,
    done?: Reply,
  ): Reply | undefined {
    if (struck.effect === 'drop') return undefined;
    const refusal =
      struck.error === 'conflict' && call.service === 'dynamodb'
        ? transactionConflict(asked, body)
        : new Refusal(struck.error, 'Injected fault');
    return { ...errorReply(call.service as ServiceName, refusal), ...(done?.units && { units: done.units }) };
  }

  private send(request: IncomingMessage, response: ServerResponse, { status, headers, body, stream }: Reply): void {
    // SDKs correct their clocks by this header: callers then sign by the pretended time.
    headers.date = this.httpDate();
    if (stream) {
      response.writeHead(status, headers);
      stream.on('error', () => response.destroy());
      stream.pipe(response);
      return;
    }
    if (request.method !== 'HEAD') headers['content-length'] = body === undefined ? 0 : Buffer.byteLength(body);
    response.writeHead(status, headers);
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  private httpDate(): string {
    const now = this.options.now();
    const second = Math.floor(now.getTime() / 1000);
    if (second !== this.date.second) this.date = { second, text: now.toUTCString() };
    return this.date.text;
  }
}
