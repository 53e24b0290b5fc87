import {
  CreateBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LocalFauxqs, startFauxqs } from '../../infra/local/fauxqs.ts';
import { createDocuments } from '../../shared/aws/files.ts';
import { createQueues } from '../../shared/aws/queues.ts';
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
  const mocked = () => mockClient(SQSClient);
  let mock: ReturnType<typeof mocked> | undefined;
  afterEach(() => mock?.restore());

  it('accept any number of messages as JSON, ten at a time', async () => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'services' }));
    await createQueues({ urls: { services: QueueUrl } }, sqs).send('services', many);
    const bodies: string[] = [];
    while (bodies.length < 25) {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      if (Messages.length === 0) break;
      bodies.push(...Messages.map(({ Body }) => Body!));
    }
    expect(bodies.map((body) => JSON.parse(body)).sort((a, b) => a.number - b.number)).toEqual(many);
  });

  it('send again exactly what SQS refused', async () => {
    mock = mocked();
    mock
      .on(SendMessageBatchCommand)
      .resolvesOnce({ Failed: [{ Id: '1', SenderFault: false, Code: 'InternalError' }] })
      .resolves({});
    await createQueues({ urls: { services: 'http://queue' } }, sqs).send('services', many.slice(0, 3));
    const sent = mock
      .commandCalls(SendMessageBatchCommand)
      .map(({ args }) => args[0].input.Entries?.map(({ Id }) => Id));
    expect(sent).toEqual([['0', '1', '2'], ['1']]);
  });

  it.each([
    ['goes on refusing', false, 5],
    ['calls it our fault', true, 1],
  ])('throw when SQS %s', async (_, SenderFault, calls) => {
    mock = mocked();
    mock.on(SendMessageBatchCommand).resolves({ Failed: [{ Id: '0', SenderFault, Code: 'Refused' }] });
    const sending = createQueues({ urls: { services: 'http://queue' } }, sqs).send('services', many.slice(0, 1));
    await expect(sending).rejects.toThrow('SQS did not accept a message: Refused');
    expect(mock.commandCalls(SendMessageBatchCommand)).toHaveLength(calls);
  });

  it('carry together what is sent at nearly the same time, and tell each sender the fate of its own message', async () => {
    mock = mocked();
    mock.on(SendMessageBatchCommand).resolves({ Failed: [{ Id: '1', SenderFault: true, Code: 'TooLong' }] });
    const queues = createQueues({ urls: { services: 'http://queue' } }, sqs);
    const fates = await Promise.allSettled(many.slice(0, 3).map((message) => queues.send('services', [message])));
    expect(fates.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(mock.commandCalls(SendMessageBatchCommand)).toHaveLength(1);
  });

  it('name the queue whose URL the function was not given', async () => {
    const sending = createQueues({ urls: {} }, sqs).send('services', many);
    await expect(sending).rejects.toMatchObject({
      code: 'invalid_configuration',
      message: expect.stringContaining('"services"'),
    });
  });
});

describe('documents', () => {
  const bytes = Buffer.from('%PDF-1.7 …');

  it('come back as they were stored, with their type and the checksum S3 verified', async () => {
    const documents = createDocuments({ bucket: 'documents' }, s3);
    expect(await documents.storeOnce('invoices/a.pdf', bytes, 'application/pdf')).toBe('written');
    expect(Buffer.from((await documents.load('invoices/a.pdf'))!)).toEqual(bytes);
    expect(await documents.load('invoices/none.pdf')).toBeUndefined();
    const head = await s3.send(new HeadObjectCommand({ Bucket: 'documents', Key: 'invoices/a.pdf' }));
    expect(head.ContentType).toBe('application/pdf');
  });

  it('are downloaded by a link under a file name of our choice', async () => {
    const documents = createDocuments({ bucket: 'documents' }, s3);
    await documents.storeOnce('invoices/b.pdf', bytes, 'application/pdf');
    const link = await documents.presign('invoices/b.pdf', 300, 'NTUK-1".pdf');
    expect(new URL(link).searchParams.get('X-Amz-Expires')).toBe('300');
    expect(new URL(link).searchParams.get('response-content-disposition')).toBe('attachment; filename="NTUK-1_.pdf"');
    expect(Buffer.from(await (await fetch(link)).arrayBuffer())).toEqual(bytes);
  });

  // The emulator ignores If-None-Match; the local gateway and S3 itself do not.
  it('are written once: S3 is asked to refuse a second write, and its refusal is success', async () => {
    const mock = mockClient(S3Client);
    try {
      const refusal = { name: 'PreconditionFailed', $fault: 'client', $metadata: { httpStatusCode: 412 } } as const;
      mock
        .on(PutObjectCommand)
        .rejectsOnce(new S3ServiceException(refusal))
        .rejectsOnce(new S3ServiceException({ ...refusal, name: 'SlowDown', $metadata: { httpStatusCode: 503 } }));
      const documents = createDocuments({ bucket: 'documents' }, s3);
      expect(await documents.storeOnce('a.pdf', bytes, 'application/pdf')).toBe('already-done');
      expect(mock.commandCalls(PutObjectCommand)[0]!.args[0].input).toMatchObject({
        IfNoneMatch: '*',
        ChecksumSHA256: expect.stringMatching(/=$/),
      });
      await expect(documents.storeOnce('a.pdf', bytes, 'application/pdf')).rejects.toMatchObject({ name: 'SlowDown' });
    } finally {
      mock.restore();
    }
  });
});
