import { largestPayloadBytes } from '@carebell/contracts/event-kinds.ts';
import { parseTopic } from '@carebell/contracts/topics.ts';
import type { Topic } from '@carebell/contracts/topics.ts';
import type { PublishPacket } from 'aedes';
import { sanitise } from './authenticate.ts';
import { judge, whoseTopic } from './authorize.ts';
import type { Denial } from './authorize.ts';
import { partyIn } from './availability.ts';
import type { AvailabilityKeeper } from './availability.ts';
import type { Limits } from './config.ts';
import type { Arrival, Connection } from './connection.ts';
import type { Bucket, Rate } from './limits.ts';
import type { BrokerPorts, IntakeVerdict, Timer } from './ports.ts';
import { Throttle } from './throttle.ts';

type Callback = Arrival['callback'];

/** A topic that nobody can subscribe to: what goes there has been dealt with and must not be forwarded. */
export const nowhere = '$nowhere';

export type PublicationsDependencies = {
  ports: BrokerPorts;
  limits: Limits;
  after: Timer;
  availability: AvailabilityKeeper;
  /** Whether anybody may be subscribed to what devices and gateways say. */
  isFollowed: () => boolean;
  isStopping: () => boolean;
  /** Ends the presence of a connection whose will comes before its `close` event. */
  connectionEnded: (connection: Connection) => void;
};

export type Publications = ReturnType<typeof createPublications>;

