import aws4 from 'aws4';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { awsSigner } from '../../shared/aws/sign.ts';

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const NOW = new Date('2015-08-30T12:36:00.000Z');

/** What a library makes of it that signs requests to all of AWS. */
function byLibrary(
  service: string,
  request: { method: string; host: string; path: string; headers: Record<string, string>; body: string | Buffer },
  credentials: typeof CREDENTIALS & { sessionToken?: string },
): string {
  const headers = { ...request.headers, 'X-Amz-Date': NOW.toISOString().replace(/[-:]|\.\d{3}/g, '') };
  const signed = aws4.sign({ ...request, headers, service, region: 'eu-west-1' }, credentials);
  return String(signed.headers?.Authorization);
}

it('signs the example of AWS’s own test suite as AWS does', () => {
  const sign = awsSigner('service', 'us-east-1', CREDENTIALS);
  const request = { method: 'GET', host: 'example.amazonaws.com', path: '/', headers: {}, body: '' };
  expect(sign(request, NOW)).toEqual({
    host: 'example.amazonaws.com',
    'x-amz-date': '20150830T123600Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, ' +
      'Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  });
});

/** Between slashes. */
const segment = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => !text.includes('/'))
  .map(encodeURIComponent);
const value = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !/\s\s/.test(text));

it('signs whatever request as a library does that signs all of AWS', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('dynamodb', 'sqs', 'ses', 's3'),
      fc.constantFrom('GET', 'PUT', 'POST'),
      fc.array(segment, { maxLength: 4 }),
      fc.dictionary(fc.constantFrom('x-amz-target', 'if-none-match', 'x-amz-meta-note'), value),
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.uint8Array({ minLength: 1 }).map((bytes) => Buffer.from(bytes)),
      ),
      fc.option(fc.base64String({ minLength: 4 }), { nil: undefined }),
      (service, method, segments, more, body, sessionToken) => {
        const headers = { 'content-type': 'application/x-amz-json-1.0', ...more };
        const path = service === 's3' ? `/${segments.join('/')}` : '/';
        const request = { method, host: 'aws.example:4500', path, headers, body };
        const credentials = { ...CREDENTIALS, ...(sessionToken && { sessionToken }) };
        const { authorization } = awsSigner(service, 'eu-west-1', credentials)(request, NOW);
        expect(authorization).toBe(byLibrary(service, request, credentials));
      },
    ),
    { numRuns: 500 },
  );
});

it('takes another key on another day', () => {
  const sign = awsSigner('dynamodb', 'eu-west-1', CREDENTIALS);
  const request = { method: 'POST', host: 'aws.example', path: '/', headers: {}, body: '{}' };
  const days = ['2026-11-30T23:59:59.999Z', '2026-12-01T00:00:00.000Z', '2026-11-30T23:59:59.999Z'];
  const [last, first, again] = days.map((day) => sign(request, new Date(day)).authorization);
  expect(first).toContain('/20261201/eu-west-1/dynamodb/aws4_request');
  expect(first).toBe(awsSigner('dynamodb', 'eu-west-1', CREDENTIALS)(request, new Date(days[1]!)).authorization);
  expect(again).toBe(last);
});
