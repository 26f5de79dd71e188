import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { liveFeedPath } from '@carebell/contracts/live-feed.ts';
import { expect, it } from 'vitest';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';

async function connectionTo(hub: ScenarioHub): Promise<Socket> {
  const socket = connect(Number(new URL(hub.url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

it('a hub stops although browsers hold connections on which nothing was said, or half of something', async () => {
  const hub = await startHub();
  const silent = await connectionTo(hub);
  const begun = await connectionTo(hub);
  begun.write('GET /api/v1/alarms HTTP/1.1\r\nhost: hub\r\n');
  const upgraded = await connectionTo(hub);
  upgraded.write(
    [
      `GET ${liveFeedPath}/?EIO=4&transport=websocket HTTP/1.1`,
      'host: hub',
      'connection: Upgrade',
      'upgrade: websocket',
      'sec-websocket-version: 13',
      'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
      '\r\n',
    ].join('\r\n'),
  );
  const ended = [silent, begun, upgraded].map((socket) => {
    socket.on('error', () => undefined);
    return once(socket.resume(), 'close');
  });

  await hub.stop();

  await Promise.all(ended);
  await expect(connectionTo(hub)).rejects.toThrow('ECONNREFUSED');
});
