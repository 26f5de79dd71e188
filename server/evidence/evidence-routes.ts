import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import {
  deviceEvidenceSchema,
  movementDays,
  movementEvidenceSchema,
  movementKinds,
  pastAtMost,
  pastDays,
  pastEvidenceSchema,
  repeatsEvidenceSchema,
} from '@carebell/contracts/evidence.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { FollowerStatus } from '../history/follower.ts';
import type { HistoryPort, Point } from '../history/history-port.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { refusal } from '../http-api/problems.ts';
import type { AuthenticatedUser } from '../identity/sessions.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import { hearingsOf, lastTestOf, measuredIn, movementOf, pastOf } from './evidence.ts';
import type { EvidenceReads, PastAlarm } from './evidence-reads.ts';

export type EvidenceRoutePorts = {
  authorization: Authorization;
  /** The alarm, if this user may see it. */
  visible(user: AuthenticatedUser, alarmId: string): Promise<AlarmView | undefined>;
  reads: { evidence: EvidenceReads; registry: Pick<RegistryReads, 'device' | 'devices'> };
  history: Pick<HistoryPort, 'read'>;
  status(): Pick<FollowerStatus, 'lagSeconds' | 'failing'>;
  clock: Pick<Clock, 'now'>;
};

const dayMs = 86_400_000;
/** Readings that are looked through for one that says something of battery or signal. */
const readingsLookedAt = 50;
/** A history that is further behind than this does not know yet what happens now; it follows every second. */
const behindAfterSeconds = 10;
const tags = ['alarms'];
const alarmParams = z.object({ id: z.string().min(1).max(200) });

