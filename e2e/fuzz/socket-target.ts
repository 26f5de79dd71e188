import { liveFeedPath } from '@carebell/contracts/live-feed.ts';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { setTimeout as pass } from 'node:timers/promises';
import { logIn } from '../api.ts';
import { anyJson, mutated } from './mutate.ts';
import type { Random } from './mutate.ts';
import { Finding } from './target.ts';
import type { Target } from './target.ts';

const messagesOfAConnection = 200;
/** To read what was said. */
const heardOutMs = 30;
const connectedWithinMs = 20_000;
/** As Socket.IO writes them: message, event, acknowledgement number, JSON. */
const frames = [
  '42["displayed",{"alarmIds":["a1"]}]',
  '420["acknowledge",{"alarmId":"a1","takeOver":true}]',
  '421["close",{"alarmId":"a1","disposition":"test","proof":"on-site"}]',
  '451-["displayed",{"_placeholder":true,"num":0}]',
  '40{"screenId":"s1","cursor":0}',
  '41',
  '2',
  '3probe',
].map((frame) => Buffer.from(frame));
const calls = ['displayed', 'acknowledge', 'close', 'snapshot', '__proto__'] as const;

/** A screen that says anything at all: it is answered, refused or cut, and comes back. */
export const socketTarget: Target = {
  name: 'Socket.IO messages',
  share: 4,
  async open(place) {
    const { cookie } = await logIn(place.url, place.admin.name, place.admin.password);

    async function connection(count: number, random: Random): Promise<void> {
      const socket = io(place.url, {
        path: liveFeedPath,
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        extraHeaders: { cookie },
        auth: random() < 0.9 ? { screenId: 'fuzz' } : { screenId: anyJson(random) },
      });
      const gone = new Promise<void>((resolve) => {
        socket.once('disconnect', () => resolve());
      });
      const decision = await Promise.race([
        new Promise((resolve) => {
          socket.once('connect', () => resolve('in'));
          socket.once('connect_error', () => resolve('out'));
        }),
        pass(connectedWithinMs, 'late'),
      ]);
      if (decision === 'late') throw new Finding('the live feed answers no screen', '');
      for (let said = 0; said < count && socket.connected; said += 1) say(socket, random);
      await Promise.race([gone, pass(heardOutMs)]);
      socket.disconnect();
    }

    return {
      async feed(count, random) {
        for (let fed = 0; fed < count; fed += messagesOfAConnection)
          await connection(Math.min(messagesOfAConnection, count - fed), random);
      },
      close: () => undefined,
    };
  },
};

function say(socket: Socket, random: Random): void {
  const name = calls[Math.floor(random() * calls.length)] ?? 'displayed';
  if (random() < 0.5) {
    socket.emit(name, anyJson(random), ...(random() < 0.5 ? [() => undefined] : [anyJson(random)]));
    return;
  }
  // Below Socket.IO: the text of a frame as no client would write it.
  const { transport } = socket.io.engine;
  const ws = (transport as unknown as { ws?: { readyState: number; send(text: string): void } }).ws;
  if (ws?.readyState === WebSocket.OPEN) ws.send(mutated(frames, random).toString());
}
