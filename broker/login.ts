import type { AuthenticateError, Client, ConnectPacket, PublishPacket } from 'aedes';
import { claimCodeIn } from '@carebell/contracts/claim-code.ts';
import { isWellFormedName, judgeCertificate, judgeLogin, sanitise } from './authenticate.ts';
import type { LoginRefusal, LoginVerdict } from './authenticate.ts';
import type { AvailabilityKeeper } from './availability.ts';
import type { Limits } from './config.ts';
import type { Connection } from './connection.ts';
import { BoundedMap, fullBucket, msUntilToken, takeToken } from './limits.ts';
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
  const wrongClaims = new BoundedMap<string, Bucket>(rememberedAddresses);
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
    // A claimant is a client of its own too: it must not end the session of the device that still has a secret.
    const isClaim = claimCodeOf(packet.password) !== undefined;
    connection.clientKey =
      given === '' || connection.isIdRefused || isClaim || !isWellFormedName(name)
        ? `#${connection.number}`
        : `${name}/${given}`;
    packet.clientId = connection.clientKey;
    if (isClaim) packet.clean = true;
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
    const answer = (verdict: LoginVerdict): void => {
      if (connection.isClosed) done(refusal('connection closed', notAuthorized), null);
      else if (!verdict.ok)
        refuse(connection, verdict, () => done(refusal('not authorized', notAuthorized), null));
      else if (connection.isIdRefused) {
        ports.recordRefusal({ reason: 'client-identifier', subject: verdict.account.id });
        done(refusal('identifier rejected', identifierRejected), null);
      } else {
        welcome(connection, verdict.account);
        done(null, true);
      }
    };
    const code = claimCodeOf(secret);
    if (code !== undefined && name !== undefined && isWellFormedName(name) && ports.claims) {
      judgeClaim(connection, name, code, answer);
      return;
    }
    const verdict =
      judgeCertificate(connection.certificate, { name, secret }, (id) => ports.findAccount(id)) ??
      judgeLogin(name, secret, (id) => ports.findAccount(id));
    if (!verdict.ok && verdict.reason === 'unknown-account' && ports.isRetired?.(verdict.subject) === true)
      answer({ ...verdict, reason: 'retired-account' });
    else if (verdict.ok && verdict.isNext) takeNext(verdict, answer);
    else answer(verdict);
  }

  /** Guesses of one address beyond its rate are not looked at, the right one among them neither. */
  function judgeClaim(
    connection: Connection,
    deviceId: string,
    code: string,
    answer: (verdict: LoginVerdict) => void,
  ): void {
    const { address } = connection;
    const sample = sanitise(address);
    const nowMs = ports.now();
    const bucket = wrongClaims.get(address) ?? fullBucket(limits.wrongClaims, nowMs);
    if (msUntilToken(bucket, limits.wrongClaims, nowMs) > 0) {
      answer({ ok: false, reason: 'claim-too-often', subject: deviceId, sample });
      return;
    }
    ports.claims?.signIn({ accountId: deviceId, code, address }, (verdict) => {
      if (verdict.ok) {
        connection.ticket = verdict.ticket;
        answer({ ok: true, account: { kind: 'claimant', id: deviceId, secretHash: '' }, isNext: false });
        return;
      }
      takeToken(bucket, limits.wrongClaims, ports.now());
      wrongClaims.set(address, bucket);
      answer({ ok: false, reason: verdict.reason, subject: deviceId, sample });
    });
  }

  /** The secret that was handed out is the device's own before the device learns that it was let in. */
  function takeNext(
    verdict: Extract<LoginVerdict, { ok: true }>,
    answer: (verdict: LoginVerdict) => void,
  ): void {
    const { id, nextSecretHash = '' } = verdict.account;
    ports.claims?.taken(id, nextSecretHash, (isTaken) => {
      answer(isTaken ? verdict : { ok: false, reason: 'wrong-secret', subject: id });
    });
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
    if (account.kind === 'device' || account.kind === 'gateway') {
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

function claimCodeOf(password: Buffer | string | undefined): string | undefined {
  return password === undefined ? undefined : claimCodeIn(password.toString());
}

function refusal(message: string, returnCode: number): AuthenticateError {
  return Object.assign(new Error(message), { returnCode });
}
