import { addressKey } from '../domain/mail-address.ts';
import type { SuppressionList } from '../ports.ts';
import { type AwsHttp, awsHttp } from './aws-http.ts';
import { AwsError } from './aws-json.ts';

/** SES's list of addresses of the AWS account that it mails to no more, by version 2 of its API. */
export function createSuppressionList(http: AwsHttp = awsHttp('ses')): SuppressionList {
  return {
    async lift(address) {
      const key = addressKey(address);
      const local = address.slice(0, address.lastIndexOf('@'));
      // As it was mailed to, and as SES may have written it.
      const written = new Set([local + key.slice(key.lastIndexOf('@')), key]);
      for (const each of written) {
        const path = `/v2/email/suppression/addresses/${encodeURIComponent(each)}`;
        const { status, headers } = await http({ method: 'DELETE', path, headers: {}, body: '' });
        if (status === 200 || status === 404) continue;
        const name = String(headers['x-amzn-errortype'] ?? 'UnknownError').replace(/:.*$/, '');
        throw new AwsError(name, status, `DeleteSuppressedDestination: status ${status}`);
      }
    },
  };
}
