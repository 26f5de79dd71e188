import type { RefusalReason } from '@carebell/contracts/refusals.ts';
import type { Topic } from '@carebell/contracts/topics.ts';

/**
 * Who may sign in over MQTT. `secretHash` comes from `hashSecret`. Names are unique across the first three kinds; a claimant is a
 * device that has signed in with a code and may only fetch its secret.
 */
export type AccountKind = 'device' | 'gateway' | 'service' | 'claimant';
export type Account = {
  kind: AccountKind;
  id: string;
  secretHash: string;
  /** Of a secret that was handed out and not used yet: good beside the other, until it is used. */
  nextSecretHash?: string;
  /** The hub's own: it has no presence, and what it says is forwarded to nobody. */
  isInternal?: boolean;
};

/** What has a presence of its own: a device or a gateway. */
export type PartyKind = 'device' | 'gateway';

/** One publication that had the right to be published, as it arrived. `from` is the account that sent it. */
export type Publication = {
  topic: Topic;
  payload: Buffer;
  qos: 0 | 1 | 2;
  retain: boolean;
  from: { kind: PartyKind; id: string };
  receivedAtMs: number;
};

export type IntakeVerdict = { ok: true } | { ok: false; reason: string };

/**
 * Where a device is registered; `gatewayId` is `null` when it signs in itself. `isInEarshot`: the gateway that asks may hear
 * it, because the device speaks through another one of its station. `undefined`: nobody registered it.
 */
export type DeviceHome = { gatewayId: string | null; isInEarshot?: boolean } | undefined;

/**
 * Something turned away or dropped. `subject` is an account or device id or a fixed word in brackets; `sample` is at
 * most 64 printable ASCII characters. `count` (1 without it) is how many were coalesced into this report.
 */
export type Refusal = { reason: RefusalReason; subject: string; sample?: string; count?: number };

/**
 * `announced`: the party, or its gateway on its behalf, published the word itself. `connection-lost`: the connection
 * ended without DISCONNECT. `hub-restarted`: it was online before this hub started and did not come back in time.
 */
export type PresenceCause =
  | 'connected'
  | 'disconnected'
  | 'connection-lost'
  | 'keep-alive-missed'
  | 'taken-over'
  | 'announced'
  | 'closed-by-hub'
  | 'hub-restarted';

export type Availability = 'online' | 'offline';

export type PresenceChange = {
  of: PartyKind;
  id: string;
  availability: Availability;
  atMs: number;
  cause: PresenceCause;
};

/**
 * Secrets that a device or gateway fetches itself. `signIn` judges a code and counts a wrong one before it answers; its `ticket` names the
 * code. `subscribed`: the claimant waits for its secret, which `deliver` sends when what is kept of it is stored. `taken`: a
 * device signs in with a delivered secret, which is its own from then on; answered after the commit.
 */
export type ClaimPort = {
  signIn(
    attempt: { accountId: string; code: string; address: string },
    done: (verdict: { ok: true; ticket: string } | { ok: false; reason: RefusalReason }) => void,
  ): void;
  subscribed(accountId: string, ticket: string, deliver: (payload: string) => void): void;
  taken(accountId: string, secretHash: string, done: (isTaken: boolean) => void): void;
};

/** Compatible with pino. */
export type Log = {
  debug(fields: object, event: string): void;
  info(fields: object, event: string): void;
  warn(fields: object, event: string): void;
  error(fields: object, event: string): void;
};

/** Calls back once after `delayMs` unless the returned function is called before. */
export type Timer = (delayMs: number, callback: () => void) => () => void;

/** What the broker needs from the server. All look-ups are synchronous, from memory: they stand on the path of an alarm. */
export type BrokerPorts = {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Timers that follow the same clock as `now`; those of Node.js when absent. */
  after?: Timer;
  findAccount(name: string): Account | undefined;
  /** A device that was taken out of service: it is told from an unknown name in the records, not in the answer. */
  isRetired?(name: string): boolean;
  /** Without it nobody signs in with a code. */
  claims?: ClaimPort;
  /** `askedBy` is the gateway that speaks for the device or wants to hear what is meant for it. */
  deviceHome(deviceId: string, askedBy?: string): DeviceHome;
  /** The devices registered behind a gateway, to resend their commands when it subscribes to them by wildcard. */
  devicesBehind?(gatewayId: string): Iterable<string>;
  /**
   * Stores a publication; the PUBACK waits for `done`, which must be called once, in arrival order. With a verdict that is
   * not ok the connection is closed without PUBACK, so that the device repeats.
   */
  intake(publication: Publication, done: (verdict: IntakeVerdict) => void): void;
  recordRefusal(refusal: Refusal): void;
  presenceChanged(change: PresenceChange): void;
  /** The device, or its gateway, has just subscribed to its command topic: send what waits in the outbox. */
  commandSubscribed(deviceId: string): void;
  /** The gateway has just subscribed to the list of the devices that it hears: send it. */
  deviceListSubscribed?(gatewayId: string): void;
  /**
   * Presence as stored, read once at start. Where several hubs share a store, give only what this hub was the last to
   * report: what was online here and does not come back within the grace becomes `offline`.
   */
  knownPresence(): Iterable<{ of: PartyKind; id: string; availability: Availability }>;
  log: Log;
};
