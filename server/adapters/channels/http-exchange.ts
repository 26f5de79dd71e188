import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { NotificationReason } from '@carebell/contracts/notifications.ts';
import { nodeHttp, nodeHttps, nodeTls } from '../../node-http.ts';
import { longestAnswer } from '../../notification/channel.ts';
import type { Receipt } from '../../notification/channel.ts';

export type Refused = Extract<Receipt, { is: 'refused' }>;

export type HttpCall = {
  method: string;
  url: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
  /** PEM certificates trusted besides the well-known ones. */
  ca?: string | undefined;
};
export type HttpAnswer = { ok: true; status: number; headers: IncomingMessage['headers']; text: string };

/** No provider says more than a few lines; what says more is not the provider. */
const largestAnswerBytes = 64 * 1024;

/**
 * One request, never redirected: where a message goes is what an administrator has entered and nothing else. Whatever
 * goes wrong is a refusal with its reason; a status of 2xx is not looked into.
 */
export function exchange(call: HttpCall, signal: AbortSignal): Promise<HttpAnswer | Refused> {
  const { promise, resolve } = Promise.withResolvers<HttpAnswer | Refused>();
  const url = URL.canParse(call.url) ? new URL(call.url) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    return Promise.resolve(refused('channel-unusable', 'not a URL'));
  if (signal.aborted) return Promise.resolve(refused('timed-out', ''));
  const isTls = url.protocol === 'https:';
  const request = (isTls ? nodeHttps : nodeHttp).request(url, {
    method: call.method,
    agent: false,
    signal,
    headers: {
      'user-agent': 'Carebell',
      connection: 'close',
      ...(call.body === undefined ? {} : { 'content-length': Buffer.byteLength(call.body) }),
      ...call.headers,
    },
    ...(isTls && call.ca !== undefined ? { ca: [...nodeTls.rootCertificates, call.ca] } : {}),
  });
  request.on('error', (error) => resolve(refusalOf(error)));
  request.on('response', (response) => {
    const chunks: Buffer[] = [];
    let length = 0;
    response.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= largestAnswerBytes) {
        chunks.push(chunk);
        return;
      }
      resolve(refused('answer-too-large', Buffer.concat(chunks).toString('utf8')));
      request.destroy();
    });
    response.on('error', (error) => resolve(refusalOf(error)));
    response.on('end', () => {
      const { statusCode: status = 0, headers } = response;
      const text = Buffer.concat(chunks).toString('utf8');
      resolve(byStatus(status, headers['retry-after'], text) ?? { ok: true, status, headers, text });
    });
  });
  request.end(call.body);
  return promise;
}

/** Whether somebody answers there at all, whatever the answer. */
export async function probeUrl(url: string, ca: string | undefined, signal: AbortSignal): Promise<Receipt> {
  if (!URL.canParse(url)) return refused('channel-unusable', 'not a URL');
  const answer = await exchange({ method: 'GET', url: new URL('/', url).href, ca }, signal);
  const isAnswered =
    'ok' in answer || !['unreachable', 'timed-out', 'tls-failed', 'server-failed'].includes(answer.reason);
  if (!isAnswered) return answer;
  return { is: 'accepted', receiptId: '', reportWithinMs: null, answer: '' };
}

type Blame = Pick<Refused, 'isWorthRetrying' | 'isChannelsFault'>;
const passing: Blame = { isWorthRetrying: true, isChannelsFault: true };
const wrongSettings: Blame = { isWorthRetrying: false, isChannelsFault: true };
const wrongMessage: Blame = { isWorthRetrying: false, isChannelsFault: false };

const blames: Partial<Record<NotificationReason, Blame>> = {
  'channel-unusable': wrongSettings,
  'credentials-refused': wrongSettings,
  'address-refused': wrongMessage,
  'message-refused': wrongMessage,
  'recipient-gone': wrongMessage,
  // The provider works and says so: others who use the channel less may come through.
  'rate-limited': { isWorthRetrying: true, isChannelsFault: false },
};

export function refused(reason: NotificationReason, answer: string, retryAfterMs?: number): Refused {
  const blame = blames[reason] ?? passing;
  return {
    is: 'refused',
    reason,
    ...blame,
    answer: answer.slice(0, longestAnswer),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function byStatus(status: number, retryAfter: string | undefined, text: string): Refused | undefined {
  const answer = `${status} ${text}`;
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) return refused('redirected', answer);
  if (status === 401 || status === 403) return refused('credentials-refused', answer);
  if (status === 429) return refused('rate-limited', answer, retryAfterMs(retryAfter));
  if (status === 408 || status >= 500) return refused('server-failed', answer, retryAfterMs(retryAfter));
  return refused('message-refused', answer);
}

/** `Retry-After` in seconds; a date, or more than an hour, is not worth believing. */
function retryAfterMs(header: string | undefined): number | undefined {
  const seconds = Number(header);
  return Number.isInteger(seconds) && seconds > 0 && seconds <= 3_600 ? seconds * 1_000 : undefined;
}

const tlsCodes = /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|EPROTO)/;

/** A connection that came to nothing, by the error's code. */
export function refusalOf(error: unknown): Refused {
  const { code, name, message } = error as NodeJS.ErrnoException;
  if (name === 'AbortError' || name === 'TimeoutError' || code === 'ETIMEDOUT')
    return refused('timed-out', '');
  if (code !== undefined && tlsCodes.test(code)) return refused('tls-failed', code);
  return refused('unreachable', code ?? message);
}
