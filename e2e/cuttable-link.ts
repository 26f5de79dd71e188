import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A TCP port that leads to another one, with a line between them that can be cut. */
export type CuttableLink = {
  url: string;
  /** From now on not a byte passes, and nobody is told: connections stay, as over a radio link that fades. */
  cut(): void;
  /** Bytes flow again, those of before the cut first. */
  heal(): void;
  /** Every connection ends for both sides at once; new ones are led as ever. */
  drop(): void;
  close(): Promise<void>;
};

export async function linkTo(url: string): Promise<CuttableLink> {
  const { hostname: host, port } = new URL(url);
  const sockets = new Set<Socket>();
  let isCut = false;

  function lead(from: Socket, to: Socket): void {
    sockets.add(from);
    from.on('data', (chunk) => to.write(chunk));
    from.on('end', () => to.end());
    // A party that is gone, by a reset or otherwise, is gone for the other one too.
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
    if (isCut) from.pause();
  }

  const server = createServer({ noDelay: true }, (near) => {
    const far = createConnection({ host, port: Number(port), noDelay: true });
    lead(near, far);
    lead(far, near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    heal() {
      isCut = false;
      for (const socket of sockets) socket.resume();
    },
    drop() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
