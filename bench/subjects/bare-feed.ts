import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { liveFeedPath } from '@carebell/contracts/live-feed.ts';
import { parseTopic } from '@carebell/contracts/topics.ts';
import { Server } from 'socket.io';

const press = Buffer.from('"button.pressed"');

/** A Socket.IO server that tells everyone of each press, and knows nothing else. */
export async function openBareFeed() {
  const http = createServer();
  const io = new Server(http, { path: liveFeedPath, transports: ['websocket'], serveClient: false });
  io.on('connection', (socket) => {
    socket.emit('snapshot');
    socket.on('displayed', (_, answer: (answer: object) => void) => answer({ ok: true }));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    published(topic: string, payload: Buffer): void {
      if (!payload.includes(press)) return;
      const parsed = parseTopic(topic);
      if (parsed?.of !== 'device') return;
      io.emit('alarm', { cursor: 0, alarm: { id: parsed.deviceId, deviceId: parsed.deviceId } });
    },
    stop: async (): Promise<void> => io.close(),
  };
}
