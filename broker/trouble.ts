import type { RefusalReason } from '@carebell/contracts/refusals.ts';
import type { Client } from 'aedes';
import { sanitise } from './authenticate.ts';
import { fullBucket, takeToken } from './limits.ts';
import type { Rate } from './limits.ts';
import type { BrokerPorts } from './ports.ts';
import type { Roster } from './roster.ts';

const logRate: Rate = { perSecond: 1, burst: 10 };

/** Errors that Aedes leaves behind without saying whose fault they are, by their whole message. */
const reasons: Record<string, RefusalReason> = {
  'drain timeout': 'slow-subscriber',
  'connect did not arrive in time': 'connect-timeout',
};
/** Ends of a connection that refuse nothing, or that were recorded where they were decided. */
const silent = new Set([
  'keep alive timeout',
  'connection closed',
  'not authorized',
  'not stored',
  'identifier rejected',
  'unacceptable protocol version',
  'the hub is stopping',
]);

/** Turns the errors of connections into one record each and a log that a storm cannot flood. */
export function createTrouble({ ports, roster }: { ports: BrokerPorts; roster: Roster }) {
  const bucket = fullBucket(logRate, ports.now());
  let unlogged = 0;

  function ofClient(client: Client, error: Error & { code?: string }): void {
    const connection = roster.of(client);
    // Aedes reports every pending write of a stalled client once more.
    if (connection === undefined || connection.hasReportedError) return;
    connection.hasReportedError = true;
    const what = sanitise(error.code ?? error.message);
    const subject = connection.account?.id ?? '(nobody)';
    // Errors with a code come from the network, and what the hub closed by itself is recorded already.
    if (error.code === undefined && connection.closeCause === undefined && !silent.has(error.message)) {
      ports.recordRefusal({ reason: reasons[error.message] ?? 'protocol-error', subject, sample: what });
    }
    log({ subject, what }, 'mqtt.connection-error');
  }

  function ofBroker(error: Error): void {
    log({ what: sanitise(error.message) }, 'mqtt.broker-error');
  }

  function log(fields: object, event: string): void {
    if (takeToken(bucket, logRate, ports.now())) {
      ports.log.warn({ ...fields, unlogged }, event);
      unlogged = 0;
    } else {
      unlogged++;
    }
  }

  return { ofClient, ofBroker };
}
