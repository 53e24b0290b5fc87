import aws4 from 'aws4';
import type { Documents, ImportFiles } from '../ports.ts';
import { type AwsOptions, awsHttp, environment } from './aws-http.ts';
import { createDocuments } from './files.ts';

/** Links to the documents in a bucket, and the documents themselves. */
export function createLinks(
  { bucket }: { readonly bucket: string },
  options: AwsOptions = environment(),
): Pick<Documents, 'presign' | 'load'> {
  return {
    load: createDocuments({ bucket }, awsHttp('s3', options)).load,
    async presign(key, seconds, fileName) {
      const disposition = `attachment; filename="${fileName.replaceAll(/[^\w.-]/g, '_')}"`;
      return presigned(options, { method: 'GET', bucket, key, seconds, 'response-content-disposition': disposition });
    },
  };
}

/** Links that files are uploaded by into the imports bucket, and the reports about them. */
export function createImportLinks(
  { bucket }: { readonly bucket: string },
  options: AwsOptions = environment(),
): Pick<ImportFiles, 'presignUpload' | 'readReport'> {
  const { load } = createDocuments({ bucket }, awsHttp('s3', options));
  return {
    presignUpload: async (key, seconds) => presigned(options, { method: 'PUT', bucket, key, seconds }),
    async readReport(key) {
      const bytes = await load(key);
      return bytes && JSON.parse(Buffer.from(bytes).toString());
    },
  };
}

interface Link {
  readonly method: 'GET' | 'PUT';
  readonly bucket: string;
  readonly key: string;
  readonly seconds: number;
  readonly 'response-content-disposition'?: string;
}

/** A URL whose holder may do this one thing for so long. Signed here: the SDK is ten times the code, for the same text. */
function presigned(
  { endpoint, region, credentials }: AwsOptions,
  { method, bucket, key, seconds, ...more }: Link,
): string {
  const url = new URL(endpoint ?? `https://s3.${region}.amazonaws.com`);
  const query = new URLSearchParams({ 'X-Amz-Expires': String(seconds), ...more });
  const object = `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  const path = `${object}?${query.toString().replaceAll('+', '%20')}`;
  const signed = aws4.sign({ service: 's3', region, method, host: url.host, path, signQuery: true }, credentials);
  return new URL(signed.path!, url).href;
}
