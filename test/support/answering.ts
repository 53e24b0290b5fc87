import type { AwsHttp, AwsRequest } from '../../shared/aws/aws-http.ts';

export type Answer = { readonly status: number; readonly body: string } | Error;

/** AWS as a list of answers: one after the other, the last one again and again. An `Error` breaks the connection. */
export function answering(...answers: readonly Answer[]) {
  const requests: AwsRequest[] = [];
  const http: AwsHttp = async (request) => {
    const answer = answers[Math.min(requests.push(request), answers.length) - 1];
    if (!answer) throw new Error('AWS was not meant to be asked');
    if (answer instanceof Error) throw answer;
    return { status: answer.status, headers: {}, body: Buffer.from(answer.body) };
  };
  return { http, requests };
}
