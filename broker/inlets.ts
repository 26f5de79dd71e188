import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Server as TlsServer, TLSSocket } from 'node:tls';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { sanitise } from './authenticate.ts';
import type { BrokerSettings, TlsMaterial } from './config.ts';
import type { ClientCertificate } from './connection.ts';
import type { Refusal } from './ports.ts';

// An import would read all that it exports, the root certificates as text among it.
const nodeTls = process.getBuiltinModule('node:tls');

export type InletDependencies = {
  settings: BrokerSettings;
  accept: (
    stream: Duplex,
    address: string,
    by?: { request?: IncomingMessage; certificate?: ClientCertificate },
  ) => void;
  recordRefusal: (refusal: Refusal) => void;
};

/** A WebSocket message may hold several MQTT packets; each of them is held to `packetBytes` afterwards. */
const packetsPerMessage = 4;
/** Connections that may wait to be accepted: with 511, the default, 10,000 devices that come back at once lost about a quarter. */
const backlog = 16_384;
/** The name of the sub-protocol [MQTT-6.0.0-3], and that of older MQTT 3.1 clients. */
const subProtocols = ['mqtt', 'mqttv3.1'];

/** The doors: TCP, TLS and WebSocket. They are opened after everything behind them, and closed before it. */
export function createInlets({ settings, accept, recordRefusal }: InletDependencies) {
  const { host, tcpPort, tls, limits } = settings;
  const acceptSocket = (socket: Socket): void => {
    // The address is read now: it is gone when the socket has closed.
    accept(socket, socket.remoteAddress ?? '');
  };
  // Without noDelay a first publication took 40 ms.
  const tcpServer = tcpPort === null ? undefined : createServer({ noDelay: true }, acceptSocket);
  const revoked = new Set(tls?.revoked);
  const tlsServer = tls === null ? undefined : createSecureServer(tls);
  const webSockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: packetsPerMessage * limits.packetBytes,
    handleProtocols: (offered) => subProtocols.find((name) => offered.has(name)) ?? false,
  });

  function createSecureServer(options: NonNullable<BrokerSettings['tls']>): TlsServer {
    const server = nodeTls.createServer(
      {
        cert: options.cert,
        key: options.key,
        ...(options.ca === undefined
          ? {}
          : { ca: options.ca, requestCert: true, rejectUnauthorized: options.clients === 'required' }),
        minVersion: 'TLSv1.2',
        handshakeTimeout: limits.connectTimeoutMs,
        noDelay: true,
      },
      options.ca === undefined ? acceptSocket : acceptCertified,
    );
    server.on('tlsClientError', (error: Error & { code?: string }) => {
      recordRefusal({
        reason: 'tls-handshake',
        subject: '(nobody)',
        sample: (error.code ?? '').slice(0, 64),
      });
    });
    return server;
  }

  function acceptCertified(socket: TLSSocket): void {
    const shown = socket.getPeerX509Certificate();
    if (shown === undefined) {
      acceptSocket(socket);
      return;
    }
    const certificate = { name: commonNameOf(shown.subject), fingerprint: shown.fingerprint256 };
    const reason = !socket.authorized
      ? 'certificate-untrusted'
      : revoked.has(certificate.fingerprint)
        ? 'certificate-revoked'
        : undefined;
    if (reason === undefined) {
      accept(socket, socket.remoteAddress ?? '', { certificate });
      return;
    }
    recordRefusal({ reason, subject: reason === 'certificate-revoked' ? certificate.name : '(nobody)' });
    socket.destroy();
  }

  /** Connections that stand stay as they are; the next handshake is made with this. */
  function renewTls(material: TlsMaterial): (fingerprint: string) => boolean {
    const { cert, key, ca } = material;
    tlsServer?.setSecureContext({ cert, key, ...(ca === undefined ? {} : { ca }), minVersion: 'TLSv1.2' });
    revoked.clear();
    for (const fingerprint of material.revoked) revoked.add(fingerprint);
    return (fingerprint) => revoked.has(fingerprint);
  }

  /** Takes over an HTTP upgrade whose path the server has matched. */
  function handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    if (!offered.some((name) => subProtocols.includes(name))) {
      recordRefusal({ reason: 'websocket-sub-protocol', subject: '(nobody)' });
      // After an upgrade the HTTP server no longer listens for errors, and one without a listener ends the process.
      socket.on('error', () => socket.destroy());
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('message', (_, isBinary) => {
        // MQTT travels in binary frames only [MQTT-6.0.0-1].
        if (!isBinary) webSocket.terminate();
      });
      webSocket.on('error', (error: Error & { code?: string }) => {
        if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
          recordRefusal({ reason: 'packet-too-large', subject: '(nobody)' });
        }
      });
      accept(createWebSocketStream(webSocket), request.socket.remoteAddress ?? '', { request });
    });
  }

  async function open(): Promise<void> {
    if (tcpServer !== undefined && tcpPort !== null) await listen(tcpServer, tcpPort);
    if (tlsServer !== undefined && tls !== null) await listen(tlsServer, tls.port);
  }

  async function listen(server: Server, port: number): Promise<void> {
    server.maxConnections = limits.connections;
    server.on('drop', () => {
      recordRefusal({ reason: 'connection-limit', subject: '(hub)' });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host, backlog }, () => {
        server.off('error', reject);
        // A failing accept, for want of file descriptors, must not end the process.
        server.on('error', () => {
          recordRefusal({ reason: 'accept-failed', subject: '(hub)' });
        });
        resolve();
      });
    });
  }

  /** Stops listening at once; the promises are kept when the last connection has gone. */
  function close(): Promise<void>[] {
    return [tcpServer, tlsServer].map(async (server) => {
      if (server?.listening !== true) return;
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    });
  }

  return {
    open,
    close,
    renewTls,
    handleUpgrade,
    addresses: () => ({ tcp: portOf(tcpServer), tls: portOf(tlsServer) }),
  };
}

/** The name that the certificate gives its holder; what no account can be called is not looked at further. */
function commonNameOf(subject: string): string {
  return sanitise(/^CN=(.*)$/m.exec(subject)?.[1] ?? '(nobody)');
}

function portOf(server: Server | undefined): number | null {
  return server?.listening === true ? (server.address() as AddressInfo).port : null;
}
