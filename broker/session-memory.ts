import { Readable } from 'node:stream';
import { BoundedMap } from './limits.ts';
import { hasWildcard, matchesFilter } from './topic-filter.ts';

export type KeptSubscription = { topic: string; qos: 0 | 1 | 2 };

type Session = { subscriptions: Map<string, KeptSubscription>; incoming: Map<number, object> };
type StoredPacket = { topic: string; payload: Buffer | string; qos: 0 | 1 | 2; retain: boolean };
type ClientRef = { id: string };

/**
 * The persistence that Aedes asks for, in memory and bounded: retained messages, subscriptions of kept sessions, and
 * the identifiers of QoS 2 packets. It queues nothing for clients that are away, because commands are repeated from the
 * hub's own outbox and everything else is state; so no queue can grow, and nobody is told of last week.
 */
export class SessionMemory {
  readonly #retained = new Map<string, StoredPacket & { cmd: 'publish' }>();
  readonly #sessions: BoundedMap<string, Session>;

  constructor(limits: { keptSessions: number }) {
    this.#sessions = new BoundedMap(limits.keptSessions);
  }

  /** Aedes refuses a persistence whose `setup` is not an async function. */
  async setup(): Promise<void> {
    await Promise.resolve();
  }

  retain(topic: string, payload: Buffer): void {
    this.#retained.set(topic, { cmd: 'publish', topic, payload, qos: 1, retain: true });
  }

  forgetRetained(topic: string): void {
    this.#retained.delete(topic);
  }

  keepSubscription(clientId: string, subscription: KeptSubscription): void {
    this.#session(clientId).subscriptions.set(subscription.topic, subscription);
  }

  storeRetained(packet: StoredPacket): PromiseLike<void> {
    if (packet.payload.length === 0) this.#retained.delete(packet.topic);
    else this.#retained.set(packet.topic, { ...packet, cmd: 'publish' });
    return atOnce(undefined);
  }

  /** A filter without wildcard is one look-up: 10,000 devices that reconnect must not each scan every retained message. */
  createRetainedStreamCombi(filters: readonly string[]): Readable {
    const found: object[] = [];
    for (const filter of filters) {
      if (!hasWildcard(filter)) {
        const packet = this.#retained.get(filter);
        if (packet !== undefined) found.push(packet);
        continue;
      }
      for (const [topic, packet] of this.#retained) if (matchesFilter(filter, topic)) found.push(packet);
    }
    return Readable.from(found);
  }

  /** Nothing to do: what was granted arrives by {@link keepSubscription}. Aedes names the refused filters here too. */
  async addSubscriptions(): Promise<void> {
    await Promise.resolve();
  }

  async removeSubscriptions(client: ClientRef, filters: readonly string[]): Promise<void> {
    const kept = this.#sessions.get(client.id)?.subscriptions;
    for (const filter of filters) kept?.delete(filter);
    await Promise.resolve();
  }

  async subscriptionsByClient(client: ClientRef): Promise<KeptSubscription[]> {
    const session = this.#sessions.get(client.id);
    if (session !== undefined) this.#sessions.set(client.id, session);
    return Promise.resolve([...(session?.subscriptions.values() ?? [])].map((kept) => ({ ...kept })));
  }

  async cleanSubscriptions(client: ClientRef): Promise<void> {
    this.#sessions.delete(client.id);
    await Promise.resolve();
  }

  subscriptionsByTopic(): PromiseLike<never[]> {
    return atOnce(noSubscriptions);
  }

  outgoingEnqueueCombi(): PromiseLike<void> {
    return atOnce(undefined);
  }

  outgoingUpdate(): PromiseLike<void> {
    return atOnce(undefined);
  }

  outgoingClearMessageId(): PromiseLike<undefined> {
    return atOnce(undefined);
  }

  outgoingStream(): Readable {
    return Readable.from([]);
  }

  async incomingStorePacket(client: ClientRef, packet: { messageId: number }): Promise<void> {
    this.#session(client.id).incoming.set(packet.messageId, packet);
    await Promise.resolve();
  }

  async incomingGetPacket(client: ClientRef, packet: { messageId: number }): Promise<object> {
    const stored = this.#sessions.get(client.id)?.incoming.get(packet.messageId);
    if (stored === undefined) throw new Error('no such packet');
    return Promise.resolve(stored);
  }

  async incomingDelPacket(client: ClientRef, packet: { messageId: number }): Promise<void> {
    this.#sessions.get(client.id)?.incoming.delete(packet.messageId);
    await Promise.resolve();
  }

  async cleanIncoming(client: ClientRef): Promise<void> {
    const session = this.#sessions.get(client.id);
    session?.incoming.clear();
    if (session?.subscriptions.size === 0) this.#sessions.delete(client.id);
    await Promise.resolve();
  }

  // Wills live and die with their connection: Aedes holds them on the client, and a hub that was killed has no state to
  // restore them from. Presence makes up for it by its grace after a restart.
  async putWill(): Promise<void> {
    await Promise.resolve();
  }

  async delWill(): Promise<void> {
    await Promise.resolve();
  }

  streamWill(): Readable {
    return Readable.from([]);
  }

  #session(clientId: string): Session {
    let session = this.#sessions.get(clientId);
    if (session === undefined) {
      session = { subscriptions: new Map(), incoming: new Map() };
      this.#sessions.set(clientId, session);
    }
    return session;
  }
}

const noSubscriptions: never[] = [];

/**
 * A thenable that answers in the same turn. With promises a QoS 0 or retained message overtakes an earlier QoS 1 message on its way
 * through Aedes, whose duplicate filter then drops the one overtaken.
 */
function atOnce<T>(value: T): PromiseLike<T> {
  return {
    // oxlint-disable-next-line unicorn/no-thenable -- Aedes only ever calls then() on it.
    then<A = T, B = never>(resolved?: ((value: T) => A | PromiseLike<A>) | null): PromiseLike<A | B> {
      return resolved ? (resolved(value) as PromiseLike<A | B>) : (atOnce(value) as PromiseLike<never>);
    },
  };
}
