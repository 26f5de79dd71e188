import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyServerFactory } from 'fastify';
import { nodeHttp, nodeHttps } from '../node-http.ts';

/** How long a client may take to say what it wants: whoever sends a letter a second holds a place that a screen needs. */
export type Patience = { headersMs: number; requestMs: number; checkedEveryMs: number; connections: number };

/** A phone on a bad network says its headers within a second or two. */
export const httpPatience: Patience = {
  headersMs: 10_000,
  requestMs: 30_000,
  checkedEveryMs: 1_000,
  connections: 10_000,
};

/** What is being answered when the hub stops may be read to its end for so long. */
export const hangUpAfterMs = 2_000;

/**
 * The HTTP server with its limits of time and number; Fastify sets none on a server that it did not make. `turnedAway` is
 * told of each connection that was closed for being slow.
 */
export function httpServerFactory(
  tls: { cert: string; key: string } | null,
  patience: Patience,
  turnedAway: () => void,
): FastifyServerFactory {
  return (handler) => {
    const limits = {
      headersTimeout: patience.headersMs,
      requestTimeout: patience.requestMs,
      connectionsCheckingInterval: patience.checkedEveryMs,
    };
    const server = tls
      ? nodeHttps.createServer({ ...limits, cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2' }, handler)
      : nodeHttp.createServer(limits, handler);
    server.maxConnections = patience.connections;
    server.on('clientError', (error: Error & { code?: string }) => {
      if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') turnedAway();
    });
    return server;
  };
}

/**
 * Watches the connections to a service, to close it within a time after its live feed: Node waits for those that have said
 * nothing yet (browsers open some ahead) and for those that are just becoming WebSockets, and closes them itself neither as
 * idle nor as all.
 */
export function hangsUp(
  app: { server: Server; close(): PromiseLike<unknown> },
  afterMs: number,
): (closeFeed: () => Promise<void> | undefined) => Promise<void> {
  const open = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return async (closeFeed) => {
    const patience = setTimeout(() => {
      for (const socket of open) socket.destroy();
    }, afterMs);
    await closeFeed();
    await app.close();
    clearTimeout(patience);
  };
}
