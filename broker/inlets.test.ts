import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { openBroker, signedIn } from './broker-under-test.ts';
import type { Overrides } from './broker-under-test.ts';
import { compose } from './compose.ts';
import { connectPacket, packet, pingPacket, publishPacket } from './wire.ts';

const silent = () => undefined;
const event = buildTopic({ of: 'device', deviceId: 'b1', kind: 'event' });

function hasOpenSsl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (process.env['CAREBELL_REQUIRE_SERVICES'] === '1') throw error;
    return false;
  }
}

/** A certificate for localhost, signed by itself, for one day. */
function selfSigned(): { cert: string; key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'carebell-tls-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const request =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=hub -addext subjectAltName=IP:127.0.0.1';
  execFileSync('openssl', [...request.split(' '), '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}

async function withWebSocket(overrides: Overrides = {}) {
  const hub = await openBroker(overrides);
  const server = createServer();
  server.on('upgrade', hub.broker.handleUpgrade);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { ...hub, httpPort: (server.address() as AddressInfo).port };
}

describe('over TCP', () => {
  it.each([
    { what: 'at once', parts: (bytes: Buffer) => [bytes] },
    { what: 'by its header alone', parts: (bytes: Buffer) => [bytes.subarray(0, 5)] },
    {
      what: 'byte by byte',
      parts: (bytes: Buffer) => [...bytes.subarray(0, 10)].map((byte) => Buffer.from([byte])),
    },
  ])('a packet over the limit is refused when it comes $what', async ({ parts }) => {
    const { socket, refusals, intakes, client } = await openBroker({ limits: { packetBytes: 4_096 } });
    const raw = await socket();
    raw.setNoDelay(true);
    raw.resume();
    raw.write(connectPacket({ clientId: 'c', name: 'b1', secret: 'b1-secret' }));
    for (const part of parts(publishPacket(event, 'x'.repeat(5_000), 1))) raw.write(part);
    await once(raw, 'close');
    expect(refusals).toMatchObject([{ reason: 'packet-too-large' }]);
    expect(intakes).toEqual([]);
    await (await client('b1')).publishAsync(event, 'x'.repeat(4_000), { qos: 1 });
  });

  it('a CONNECT that announces 200 MB is refused before anything is buffered', async () => {
    const { socket, refusals } = await openBroker();
    const raw = await socket();
    raw.resume();
    raw.write(Buffer.from([0x10, 0x80, 0x80, 0x80, 0x60]));
    await once(raw, 'close');
    expect(refusals).toEqual([{ reason: 'packet-too-large', subject: '(nobody)' }]);
  });

  it('a port that is taken fails the start and leaves nothing open', async () => {
    const { port } = await openBroker();
    const second = compose(
      { tcpPort: port },
      {
        now: () => 0,
        findAccount: () => undefined,
        deviceHome: () => undefined,
        intake: (_, done) => done({ ok: true }),
        recordRefusal: () => undefined,
        presenceChanged: () => undefined,
        commandSubscribed: () => undefined,
        knownPresence: () => [],
        log: { debug: silent, info: silent, warn: silent, error: silent },
      },
    );
    await expect(second.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe.skipIf(!hasOpenSsl())('over TLS (skipped without the openssl command)', () => {
  it('devices sign in and publish', async () => {
    const { cert, key } = selfSigned();
    const { broker, intakes } = await openBroker({ tls: { port: 0, cert, key } });
    const device = await signedIn('b1', { protocol: 'mqtts', port: broker.addresses().tls ?? 0, ca: cert });
    await device.publishAsync(event, 'x', { qos: 1 });
    expect(intakes).toHaveLength(1);
  });

  it('a client that does not speak TLS is closed and recorded', async () => {
    const { cert, key } = selfSigned();
    const { broker, refusals } = await openBroker({ tls: { port: 0, cert, key } });
    await expect(signedIn('b1', { port: broker.addresses().tls ?? 0 })).rejects.toThrow('closed');
    expect(refusals).toMatchObject([{ reason: 'tls-handshake', subject: '(nobody)' }]);
  });

  it('with an authority set, a client without its certificate stays outside', async () => {
    const { cert, key } = selfSigned();
    const { broker } = await openBroker({ tls: { port: 0, cert, key, ca: cert } });
    const port = broker.addresses().tls ?? 0;
    await expect(signedIn('b1', { protocol: 'mqtts', port, ca: cert })).rejects.toThrow(
      /certificate|closed|ECONNRESET/,
    );
    const known = await signedIn('b1', { protocol: 'mqtts', port, ca: cert, cert, key });
    expect(known.connected).toBe(true);
  });
});

describe('over WebSocket', () => {
  it('devices sign in and publish', async () => {
    const { httpPort, intakes, broker, changes } = await withWebSocket();
    const device = await signedIn('b1', { protocol: 'ws', port: httpPort, path: '/mqtt' });
    await device.publishAsync(event, 'x', { qos: 1 });
    expect(intakes).toHaveLength(1);
    device.stream.destroy();
    await vi.waitFor(() => expect(broker.counts().connected).toBe(0));
    expect(changes.map(({ availability }) => availability)).toEqual(['online', 'offline']);
  });

  it('a client that does not offer the sub-protocol is refused', async () => {
    const { httpPort, refusals } = await withWebSocket();
    const webSocket = new WebSocket(`ws://127.0.0.1:${httpPort}/mqtt`, ['chat']);
    const [error] = (await once(webSocket, 'error')) as [Error];
    expect(error.message).toContain('400');
    expect(refusals).toEqual([{ reason: 'websocket-sub-protocol', subject: '(nobody)' }]);
  });

  it.each([
    { what: 'text', message: 'hello' },
    { what: 'garbage', message: Buffer.from('hello') },
    { what: 'a message over the limit', message: Buffer.alloc(20_000) },
    { what: 'a packet over the limit', message: packet(0x30, Buffer.alloc(6_000)) },
    { what: 'PINGREQ before CONNECT', message: pingPacket },
  ])('$what ends the connection', async ({ message }) => {
    const { httpPort, broker } = await withWebSocket({ limits: { packetBytes: 4_096 } });
    const webSocket = new WebSocket(`ws://127.0.0.1:${httpPort}/mqtt`, ['mqtt']);
    webSocket.on('error', () => undefined);
    await once(webSocket, 'open');
    webSocket.send(message);
    await once(webSocket, 'close');
    await vi.waitFor(() => expect(broker.counts().connected).toBe(0));
  });

  it('a packet may be cut across messages, and several may share one', async () => {
    const { httpPort, payloads } = await withWebSocket();
    const webSocket = new WebSocket(`ws://127.0.0.1:${httpPort}/mqtt`, ['mqtt']);
    onTestFinished(() => webSocket.terminate());
    await once(webSocket, 'open');
    const bytes = Buffer.concat([
      connectPacket({ clientId: 'c', name: 'b1', secret: 'b1-secret' }),
      publishPacket(event, 'one', 1),
      publishPacket(event, 'two', 2),
    ]);
    for (let at = 0; at < bytes.length; at += 17) webSocket.send(bytes.subarray(at, at + 17));
    await vi.waitFor(() => expect(payloads()).toEqual(['one', 'two']));
  });
});
