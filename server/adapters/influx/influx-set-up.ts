import type { Measurement } from '../../history/history-port.ts';
import { nanosecondsOf } from '../../history/line-protocol.ts';
import type { InfluxLink } from './influx-link.ts';
import { name } from './influx-questions.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const downsampled: readonly Measurement[] = [
  'event',
  'reading',
  'gateway_health',
  'availability',
  'alarm_step',
  'alarm_response',
];

/** How one grain is computed from the points. */
type Grain = { policy: string; everyMs: number; offsetMs: number; resample: string };

export function grainsOf(zoneMs: number): Grain[] {
  return [
    { policy: 'carebell_hourly', everyMs: hourMs, offsetMs: 0, resample: 'RESAMPLE EVERY 10m FOR 4h' },
    {
      policy: 'carebell_daily',
      everyMs: dayMs,
      offsetMs: -zoneMs % dayMs,
      resample: 'RESAMPLE EVERY 1h FOR 2d',
    },
  ];
}

export function downsample(database: string, { policy, everyMs, offsetMs }: Grain, when = ''): string {
  const into = `${name(database)}.${name(policy)}.:MEASUREMENT`;
  const from = `${name(database)}."carebell"./^(${downsampled.join('|')})$/`;
  return `SELECT count(*), sum(*), min(*), max(*) INTO ${into} FROM ${from}${when} GROUP BY time(${everyMs}ms, ${offsetMs}ms), *`;
}

export function between(fromMs: number, toMs: number): string {
  return ` WHERE time >= ${nanosecondsOf({ atMs: fromMs, sub: 0 })} AND time < ${nanosecondsOf({ atMs: toMs, sub: 0 })}`;
}

/**
 * Database, retention policies and continuous queries, each where it is missing and the account may. InfluxDB 2 and 3 know
 * none of these statements: what is refused is left as it is. Rejects only if nothing answers at all.
 */
export async function setUp(
  link: InfluxLink,
  { days, zoneMs }: { days: number; zoneMs: number },
): Promise<string[]> {
  const { database } = link;
  const refused: string[] = [];
  const on = `ON ${name(database)}`;
  const policy = (policyName: string, duration: string, isDefault = ''): string[] => [
    `CREATE RETENTION POLICY ${name(policyName)} ${on} DURATION ${duration} REPLICATION 1 ${isDefault}`,
    `ALTER RETENTION POLICY ${name(policyName)} ${on} DURATION ${duration} ${isDefault}`,
  ];
  const statements = [
    `CREATE DATABASE ${name(database)}`,
    ...policy('carebell', `${days}d`, 'DEFAULT'),
    ...policy('carebell_hourly', `${Math.max(days, 5 * 366)}d`),
    ...policy('carebell_daily', 'INF'),
    ...grainsOf(zoneMs).flatMap((grain) => [
      `DROP CONTINUOUS QUERY ${name(grain.policy)} ${on}`,
      `CREATE CONTINUOUS QUERY ${name(grain.policy)} ${on} ${grain.resample} BEGIN ${downsample(database, grain)} END`,
    ]),
  ];
  for (const statement of statements) {
    try {
      await link.query(statement);
    } catch (error) {
      if (!(await link.ping())) throw error;
      refused.push(`${statement}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return refused;
}
