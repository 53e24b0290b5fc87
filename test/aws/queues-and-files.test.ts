import { CreateBucketCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalFauxqs, startFauxqs } from '../../infra/local/fauxqs.ts';
import { awsHttp } from '../../shared/aws/aws-http.ts';
import { createDocuments } from '../../shared/aws/files.ts';
import { createLinks } from '../../shared/aws/links.ts';
import { createQueues } from '../../shared/aws/queues.ts';
import { answering } from '../support/answering.ts';
import { localClient } from '../support/emulators.ts';

let fauxqs: LocalFauxqs;
let sqs: SQSClient;
let s3: S3Client;
beforeAll(async () => {
  fauxqs = await startFauxqs();
  sqs = new SQSClient(localClient(fauxqs.endpoint));
  s3 = new S3Client(localClient(fauxqs.endpoint));
  await s3.send(new CreateBucketCommand({ Bucket: 'documents' }));
});
afterAll(() => fauxqs.stop());

describe('queues', () => {
  const services = (number: number) =>
    ({ sellerId: 'northwind-gb', accountId: 'acme', number, action: 'suspend' }) as const;
  const many = Array.from({ length: 25 }, (_, index) => services(index + 1));
  const answers = (...bodies: readonly object[]) =>
    answering(...bodies.map((body) => ({ status: 200, body: JSON.stringify(body) })));
  const entriesOf = (body: string): { Id: string }[] => JSON.parse(body).Entries;

  it('accept any number of messages as JSON, ten at a time', async () => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'services' }));
    await createQueues({ urls: { services: QueueUrl! } }, awsHttp('sqs', localClient(fauxqs.endpoint))).send(
      'services',
      many,
    );
    const bodies: string[] = [];
    while (bodies.length < 25) {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      if (Messages.length === 0) break;
      bodies.push(...Messages.map(({ Body }) => Body!));
    }
    expect(bodies.map((body) => JSON.parse(body)).sort((a, b) => a.number - b.number)).toEqual(many);
  });

  it('send again exactly what SQS refused', async () => {
    const { http, requests } = answers({ Failed: [{ Id: '1', SenderFault: false, Code: 'InternalError' }] }, {});
    await createQueues({ urls: { services: 'http://queue' } }, http).send('services', many.slice(0, 3));
    const sent = requests.map(({ body }) => entriesOf(String(body)).map(({ Id }) => Id));
    expect(sent).toEqual([['0', '1', '2'], ['1']]);
  });

  it.each([
    ['goes on refusing', false, 5],
    ['calls it our fault', true, 1],
  ])('throw when SQS %s', async (_, SenderFault, calls) => {
    const { http, requests } = answers({ Failed: [{ Id: '0', SenderFault, Code: 'Refused' }] });
    const sending = createQueues({ urls: { services: 'http://queue' } }, http).send('services', many.slice(0, 1));
    await expect(sending).rejects.toThrow('SQS did not accept a message: Refused');
    expect(requests).toHaveLength(calls);
  });

  it('carry together what is sent at nearly the same time, and tell each sender the fate of its own message', async () => {
    const { http, requests } = answers({ Failed: [{ Id: '1', SenderFault: true, Code: 'TooLong' }] });
    const queues = createQueues({ urls: { services: 'http://queue' } }, http);
    const fates = await Promise.allSettled(many.slice(0, 3).map((message) => queues.send('services', [message])));
    expect(fates.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(requests).toHaveLength(1);
  });

  it('name the queue whose URL the function was not given', async () => {
    const sending = createQueues({ urls: {} }, answers().http).send('services', many);
    await expect(sending).rejects.toMatchObject({
      code: 'invalid_configuration',
      message: expect.stringContaining('"services"'),
    });
  });
});

describe('documents', () => {
  const bytes = Buffer.from('%PDF-1.7 …');
  const stored = () => createDocuments({ bucket: 'documents' }, awsHttp('s3', localClient(fauxqs.endpoint)));

  it('come back as they were stored, with their type and the checksum S3 verified', async () => {
    const documents = stored();
    expect(await documents.storeOnce('invoices/a.pdf', bytes, 'application/pdf')).toBe('written');
    expect(Buffer.from((await documents.load('invoices/a.pdf'))!)).toEqual(bytes);
    expect(await documents.load('invoices/none.pdf')).toBeUndefined();
    const head = await s3.send(new HeadObjectCommand({ Bucket: 'documents', Key: 'invoices/a.pdf' }));
    expect(head.ContentType).toBe('application/pdf');
  });

  it('are downloaded by a link under a file name of our choice', async () => {
    await stored().storeOnce('invoices/b.pdf', bytes, 'application/pdf');
    const link = await createLinks({ bucket: 'documents' }, localClient(fauxqs.endpoint)).presign(
      'invoices/b.pdf',
      300,
      'NTUK-1".pdf',
    );
    expect(new URL(link).searchParams.get('X-Amz-Expires')).toBe('300');
    expect(new URL(link).searchParams.get('response-content-disposition')).toBe('attachment; filename="NTUK-1_.pdf"');
    expect(Buffer.from(await (await fetch(link)).arrayBuffer())).toEqual(bytes);
  });

  // The emulator ignores If-None-Match; the local gateway and S3 itself do not.
  it('are written once: S3 is asked to refuse a second write, and its refusal is success', async () => {
    const refusal = (code: string, status: number) => ({ status, body: `<Error><Code>${code}</Code></Error>` });
    const { http, requests } = answering(refusal('PreconditionFailed', 412), refusal('SlowDown', 503));
    const documents = createDocuments({ bucket: 'documents' }, http);
    expect(await documents.storeOnce('a.pdf', bytes, 'application/pdf')).toBe('already-done');
    expect(requests[0]!.headers).toMatchObject({
      'if-none-match': '*',
      'x-amz-checksum-sha256': expect.stringMatching(/=$/),
    });
    await expect(documents.storeOnce('a.pdf', bytes, 'application/pdf')).rejects.toMatchObject({ name: 'SlowDown' });
  });

  it('are not taken for missing when something else is', async () => {
    const { http } = answering({ status: 404, body: '<Error><Code>NoSuchBucket</Code></Error>' });
    await expect(createDocuments({ bucket: 'documents' }, http).load('a.pdf')).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });
});