/** What stands beside an alarm. It is read when somebody looks, long after the alarm was raised, and decides nothing. */
export function evidenceRoutes(ports: EvidenceRoutePorts): RouteGroup {
  const { authorization, history, clock, reads } = ports;
  const preParsing = authorization.requires('history.read');

  async function alarmOf(request: FastifyRequest & { params: { id: string } }): Promise<AlarmView> {
    const alarm = await ports.visible(authorization.userOf(request), request.params.id);
    if (alarm) return alarm;
    throw refusal('not-found', 'Correct the identifier; what you may not see is not found either.');
  }

  async function newest(query: {
    measurement: 'event' | 'reading';
    devices: readonly string[];
    kinds?: readonly string[];
    fromMs: number;
    toMs: number;
    limit: number;
  }): Promise<Point[]> {
    const { measurement, devices, kinds, fromMs, toMs, limit } = query;
    if (devices.length === 0 || fromMs >= toMs) return [];
    const times = { fromMs: Math.max(0, fromMs), toMs, order: 'newest' as const };
    return history.read({ measurement, filter: { devices, kinds }, ...times, limit });
  }

  function past({ id, deviceId }: AlarmView, limit: number): Promise<PastAlarm[]> {
    const beforeMs = clock.now() + 1;
    const sinceMs = beforeMs - pastDays * dayMs;
    return reads.evidence.pastAlarms({ deviceId, exceptAlarmId: id, sinceMs, beforeMs, limit });
  }

  async function devicesIn({ dwellingId, residentId }: AlarmView): Promise<Device[]> {
    const all = { scope: 'all' as const, limit: 500, after: undefined };
    const there = dwellingId === null ? [] : (await reads.registry.devices({ ...all, dwellingId })).items;
    const own = residentId === null ? [] : (await reads.registry.devices({ ...all, residentId })).items;
    return [...new Map([...there, ...own].map((device) => [device.id, device])).values()];
  }

  return (app) => {
    app.get(
      '/alarms/:id/evidence/device',
      {
        preParsing,
        schema: {
          tags,
          summary: 'How the device is, how it was at the press, and when it was tested last',
          params: alarmParams,
          response: { 200: deviceEvidenceSchema, ...problemResponses },
        },
      },
      async (request) => {
        const alarm = await alarmOf(request);
        const devices = [alarm.deviceId];
        const [nowMs, pressedMs] = [clock.now(), Date.parse(alarm.pressedAt)];
        const readings = { measurement: 'reading' as const, devices, limit: readingsLookedAt };
        const fromMs = nowMs - pastDays * dayMs;
        const [device, now, then, [test], before] = await Promise.all([
          reads.registry.device(alarm.deviceId),
          newest({ ...readings, fromMs, toMs: nowMs + 1 }),
          newest({ ...readings, fromMs, toMs: pressedMs + 1 }),
          newest({
            measurement: 'event',
            devices,
            kinds: ['test.pressed'],
            fromMs,
            toMs: nowMs + 1,
            limit: 1,
          }),
          past(alarm, pastAtMost),
        ]);
        const field = (name: 'battery' | 'rssi') => ({
          now: measuredIn(now, name) ?? unknownSince(device?.[name]),
          atPress: measuredIn(then, name),
        });
        return {
          battery: field('battery'),
          signal: field('rssi'),
          availability: device?.availability ?? null,
          lastSeenAt: device?.lastSeenAt ?? null,
          lastTestAt: lastTestOf(test, ofHardware(before, alarm.deviceId)),
        };
      },
    );
    app.get(
      '/alarms/:id/evidence/repeats',
      {
        preParsing,
        schema: {
          tags,
          summary: 'How often the press was heard, and by which gateways',
          params: alarmParams,
          response: { 200: repeatsEvidenceSchema, ...problemResponses },
        },
      },
      async (request) => {
        const alarm = await alarmOf(request);
        const { deviceId, presses } = alarm;
        const pressedMs = Date.parse(alarm.pressedAt);
        const [hearings, repetitions] = await Promise.all([
          reads.evidence.heardAround(deviceId, pressedMs),
          reads.evidence.repetitions(deviceId, Date.parse(alarm.raisedAt)),
        ]);
        return { presses, heardBy: hearingsOf(hearings), ...repetitions };
      },
    );
    app.get(
      '/alarms/:id/evidence/movement',
      {
        preParsing,
        schema: {
          tags,
          summary: 'The last movement in the dwelling before the press, and the latest since',
          params: alarmParams,
          response: { 200: movementEvidenceSchema, ...problemResponses },
        },
      },
      async (request) => {
        const alarm = await alarmOf(request);
        const all = await devicesIn(alarm);
        const query = { measurement: 'event' as const, devices: all.map(({ id }) => id), limit: 1 };
        const [nowMs, pressedMs] = [clock.now(), Date.parse(alarm.pressedAt)];
        const fromMs = pressedMs - movementDays * dayMs;
        const [[before], [since]] = await Promise.all([
          newest({ ...query, kinds: movementKinds, fromMs, toMs: pressedMs + 1 }),
          newest({ ...query, kinds: movementKinds, fromMs: pressedMs + 1, toMs: nowMs + 1 }),
        ]);
        const { lagSeconds, failing } = ports.status();
        const isBehind = failing !== null || lagSeconds > behindAfterSeconds;
        return {
          sensors: all.filter(({ type, isRegistered }) => isRegistered && sensorTypes.has(type)).length,
          before: movementOf(before, all),
          since: movementOf(since, all),
          knownUntil: isBehind ? instant(nowMs - lagSeconds * 1_000) : null,
        };
      },
    );
    app.get(
      '/alarms/:id/evidence/past',
      {
        preParsing,
        schema: {
          tags,
          summary: 'What became of the alarms that this device raised before',
          params: alarmParams,
          response: { 200: pastEvidenceSchema, ...problemResponses },
        },
      },
      async (request) => pastOf(await past(await alarmOf(request), pastAtMost + 1), pastAtMost),
    );
  };
}

const sensorTypes: ReadonlySet<Device['type']> = new Set(['door-sensor', 'motion-sensor', 'bed-sensor']);

/** That hardware which stood there before was tested says nothing of what stands there now. */
function ofHardware(past: readonly PastAlarm[], deviceId: string): PastAlarm[] {
  return past.filter((alarm) => alarm.deviceId === deviceId);
}

/** What the registry knows of a device whose readings are not in the history, or not yet. */
function unknownSince(value: number | null | undefined): { value: number; at: null } | null {
  return value === null || value === undefined ? null : { value, at: null };
}
