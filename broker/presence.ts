import type { Availability, PartyKind, PresenceCause, PresenceChange } from './ports.ts';

export type Party = { of: PartyKind; id: string };

/** Who said a word: a connection of the party itself, by its number, or a gateway on its behalf. */
export type Speaker = { connection: number } | 'gateway';

type State = { availability: Availability | undefined; connections: Set<number> };

/**
 * Who is online. A party is online while one of its connections lives, whatever becomes of the others: connections
 * are told apart by a number, so that the late end of one that was taken over says nothing about its successor. Each call
 * returns the change it made, if any.
 */
export class Presence {
  readonly #states: Record<PartyKind, Map<string, State>> = { device: new Map(), gateway: new Map() };
  readonly #unconfirmed: Record<PartyKind, Set<string>> = { device: new Set(), gateway: new Set() };

  /** Takes over what was stored before a restart; what was online must come back before {@link endGrace}. */
  seed(party: Party, availability: Availability): void {
    this.#state(party).availability = availability;
    if (availability === 'online') this.#unconfirmed[party.of].add(party.id);
  }

  connected(party: Party, connection: number, atMs: number): PresenceChange | undefined {
    this.#state(party).connections.add(connection);
    return this.#become(party, 'online', 'connected', atMs);
  }

  closed(party: Party, connection: number, cause: PresenceCause, atMs: number): PresenceChange | undefined {
    const state = this.#state(party);
    if (!state.connections.delete(connection) || state.connections.size > 0) return undefined;
    return this.#become(party, 'offline', cause, atMs);
  }

  announced(
    party: Party,
    availability: Availability,
    speaker: Speaker,
    atMs: number,
  ): PresenceChange | undefined {
    const { connections } = this.#state(party);
    if (speaker === 'gateway') {
      if (connections.size > 0) return undefined;
    } else {
      // The word of a connection that has ended, or that a newer one has replaced, is history.
      if (!connections.has(speaker.connection)) return undefined;
      if (speaker.connection !== Math.max(...connections)) return undefined;
    }
    return this.#become(party, availability, 'announced', atMs);
  }

  /** Ends the grace after a restart. `isVouchedFor` keeps a device online whose gateway has come back. */
  endGrace(isVouchedFor: (party: Party) => boolean, atMs: number): PresenceChange[] {
    const changes: PresenceChange[] = [];
    for (const kind of ['gateway', 'device'] as const) {
      for (const id of this.#unconfirmed[kind]) {
        if (isVouchedFor({ of: kind, id })) continue;
        const change = this.#become({ of: kind, id }, 'offline', 'hub-restarted', atMs);
        if (change !== undefined) changes.push(change);
      }
      this.#unconfirmed[kind].clear();
    }
    return changes;
  }

  isConnected(party: Party): boolean {
    return (this.#states[party.of].get(party.id)?.connections.size ?? 0) > 0;
  }

  availability(party: Party): Availability | undefined {
    return this.#states[party.of].get(party.id)?.availability;
  }

  forget(party: Party): void {
    if (this.isConnected(party)) return;
    this.#states[party.of].delete(party.id);
    this.#unconfirmed[party.of].delete(party.id);
  }

  #state(party: Party): State {
    const states = this.#states[party.of];
    let state = states.get(party.id);
    if (state === undefined) {
      state = { availability: undefined, connections: new Set() };
      states.set(party.id, state);
    }
    return state;
  }

  #become(
    party: Party,
    availability: Availability,
    cause: PresenceCause,
    atMs: number,
  ): PresenceChange | undefined {
    this.#unconfirmed[party.of].delete(party.id);
    const state = this.#state(party);
    if (state.availability === availability) return undefined;
    state.availability = availability;
    return { of: party.of, id: party.id, availability, atMs, cause };
  }
}
