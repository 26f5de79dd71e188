import type { Limits } from './config.ts';
import type { Connection } from './connection.ts';
import { fullBucket, isFull } from './limits.ts';
import type { Bucket } from './limits.ts';
import type { Account } from './ports.ts';

type Seat = { connections: Set<Connection>; bucket: Bucket; rate: Limits['rate']['device'] };

/** Every open connection: by the client that Aedes made of it, by its account and by its address. */
export class Roster {
  /** Whether any service has subscribed: nobody else may hear what devices and gateways say. */
  isFollowed = false;
  readonly open = new Set<Connection>();
  readonly #limits: Limits;
  readonly #byClient = new WeakMap<object, Connection>();
  readonly #seats = new Map<string, Seat>();
  readonly #perAddress = new Map<string, number>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Whether one more connection may be opened from this address. */
  hasRoomFor(address: string): boolean {
    if (this.open.size >= this.#limits.connections) return false;
    const { connectionsPerAddress } = this.#limits;
    return connectionsPerAddress === null || (this.#perAddress.get(address) ?? 0) < connectionsPerAddress;
  }

  opened(connection: Connection): void {
    this.open.add(connection);
    this.#perAddress.set(connection.address, (this.#perAddress.get(connection.address) ?? 0) + 1);
  }

  became(client: object, connection: Connection): void {
    this.#byClient.set(client, connection);
  }

  of(client: object): Connection | undefined {
    return this.#byClient.get(client);
  }

  /** Seats an authenticated connection; its rate is shared with the other connections of the account. */
  seat(connection: Connection, account: Account, nowMs: number): Seat {
    const name = seatOf(account);
    let seat = this.#seats.get(name);
    if (seat === undefined) {
      const rate =
        this.#limits.rate[account.kind === 'gateway' || account.kind === 'service' ? 'gateway' : 'device'];
      seat = { connections: new Set(), bucket: fullBucket(rate, nowMs), rate };
      this.#seats.set(name, seat);
    }
    seat.connections.add(connection);
    return seat;
  }

  closed(connection: Connection): void {
    if (!this.open.delete(connection)) return;
    const others = (this.#perAddress.get(connection.address) ?? 1) - 1;
    if (others > 0) this.#perAddress.set(connection.address, others);
    else this.#perAddress.delete(connection.address);
    if (connection.account !== undefined) {
      this.#seats.get(seatOf(connection.account))?.connections.delete(connection);
    }
  }

  connectionsOf(accountId: string): ReadonlySet<Connection> {
    return this.#seats.get(accountId)?.connections ?? none;
  }

  /** Forgets accounts without a connection, but not before reconnecting would gain them nothing. */
  sweep(nowMs: number): void {
    for (const [accountId, seat] of this.#seats) {
      if (seat.connections.size === 0 && isFull(seat.bucket, seat.rate, nowMs)) this.#seats.delete(accountId);
    }
  }
}

/** A claimant takes no place from the device whose secret it fetches. No account's name holds a blank. */
function seatOf({ kind, id }: Account): string {
  return kind === 'claimant' ? `claimant ${id}` : id;
}

const none: ReadonlySet<Connection> = new Set();
