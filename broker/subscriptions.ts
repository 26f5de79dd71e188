import { parseTopic } from '@carebell/contracts/topics.ts';
import type { AedesPublishPacket, Client, Subscription } from 'aedes';
import { sanitise } from './authenticate.ts';
import { everyDeviceCommand, judge, judgeFilter, whoseTopic } from './authorize.ts';
import type { Denial } from './authorize.ts';
import type { AvailabilityKeeper } from './availability.ts';
import type { Limits } from './config.ts';
import type { Connection } from './connection.ts';
import type { Account, BrokerPorts } from './ports.ts';
import type { Roster } from './roster.ts';

const failure = 128;

export type SubscriptionsDependencies = {
  ports: BrokerPorts;
  limits: Limits;
  roster: Roster;
  availability: AvailabilityKeeper;
  keep: (clientId: string, subscription: { topic: string; qos: 0 | 1 | 2 }) => void;
};

/** Who may hear what: at SUBSCRIBE, and again for each delivery, because a device may move to another gateway. */
export function createSubscriptions(dependencies: SubscriptionsDependencies) {
  const { ports, limits, roster, availability } = dependencies;
  const deviceHome = (deviceId: string, askedBy?: string) => ports.deviceHome(deviceId, askedBy);

  function authorizeSubscribe(
    client: Client,
    subscription: Subscription,
    callback: (error: Error | null, subscription?: Subscription | null) => void,
  ): void {
    const connection = roster.of(client);
    const reason =
      connection?.account === undefined
        ? 'not-for-this-account'
        : reasonAgainst(connection, connection.account, subscription.topic);
    if (reason === undefined) {
      connection?.filters.add(subscription.topic);
      if (connection?.account?.kind === 'service') roster.isFollowed = true;
      callback(null, subscription);
      return;
    }
    const subject = connection?.account?.id ?? '(nobody)';
    ports.recordRefusal({ reason: `subscribe-${reason}`, subject, sample: sanitise(subscription.topic) });
    // Without a subscription Aedes grants 128, failure [MQTT 3.1.1, 3.9.3].
    callback(null, null);
  }

  function reasonAgainst(
    connection: Connection,
    account: Account,
    filter: string,
  ): Denial | 'too-many' | undefined {
    const isNew = !connection.filters.has(filter);
    if (isNew && connection.filters.size >= limits.subscriptionsPerConnection) return 'too-many';
    const right = judgeFilter(account, filter, deviceHome);
    return right === 'allowed' ? undefined : right;
  }

  function authorizeForward(client: Client, packet: AedesPublishPacket): AedesPublishPacket | null {
    const connection = roster.of(client);
    const account = connection?.account;
    // CONNACK is the first packet that a client gets [MQTT-3.2.0-1], also when its session was restored before.
    if (connection === undefined || account === undefined || !connection.isWelcomed) return null;
    if (connection.stream.writableLength > limits.sendBufferBytes) {
      if (!connection.stream.destroyed) {
        ports.recordRefusal({ reason: 'slow-subscriber', subject: account.id });
        connection.close('closed-by-hub');
      }
      return null;
    }
    if (account.kind !== 'gateway') return packet;
    return isForGateway(account, packet.topic) ? packet : null;
  }

  function isForGateway(account: Account, topicText: string): boolean {
    const topic = parseTopic(topicText);
    if (topic === undefined) return false;
    const whose = whoseTopic(account, topic, deviceHome);
    if (judge('gateway', 'receive', topic, whose) !== 'allowed') return false;
    // The answer to a device that nobody registered goes the way that the device was heard.
    return (
      whose !== 'unregistered' ||
      (topic.of === 'device' && availability.heardThrough(topic.deviceId) === account.id)
    );
  }

  function subscribed(subscriptions: Subscription[], client: Client): void {
    const connection = roster.of(client);
    if (connection === undefined) return;
    for (const { topic, qos } of subscriptions) {
      if ((qos as number) === failure) continue;
      handOver(connection, client, topic);
      if (!client.clean) dependencies.keep(client.id, { topic, qos });
      askForWhatWaits(connection, topic);
    }
  }

  /** To this connection alone: nobody else hears what is published so, whatever they subscribed to. */
  function handOver({ account, ticket }: Connection, client: Client, topic: string): void {
    if (account?.kind !== 'claimant' || ticket === undefined) return;
    ports.claims?.subscribed(account.id, ticket, (text) => {
      const message = { topic, payload: Buffer.from(text), qos: 1, retain: false, dup: false } as const;
      client.publish({ cmd: 'publish', ...message }, () => undefined);
    });
  }

  function unsubscribed(filters: string[], client: Client): void {
    const connection = roster.of(client);
    for (const filter of filters) connection?.filters.delete(filter);
  }

  /** A client that relies on its kept session does not subscribe again. */
  function sessionRestored(client: Client): void {
    const connection = roster.of(client);
    if (connection === undefined || client.clean) return;
    for (const filter of connection.filters) askForWhatWaits(connection, filter);
  }

  function askForWhatWaits({ account }: Connection, filter: string): void {
    if (account === undefined || account.kind === 'service' || account.kind === 'claimant') return;
    if (filter === everyDeviceCommand) {
      for (const deviceId of ports.devicesBehind?.(account.id) ?? []) ports.commandSubscribed(deviceId);
      return;
    }
    const topic = parseTopic(filter);
    if (topic?.of === 'device' && topic.kind === 'command') ports.commandSubscribed(topic.deviceId);
    if (topic?.of === 'gateway' && topic.kind === 'devices') ports.deviceListSubscribed?.(topic.gatewayId);
  }

  return { authorizeSubscribe, authorizeForward, subscribed, unsubscribed, sessionRestored };
}
