import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type HookMessage = { id: string; title: string; text: string; link: string | null };

/** A webhook of somebody else: takes messages, confirms each by its digest, and can be told to fail. */
export async function openFarWebhook() {
  const messages: HookMessage[] = [];
  let isFailing = false;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      if (isFailing) {
        response.writeHead(500).end();
        return;
      }
      const body = Buffer.concat(chunks);
      if (request.method === 'POST') messages.push(JSON.parse(body.toString('utf8')) as HookMessage);
      response.end(createHash('sha256').update(body).digest('hex'));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    messages,
    url: `http://127.0.0.1:${port}/hook`,
    fail: (whether: boolean) => void (isFailing = whether),
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
