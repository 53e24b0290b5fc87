import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of a question about a number: `valid` unless told otherwise, or one of the service's own faults. */
export type ViesBehaviour =
  | { readonly kind: 'valid' | 'invalid' }
  | { readonly kind: 'fault'; readonly error: string; readonly status?: number }
  /** Connection closed, no answer at all, or an answer that is none. */
  | { readonly kind: 'drop' | 'silence' }
  | { readonly kind: 'text'; readonly status: number; readonly text: string };

export interface Vies {
  /** The base of the REST API. */
  readonly url: string;
  /** By VAT ID with its prefix. */
  readonly behaviours: Map<string, ViesBehaviour>;
  readonly requests: readonly ViesRequest[];
  stop(): Promise<void>;
}

export interface ViesRequest {
  readonly countryCode: string;
  readonly vatNumber: string;
  readonly requesterMemberStateCode?: string;
  readonly requesterNumber?: string;
}

/** As the service names member states; Northern Ireland (XI) is for goods only. */
const MEMBER_STATES = 'AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI'.split(' ');

/**
 * The European Commission's VAT information exchange system on this machine: the part of its REST API that the product
 * uses, with its form of answers and faults. It knows every number, unless it was told otherwise.
 */
export async function startVies({ now }: { readonly now: () => Date }): Promise<Vies> {
  const behaviours = new Map<string, ViesBehaviour>();
  const requests: ViesRequest[] = [];
  const serve = async (message: IncomingMessage, response: ServerResponse) => {
    if (message.method !== 'POST' || message.url !== '/check-vat-number') return send(response, 404, {});
    const asked = await questionOf(message);
    if (asked === undefined || !MEMBER_STATES.includes(asked.countryCode) || asked.vatNumber === '')
      return send(response, 400, fault('INVALID_INPUT'));
    requests.push(asked);
    if ((asked.requesterNumber === undefined) !== (asked.requesterMemberStateCode === undefined))
      return send(response, 400, fault('INVALID_REQUESTER_INFO'));
    const behaviour = behaviours.get(`${asked.countryCode}${asked.vatNumber}`) ?? { kind: 'valid' };
    answer(message, response, behaviour, answerTo(asked, behaviour.kind === 'valid', now(), requests.length));
  };
  const server = createServer((message, response) => {
    serve(message, response).catch((error: unknown) => {
      console.error(error);
      send(response, 500, fault('SERVICE_UNAVAILABLE'));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    behaviours,
    requests,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(message: IncomingMessage, response: ServerResponse, behaviour: ViesBehaviour, found: object): void {
  switch (behaviour.kind) {
    case 'valid':
    case 'invalid':
      send(response, 200, found);
      return;
    case 'fault':
      send(response, behaviour.status ?? 200, fault(behaviour.error));
      return;
    case 'drop':
      message.socket.destroy();
      return;
    case 'silence':
      return;
    case 'text':
      response.writeHead(behaviour.status, { 'content-type': 'text/html' }).end(behaviour.text);
  }
}

/** Whoever says who is asking gets a number for the enquiry. */
const answerTo = (asked: ViesRequest, valid: boolean, at: Date, count: number) => ({
  countryCode: asked.countryCode,
  vatNumber: asked.vatNumber,
  requestDate: at.toISOString(),
  valid,
  requestIdentifier: asked.requesterNumber === undefined ? '' : `WAPI${String(count).padStart(12, '0')}`,
  name: '---',
  address: '---',
});

const fault = (error: string) => ({ actionSucceed: false, errorWrappers: [{ error }] });

const send = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

async function questionOf(message: IncomingMessage): Promise<ViesRequest | undefined> {
  let text = '';
  for await (const chunk of message.setEncoding('utf8')) text += chunk;
  try {
    const { countryCode, vatNumber, ...requester } = JSON.parse(text);
    return { countryCode: String(countryCode ?? ''), vatNumber: String(vatNumber ?? ''), ...requester };
  } catch {
    return undefined;
  }
}
