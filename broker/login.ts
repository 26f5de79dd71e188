import type { AuthenticateError, Client, ConnectPacket, PublishPacket } from 'aedes';
import { isWellFormedName, judgeLogin } from './authenticate.ts';
import type { LoginRefusal } from './authenticate.ts';
import type { AvailabilityKeeper } from './availability.ts';
import type { Limits } from './config.ts';
import type { Connection } from './connection.ts';
import { BoundedMap, fullBucket, takeToken } from './limits.ts';
import type { Bucket } from './limits.ts';
import type { Account, BrokerPorts, Timer } from './ports.ts';
import type { Publications } from './publications.ts';
import type { Roster } from './roster.ts';

/** CONNACK return codes [MQTT 3.1.1, table 3.1]. */
const identifierRejected = 2;
const notAuthorized = 5;

const rememberedAddresses = 10_000;
const mostDelayedAnswers = 1_000;

export type LoginDependencies = {
  ports: BrokerPorts;
  limits: Limits;
  after: Timer;
  roster: Roster;
  availability: AvailabilityKeeper;
  publications: Publications;
  isStopping: () => boolean;
};

/** The two steps of a CONNECT: what the packet itself must satisfy, then who it is. */
export function createLogin(dependencies: LoginDependencies) {
  const { ports, limits, roster } = dependencies;
  const failures = new BoundedMap<string, Bucket>(rememberedAddresses);
  let delayedAnswers = 0;

  function preConnect(
    client: Client,
    packet: ConnectPacket,
    callback: (error: Error | null, isSuccessful: boolean) => void,
  ): void {
    const connection = roster.of(client);
    if (connection === undefined || dependencies.isStopping()) {
      callback(new Error('the hub is stopping'), false);
      return;
    }
    const version = packet.protocolVersion ?? 4;
    // Aedes answers another version with CONNACK 1 by itself.
    if (version !== 3 && version !== 4) {
      ports.recordRefusal({ reason: 'protocol-version', subject: '(nobody)', sample: String(version) });
    }
    connection.will = packet.will as PublishPacket | undefined;
    const longestSeconds = Math.ceil(limits.keepAliveMs / 1000);
    const asked = packet.keepalive ?? 0;
    // Many devices ask for no keep alive at all. They are served, but a dead one must be noticed some time.
    packet.keepalive = asked === 0 ? longestSeconds : Math.min(asked, longestSeconds);
    connection.keepAliveMs = packet.keepalive * 1000;
    const given = packet.clientId;
    // A kept session needs an identifier [MQTT-3.1.3-8], and in MQTT 3.1 every client does.
    connection.isIdRefused =
      given.length > limits.clientIdLength || (given === '' && (packet.clean !== true || version === 3));
    const name = packet.username ?? '';
    // An identifier is unique within its account only, so that no account can take over or block another's session.
    // No account's name begins with "#".
    connection.clientKey =
      given === '' || connection.isIdRefused || !isWellFormedName(name)
        ? `#${connection.number}`
        : `${name}/${given}`;
    packet.clientId = connection.clientKey;
    callback(null, true);
  }

  function authenticate(
    client: Client,
    name: string | undefined,
    secret: Buffer | undefined,
    done: (error: AuthenticateError | null, isSuccessful: boolean | null) => void,
  ): void {
    const connection = roster.of(client);
    if (connection === undefined || connection.isClosed) {
      done(refusal('connection closed', notAuthorized), null);
      return;
    }
    const verdict = judgeLogin(name, secret, (id) => ports.findAccount(id));
    if (!verdict.ok) {
      refuse(connection, verdict, () => done(refusal('not authorized', notAuthorized), null));
      return;
    }
    if (connection.isIdRefused) {
      ports.recordRefusal({ reason: 'client-identifier', subject: verdict.account.id });
      done(refusal('identifier rejected', identifierRejected), null);
      return;
    }
    welcome(connection, verdict.account);
    done(null, true);
  }

  function refuse(connection: Connection, verdict: LoginRefusal, answer: () => void): void {
    const { ok: _, ...recorded } = verdict;
    ports.recordRefusal(recorded);
    const nowMs = ports.now();
    const bucket = failures.get(connection.address) ?? fullBucket(limits.failedLogins, nowMs);
    failures.set(connection.address, bucket);
    // Only failures pay: a device with the right secret behind the same address is never slowed down.
    if (takeToken(bucket, limits.failedLogins, nowMs)) {
      answer();
      return;
    }
    if (delayedAnswers >= mostDelayedAnswers) {
      connection.close('closed-by-hub');
      return;
    }
    delayedAnswers++;
    dependencies.after(limits.failedLoginDelayMs, () => {
      delayedAnswers--;
      answer();
    });
  }

  function welcome(connection: Connection, account: Account): void {
    const nowMs = ports.now();
    connection.account = account;
    const seat = roster.seat(connection, account, nowMs);
    if (account.kind !== 'service') {
      connection.from = { kind: account.kind, id: account.id };
      connection.throttle = dependencies.publications.throttleFor(seat);
    }
    dependencies.availability.connected(connection);
    const [oldest] = seat.connections;
    if (seat.connections.size > limits.connectionsPerAccount[account.kind] && oldest !== undefined) {
      ports.recordRefusal({ reason: 'too-many-connections', subject: account.id });
      oldest.close('taken-over');
    }
  }

  return { preConnect, authenticate };
}

function refusal(message: string, returnCode: number): AuthenticateError {
  return Object.assign(new Error(message), { returnCode });
}
