import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { CableError } from './cable.ts';
import type { Cable } from './cable.ts';

/** A serial port behind a network box such as ser2net or a Wi-Fi RFLink board, for one bridge at a time. */
export function createTcpCable(port: number): Cable {
  let server: Server | undefined;
  /** A free port is chosen once, so that the bridge finds the board again where it was. */
  let chosen = port;
  let bridge: Socket | undefined;

  return {
    async plugIn(events) {
      server = createServer({ noDelay: true }, (socket) => {
        if (bridge !== undefined) {
          socket.destroy();
          return;
        }
        bridge = socket;
        socket.on('data', (bytes: Buffer) => events.bytes(bytes));
        // The other end may vanish at any time; 'close' follows and is all that matters.
        socket.on('error', () => undefined);
        socket.once('close', () => (bridge = undefined));
      });
      server.listen(chosen, '127.0.0.1');
      try {
        await once(server, 'listening');
      } catch (error) {
        throw new CableError('failed', error instanceof Error ? error.message : String(error), error);
      }
      chosen = (server.address() as AddressInfo).port;
      return `tcp://127.0.0.1:${chosen}`;
    },
    // Without a bridge the bytes are lost, as they are on a line that nobody listens to.
    write: (bytes) => void bridge?.write(bytes),
    async pull() {
      bridge?.destroy();
      bridge = undefined;
      const closing = server;
      server = undefined;
      if (closing?.listening !== true) return;
      const closed = once(closing, 'close');
      closing.close();
      await closed;
    },
  };
}
