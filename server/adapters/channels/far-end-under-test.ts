import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChannelMessage } from '../../notification/channel.ts';

export type Heard = {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
  bytes: Buffer;
};

/** A real HTTP server that stands at the other end of a channel in tests, and answers as the test says. */
export async function openFarEnd(
  answer: (heard: Heard, response: ServerResponse) => void,
  tls?: { cert: string; key: string },
) {
  const heard: Heard[] = [];
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const { method = '', url = '', headers } = request;
      const call = { method, url, headers, body: bytes.toString('utf8'), bytes };
      heard.push(call);
      answer(call, response);
    });
  };
  const server = tls ? createHttpsServer(tls, handle) : createHttpServer(handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://localhost:${port}`,
    port,
    heard,
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A certificate that nobody signed, for `localhost`. */
export function makeCertificate(): { cert: string; key: string } {
  const dir = mkdtempSync(join(tmpdir(), 'carebell-tls-'));
  const files = { key: join(dir, 'key.pem'), cert: join(dir, 'cert.pem') };
  const options = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost';
  execFileSync(
    'openssl',
    [
      'req',
      ...options.split(' '),
      '-addext',
      'subjectAltName=DNS:localhost',
      '-keyout',
      files.key,
      '-out',
      files.cert,
    ],
    { stdio: 'pipe' },
  );
  const made = { cert: readFileSync(files.cert, 'utf8'), key: readFileSync(files.key, 'utf8') };
  rmSync(dir, { recursive: true });
  return made;
}

export function message(over: Partial<ChannelMessage> = {}): ChannelMessage {
  return {
    id: 'note1',
    address: '',
    locale: 'zh-CN',
    title: '紧急：王秀英 求助',
    text: '王秀英 求助\n静安区江宁路 7 弄 301 室\nhttps://hub.example.org/r/abc',
    short: '王秀英 求助 https://hub.example.org/r/abc',
    link: 'https://hub.example.org/r/abc',
    urgency: 0,
    alarm: {
      id: 'alarm1',
      kind: 'help',
      priority: 'emergency',
      pressedAt: '2026-01-01T00:00:00.000Z',
      stationId: 'a',
    },
    ...over,
  };
}

export const soon = (): AbortSignal => AbortSignal.timeout(5_000);
