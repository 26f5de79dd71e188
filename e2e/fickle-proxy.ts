import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * How a server behaves towards who writes: as it is; busy; its disk full; the file system turned read-only; silent for
 * longer than anybody waits; cutting off in the middle of its answer; a stranger that has no such page.
 */
export type Mood = 'well' | 'busy' | 'disk-full' | 'read-only' | 'slow' | 'cuts-off' | 'forbids';

const answers: Partial<Record<Mood, [status: number, body: string]>> = {
  busy: [503, '{"error":"timeout"}'],
  'disk-full': [500, '{"error":"engine: write /wal/_00001.wal: no space left on device"}'],
  'read-only': [500, '{"error":"engine: read-only file system"}'],
  forbids: [401, '{"error":"authorization failed"}'],
};

/** Stands before a real HTTP server and behaves as a test wants; counts what it turned away. */
export async function fickleProxy(target: string) {
  const { hostname, port } = new URL(target);
  let mood: Mood = 'well';
  let turnedAway = 0;

  function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method, url, headers } = incoming;
    const onward = request({ hostname, port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  }

  const server = createServer((incoming, outgoing) => {
    if (mood === 'well') {
      pass(incoming, outgoing);
      return;
    }
    turnedAway += 1;
    incoming.resume();
    const answer = answers[mood];
    if (answer) {
      outgoing.writeHead(answer[0], { 'content-type': 'application/json' }).end(answer[1]);
    } else if (mood === 'cuts-off') {
      outgoing.writeHead(200, { 'content-length': '1000' }).write('{"results":');
      setTimeout(() => outgoing.destroy(), 20);
    }
    // Slow: no answer at all.
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    become(next: Mood): void {
      mood = next;
      turnedAway = 0;
      // Who waits for an answer of before gets none.
      server.closeAllConnections();
    },
    turnedAway: () => turnedAway,
    async stop(): Promise<void> {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
