import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Aedes } from 'aedes';
import type { Client, PublishPacket } from 'aedes';
import { keepAvailability } from './availability.ts';
import type { BrokerSettings } from './config.ts';
import { Connection } from './connection.ts';
import type { ClientCertificate } from './connection.ts';
import { createLogin } from './login.ts';
import type { ScanResult } from './packet-size-guard.ts';
import type { AccountKind, BrokerPorts, Refusal, Timer } from './ports.ts';
import { createPublications, nowhere } from './publications.ts';
import { Roster } from './roster.ts';
import { SessionMemory } from './session-memory.ts';
import { createSubscriptions } from './subscriptions.ts';
import { createTrouble } from './trouble.ts';
import { createWatch } from './watch.ts';

/** What the hub itself publishes: commands, `accepted` and the like. */
export type HubMessage = { topic: string; payload: string; qos: 0 | 1; retain: boolean };

export type BrokerCounts = {
  connected: number;
  publications: number;
  inFlight: number;
  throttled: number;
  dropped: number;
  notStored: number;
  refused: number;
};

export type Broker = ReturnType<typeof createBroker>;

/** Aedes with every one of its hooks held by this house. The path of an alarm begins in `authorizePublish`. */
export function createBroker(settings: BrokerSettings, givenPorts: BrokerPorts, after: Timer) {
  const { limits } = settings;
  let refused = 0;
  const ports: BrokerPorts = { ...givenPorts, recordRefusal };
  let isStopping = false;
  let connectionCount = 0;

  const memory = new SessionMemory(limits);
  const roster = new Roster(limits);
  const trouble = createTrouble({ ports, roster });
  const availability = keepAvailability({
    ports,
    limits,
    after,
    retain: (topic, payload) => memory.retain(topic, payload),
    forgetRetained: (topic) => memory.forgetRetained(topic),
    publishRetained: (topic, payload) => send({ topic, payload, qos: 1, retain: true }),
  });
  const publications = createPublications({
    ports,
    limits,
    after,
    availability,
    isFollowed: () => roster.isFollowed,
    isStopping: () => isStopping,
    connectionEnded,
  });
  const login = createLogin({
    ports,
    limits,
    after,
    roster,
    availability,
    publications,
    isStopping: () => isStopping,
  });
  const subscriptions = createSubscriptions({
    ports,
    limits,
    roster,
    availability,
    keep: (clientId, subscription) => memory.keepSubscription(clientId, subscription),
  });
  const watch = createWatch({ ports, limits, after, roster });

  const aedes = new Aedes({
    persistence: memory,
    // With a bound, one subscriber that stops reading would stop delivery to everyone.
    concurrency: 0,
    drainTimeout: limits.drainTimeoutMs,
    connectTimeout: limits.connectTimeoutMs,
    maxInflightInbound: limits.inFlightQos2,
    // Real devices exceed the 23 characters of MQTT 3.1; our own limit is kept by `login.ts`.
    maxClientsIdLength: 65_535,
    preConnect: login.preConnect,
    authenticate: login.authenticate,
    authorizePublish,
    authorizeSubscribe: subscriptions.authorizeSubscribe,
    authorizeForward: subscriptions.authorizeForward,
  });
  deliverWithoutWaiting(aedes);
  publishNothingToNobody(aedes);
  aedes.on('connackSent', (connack, client) => {
    const connection = roster.of(client);
    if (connection !== undefined && connack.returnCode === 0) connection.isWelcomed = true;
  });
  aedes.on('clientReady', (client) => {
    closePredecessors(client);
    subscriptions.sessionRestored(client);
  });
  aedes.on('subscribe', subscriptions.subscribed);
  aedes.on('unsubscribe', subscriptions.unsubscribed);
  aedes.on('keepaliveTimeout', (client) => {
    const connection = roster.of(client);
    if (connection !== undefined) connection.closeCause ??= 'keep-alive-missed';
  });
  aedes.on('clientError', trouble.ofClient);
  aedes.on('connectionError', trouble.ofClient);
  // Not in the types of Aedes: errors of its own house-keeping. Without a listener they would end the process.
  (aedes as NodeJS.EventEmitter).on('error', (error: Error) => trouble.ofBroker(error));

  /** Client is `null` when Aedes publishes wills of other brokers, which this broker never has. */
  function authorizePublish(
    client: Client | null,
    packet: PublishPacket,
    callback: (error?: Error | null) => void,
  ): void {
    const connection = client === null ? undefined : roster.of(client);
    if (connection?.account === undefined) callback(new Error('nobody is signed in'));
    else if (packet === connection.will) publications.takeWill(connection, packet, callback);
    else publications.take(connection, packet, callback);
  }

  /** Takes a freshly opened stream; `request` is that of a WebSocket's upgrade. */
  function accept(
    stream: Duplex,
    address: string,
    { request, certificate }: { request?: IncomingMessage; certificate?: ClientCertificate } = {},
  ): void {
    if (isStopping || !roster.hasRoomFor(address)) {
      if (!isStopping) ports.recordRefusal({ reason: 'connection-limit', subject: '(hub)', sample: address });
      stream.destroy();
      return;
    }
    const connection = new Connection({
      number: ++connectionCount,
      stream,
      address,
      certificate,
      limits,
      now: () => ports.now(),
      isReadingHeld: () => isStopping,
      refusedPacket,
    });
    roster.opened(connection);
    stream.once('close', () => connectionEnded(connection));
    // The guard must stand before Aedes takes hold of the stream, so that no byte passes it by.
    roster.became(aedes.handle(stream, request), connection);
  }

  function connectionEnded(connection: Connection): void {
    if (connection.isClosed) return;
    connection.isClosed = true;
    roster.closed(connection);
    watch.reportOverRate(connection);
    connection.throttle?.flush();
    if (!isStopping) availability.closed(connection);
  }

  function refusedPacket(connection: Connection, result: Exclude<ScanResult, 'ok'>): void {
    ports.recordRefusal({ reason: result, subject: connection.account?.id ?? '(nobody)' });
    connection.hasReportedError = true;
    connection.close('closed-by-hub');
  }

  /** Under a storm of take-overs Aedes loses track of older clients of the same identifier and leaves them open. */
  function closePredecessors(client: Client): void {
    const current = roster.of(client);
    if (current?.account === undefined) return;
    for (const connection of roster.connectionsOf(current.account.id)) {
      if (connection.clientKey === current.clientKey && connection.number < current.number) {
        connection.close('taken-over');
      }
    }
  }

  /** A certificate that is good no more ends what it has opened. */
  function closeRevoked(isRevoked: (fingerprint: string) => boolean): void {
    for (const connection of roster.open) {
      if (connection.certificate && isRevoked(connection.certificate.fingerprint)) {
        ports.recordRefusal({ reason: 'certificate-revoked', subject: connection.certificate.name });
        connection.close('closed-by-hub');
      }
    }
  }

  function send(message: Omit<HubMessage, 'payload'> & { payload: Buffer }, done?: () => void): void {
    aedes.publish({ cmd: 'publish', dup: false, ...message }, () => done?.());
  }

  function recordRefusal(refusal: Refusal): void {
    refused += refusal.count ?? 1;
    givenPorts.recordRefusal(refusal);
  }

  async function start(): Promise<void> {
    await aedes.listen();
    availability.start();
    watch.start();
  }

  /** Lets what is in flight be stored and acknowledged, then closes every connection. Presence stays as it is. */
  async function stop(): Promise<void> {
    isStopping = true;
    watch.stop();
    availability.stop();
    for (const connection of roster.open) connection.throttle?.flush();
    await idleOrOverdue();
    // The last PUBACKs are written in the next turn of the event loop, and closing would drop them.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    await new Promise<void>((resolve) => {
      aedes.close(resolve);
    });
    const closed = [...roster.open].map(
      async ({ stream }) =>
        new Promise<void>((resolve) => {
          stream.once('close', resolve);
          stream.destroy();
        }),
    );
    await Promise.all(closed);
  }

  async function idleOrOverdue(): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = after(limits.stopTimeoutMs, resolve);
      publications.whenIdle(() => {
        cancel();
        resolve();
      });
    });
  }

  return {
    start,
    stop,
    accept,
    closeRevoked,
    recordRefusal,
    publish: async (message: HubMessage) =>
      new Promise<void>((resolve) => {
        send({ ...message, payload: Buffer.from(message.payload) }, resolve);
      }),
    isConnected: (of: AccountKind, id: string) =>
      [...roster.connectionsOf(id)].some((connection) => connection.account?.kind === of),
    disconnect: (of: AccountKind, id: string, reason: string) => {
      for (const connection of roster.connectionsOf(id)) {
        if (connection.account?.kind !== of) continue;
        ports.log.info({ of, id, reason }, 'mqtt.disconnected-by-hub');
        connection.close('closed-by-hub');
      }
    },
    counts: (): BrokerCounts => ({ ...publications.counts, connected: roster.open.size, refused }),
  };
}

/**
 * Aedes reads on from a publisher when the slowest of its subscribers has taken the message. Publishers here never wait
 * for subscribers: those are bounded by `sendBufferBytes` and `drainTimeoutMs`.
 */
function deliverWithoutWaiting(aedes: Aedes): void {
  type Emitter = { emit(packet: { topic: string }, done?: () => void): unknown };
  const { mq } = aedes as unknown as { mq: Emitter };
  const emit = mq.emit.bind(mq);
  mq.emit = (packet, done) => {
    const result = emit(packet);
    done?.();
    return result;
  };
}

/** Most of what devices say goes nowhere from here, and looking for who would hear it is work. */
function publishNothingToNobody(aedes: Aedes): void {
  type Publisher = { publish(packet: { topic: string }, client: unknown, done: () => void): void };
  const publisher = aedes as unknown as Publisher;
  const publish = publisher.publish.bind(aedes);
  publisher.publish = (packet, client, done) => {
    if (packet.topic === nowhere) done();
    else publish(packet, client, done);
  };
}