/** The path of every publication: right → rate → intake → acknowledgement, in the order of arrival. */
export function createPublications(dependencies: PublicationsDependencies) {
  const { ports, limits, availability } = dependencies;
  const deviceHome = (deviceId: string, askedBy?: string) => ports.deviceHome(deviceId, askedBy);
  const counts = { publications: 0, throttled: 0, dropped: 0, notStored: 0, inFlight: 0 };
  let idleCallback: (() => void) | undefined;

  function take(connection: Connection, packet: PublishPacket, callback: Callback): void {
    const topic = connection.topicOf(packet.topic);
    const denial = topic && denialOf(connection, topic);
    if (topic === undefined || denial !== undefined) {
      refuse(connection, packet, denial ?? 'outside-contract', callback);
      return;
    }
    const nowMs = ports.now();
    const arrival = arrive(connection, packet, topic, nowMs, callback);
    if (connection.throttle?.admits(nowMs) !== false || isUrgent(topic, arrival)) {
      giveToIntake(arrival);
      if (arrival.verdict === undefined) connection.readOn();
      return;
    }
    connection.overRate++;
    if (packet.qos > 0 || topic.kind === 'event') {
      counts.throttled++;
      connection.throttle.hold(arrival, nowMs);
      connection.readOn();
      return;
    }
    counts.dropped++;
    leave(arrival);
    packet.topic = nowhere;
    callback(null);
  }

  /** Aedes publishes the will of a connection that ended without DISCONNECT through the same hook. */
  function takeWill(connection: Connection, packet: PublishPacket, callback: Callback): void {
    dependencies.connectionEnded(connection);
    if (dependencies.isStopping()) {
      callback(new Error('the end of the hub is not the end of the device'));
      return;
    }
    const topic = parseTopic(packet.topic);
    const denial = topic && denialOf(connection, topic);
    if (topic === undefined || denial !== undefined) {
      recordRefusedTopic(connection, packet, denial ?? 'outside-contract');
      callback(new Error(denial ?? 'outside-contract'));
      return;
    }
    const isAvailability = topic.kind === 'availability';
    const party = partyIn(topic);
    if (isAvailability && availability.isConnected(party.of, party.id)) {
      callback(new Error('superseded by a newer connection'));
      return;
    }
    packet.retain = false;
    const arrival = arrive(connection, packet, topic, ports.now(), (error) => {
      if (error) ports.recordRefusal({ reason: 'will-not-stored', subject: party.id });
      else if (isAvailability) availability.announced(topic, bytesOf(packet), connection);
      callback(isAvailability ? new Error('published as presence') : error);
    });
    giveToIntake(arrival);
  }

  function throttleFor(seat: { bucket: Bucket; rate: Rate }): Throttle<Arrival> {
    return new Throttle<Arrival>({
      ...seat,
      longestHoldMs: limits.longestHoldMs,
      now: () => ports.now(),
      after: dependencies.after,
      pass: giveToIntake,
    });
  }

  function denialOf(connection: Connection, topic: Topic): Denial | undefined {
    const { account } = connection;
    if (account === undefined) return 'not-for-this-account';
    const whose = whoseTopic(account, topic, deviceHome);
    if (whose === 'unregistered' && topic.of === 'device') availability.heard(topic.deviceId, account.id);
    const right = judge(account.kind, 'publish', topic, whose);
    return right === 'allowed' ? undefined : right;
  }

  function arrive(
    connection: Connection,
    packet: PublishPacket,
    topic: Topic,
    receivedAtMs: number,
    callback: Callback,
  ): Arrival {
    const publication = {
      topic,
      payload: bytesOf(packet),
      qos: packet.qos,
      retain: packet.retain,
      from: connection.from ?? nobody,
      receivedAtMs,
    };
    const arrival: Arrival = { connection, packet, publication, callback, verdict: undefined };
    counts.publications++;
    counts.inFlight++;
    connection.entered(arrival);
    if (packet.qos > 0 && packet !== connection.will) connection.lineUp(arrival);
    return arrival;
  }

  function giveToIntake(arrival: Arrival): void {
    if (arrival.publication === undefined) return;
    try {
      ports.intake(arrival.publication, (verdict) => settle(arrival, verdict));
    } catch (error) {
      ports.log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'mqtt.intake-threw');
      settle(arrival, { ok: false, reason: 'intake-threw' });
    }
  }

  function settle(arrival: Arrival, verdict: IntakeVerdict): void {
    const { connection, packet, publication } = arrival;
    if (arrival.verdict !== undefined || publication === undefined) return;
    arrival.verdict = verdict;
    leave(arrival);
    // Only availability is retained, and that only by presence, which publishes it in place of what arrived.
    packet.retain = false;
    if (packet === connection.will) {
      arrival.callback(verdict.ok ? null : new Error(verdict.reason));
      return;
    }
    if (publication.topic.kind === 'availability') {
      packet.topic = nowhere;
      if (verdict.ok) availability.announced(publication.topic, publication.payload, connection);
    } else if (!dependencies.isFollowed() || connection.account?.isInternal === true) packet.topic = nowhere;
    if (!verdict.ok) {
      counts.notStored++;
      const { id } = partyIn(publication.topic);
      ports.recordRefusal({ reason: 'not-stored', subject: id, sample: sanitise(verdict.reason) });
    }
    if (packet.qos === 0) answer(arrival);
    else acknowledgeInOrder(connection);
  }

  /** PUBACKs leave in the order in which the PUBLISHes came [MQTT-4.6.0-2], whoever overtook whom at intake. */
  function acknowledgeInOrder(connection: Connection): void {
    for (let next = connection.nextAnswered(); next !== undefined; next = connection.nextAnswered()) {
      answer(next);
    }
  }

  function answer({ connection, packet, callback, verdict }: Arrival): void {
    if (packet.qos === 0) {
      // Without a PUBACK there is nothing to withhold: closing the connection would not bring the message back.
      if (verdict?.ok !== true) packet.topic = nowhere;
      callback(null);
      return;
    }
    if (connection.stream.destroyed) return;
    if (verdict?.ok === true) {
      callback(null);
      return;
    }
    connection.closeCause ??= 'closed-by-hub';
    callback(new Error('not stored'));
  }

  /**
   * A device or service that publishes where it may not is cut off without PUBACK. A gateway speaks for many devices
   * that a cut would silence, so for it the one message is acknowledged, recorded and dropped [MQTT-3.3.5-2].
   */
  function refuse(connection: Connection, packet: PublishPacket, denial: Denial, callback: Callback): void {
    recordRefusedTopic(connection, packet, denial);
    if (connection.account?.kind !== 'gateway') {
      connection.closeCause ??= 'closed-by-hub';
      callback(new Error(denial));
      return;
    }
    packet.topic = nowhere;
    packet.retain = false;
    if (packet.qos === 0) {
      callback(null);
      return;
    }
    connection.lineUp({ connection, packet, publication: undefined, callback, verdict: { ok: true } });
    acknowledgeInOrder(connection);
  }

  function recordRefusedTopic(connection: Connection, packet: PublishPacket, denial: Denial): void {
    const subject = connection.account?.id ?? '(nobody)';
    ports.recordRefusal({ reason: `publish-${denial}`, subject, sample: sanitise(packet.topic) });
  }

  function leave(arrival: Arrival): void {
    counts.inFlight--;
    arrival.connection.left(arrival);
    if (counts.inFlight === 0) idleCallback?.();
  }

  /** Calls back, once, when nothing waits for intake any more. */
  function whenIdle(callback: () => void): void {
    if (counts.inFlight === 0) callback();
    else idleCallback = callback;
  }

  return { take, takeWill, throttleFor, whenIdle, counts };
}

/** Never seen: only devices and gateways have the right to publish, and both have a `from`. */
const nobody = { kind: 'device', id: '' } as const;

/** Kinds that raise an alarm about a life are looked for, cheaply, before an event is held back. */
const urgentKinds = [
  'button.pressed',
  'fall.detected',
  'fall.suspected',
  'smoke.detected',
  'gas.detected',
  'water.detected',
].map((kind) => Buffer.from(`"${kind}"`));

function isUrgent(topic: Topic, { publication }: Arrival): boolean {
  if (topic.kind !== 'event' || publication === undefined) return false;
  const start = publication.payload.subarray(0, largestPayloadBytes);
  return urgentKinds.some((kind) => start.includes(kind));
}

function bytesOf(packet: PublishPacket): Buffer {
  return typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
}
