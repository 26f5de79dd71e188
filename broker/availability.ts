import { availabilitySchema } from '@carebell/contracts/messages.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import type { Topic } from '@carebell/contracts/topics.ts';
import type { Limits } from './config.ts';
import type { Connection } from './connection.ts';
import { BoundedMap } from './limits.ts';
import type { BrokerPorts, PartyKind, PresenceChange, Timer } from './ports.ts';
import { Presence } from './presence.ts';
import type { Party, Speaker } from './presence.ts';

export type AvailabilityDependencies = {
  ports: BrokerPorts;
  limits: Limits;
  after: Timer;
  /** Keeps a retained message without telling anybody, at start. */
  retain: (topic: string, payload: Buffer) => void;
  forgetRetained: (topic: string) => void;
  /** Publishes a retained message to those who subscribed. */
  publishRetained: (topic: string, payload: Buffer) => void;
};

export type AvailabilityKeeper = ReturnType<typeof keepAvailability>;

/**
 * Carries presence out: tells the server of every change and publishes it, retained. Nobody else publishes an
 * availability topic, so what is retained always equals what the hub believes.
 */
export function keepAvailability(dependencies: AvailabilityDependencies) {
  const { ports, limits } = dependencies;
  const presence = new Presence();
  const heardThrough = new BoundedMap<string, string>(limits.unregisteredDevices, forgetUnregistered);
  let cancelGrace: (() => void) | undefined;

  function start(): void {
    for (const { of, id, availability } of ports.knownPresence()) {
      presence.seed({ of, id }, availability);
      dependencies.retain(topicOf({ of, id }), Buffer.from(availability));
    }
    cancelGrace = dependencies.after(limits.restartGraceMs, () => {
      for (const change of presence.endGrace(isVouchedFor, ports.now())) tell(change);
    });
  }

  function stop(): void {
    cancelGrace?.();
  }

  function connected(connection: Connection): void {
    const party = partyOf(connection);
    if (party !== undefined) tell(presence.connected(party, connection.number, ports.now()));
  }

  function closed(connection: Connection): void {
    const party = partyOf(connection);
    if (party === undefined) return;
    const cause = connection.closeCause ?? (connection.hasSaidGoodbye() ? 'disconnected' : 'connection-lost');
    tell(presence.closed(party, connection.number, cause, ports.now()));
  }

  /** A stored publication to an availability topic. What is neither word was recorded by intake. */
  function announced(topic: Topic, payload: Buffer, connection: Connection): void {
    const word = availabilitySchema.safeParse(payload.length <= 16 ? payload.toString() : '');
    if (!word.success) return;
    const party = partyIn(topic);
    const isOwn = connection.account?.id === party.id && connection.account.kind === party.of;
    const speaker: Speaker = isOwn ? { connection: connection.number } : 'gateway';
    tell(presence.announced(party, word.data, speaker, ports.now()));
  }

  /** Remembers through which gateway a device was heard that nobody registered, so that it can be answered. */
  function heard(deviceId: string, gatewayId: string): void {
    heardThrough.set(deviceId, gatewayId);
  }

  function tell(change: PresenceChange | undefined): void {
    if (change === undefined) return;
    dependencies.publishRetained(topicOf(change), Buffer.from(change.availability));
    ports.presenceChanged(change);
  }

  /** Devices behind a gateway that came back are what that gateway says they are. */
  function isVouchedFor(party: Party): boolean {
    const gatewayId = party.of === 'device' ? ports.deviceHome(party.id)?.gatewayId : null;
    return typeof gatewayId === 'string' && presence.isConnected({ of: 'gateway', id: gatewayId });
  }

  function forgetUnregistered(deviceId: string): void {
    if (ports.deviceHome(deviceId) !== undefined) return;
    presence.forget({ of: 'device', id: deviceId });
    dependencies.forgetRetained(topicOf({ of: 'device', id: deviceId }));
  }

  return {
    start,
    stop,
    connected,
    closed,
    announced,
    heard,
    heardThrough: (deviceId: string) => heardThrough.get(deviceId),
    isConnected: (of: PartyKind, id: string) => presence.isConnected({ of, id }),
  };
}

export function partyIn(topic: Topic): Party {
  return topic.of === 'device'
    ? { of: 'device', id: topic.deviceId }
    : { of: 'gateway', id: topic.gatewayId };
}

function partyOf({ account }: Connection): Party | undefined {
  if (account === undefined || account.isInternal === true) return undefined;
  const { kind, id } = account;
  return kind === 'device' || kind === 'gateway' ? { of: kind, id } : undefined;
}

function topicOf(party: Party): string {
  return party.of === 'device'
    ? buildTopic({ of: 'device', deviceId: party.id, kind: 'availability' })
    : buildTopic({ of: 'gateway', gatewayId: party.id, kind: 'availability' });
}
