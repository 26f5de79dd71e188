import type { HistoryStream } from '@carebell/contracts/history.ts';
import type { Device, Resident } from '@carebell/contracts/registry.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Directory } from '../device/directory.ts';
import { refusal } from '../http-api/problems.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import { visible } from '../resident/registry-answers.ts';
import type { Measurement, PointFilter, SeriesGroup } from './history-port.ts';

export const measurementOf: Record<HistoryStream, Measurement> = {
  events: 'event',
  readings: 'reading',
  availability: 'availability',
  'gateway-health': 'gateway_health',
  echoes: 'echo',
  malformed: 'malformed',
  'alarm-steps': 'alarm_step',
  'alarm-responses': 'alarm_response',
};

const dayMs = 86_400_000;

export type WantedFilter = {
  residentId?: string | undefined;
  deviceId?: string | undefined;
  stationId?: string | undefined;
  kind?: string | undefined;
};
export type WantedSpan = { from?: string | undefined; to?: string | undefined };

/** Whose history somebody asks for, as far as they may see it. */
export function createHistorySubject(ports: {
  registry: Pick<RegistryReads, 'resident' | 'dwelling' | 'device' | 'devices'>;
  directory: Pick<Directory, 'device' | 'gateway'>;
}) {
  const { registry, directory } = ports;

  async function resident(
    id: string,
    scope: Scope,
  ): Promise<{ resident: Resident; stationId: string | null }> {
    const found = await registry.resident(id);
    const home = found && (await registry.dwelling(found.dwellingId));
    return { resident: visible(found, scope, home?.stationId), stationId: home?.stationId ?? null };
  }

  /** With what stood in its place before, as long as that stands nowhere else now or before: a point does not say where it was. */
  async function placeOf(deviceId: string): Promise<string[]> {
    const { predecessors = [] } = (await registry.device(deviceId)) ?? {};
    const before = predecessors.filter(
      ({ deviceId: id, since }) => since === undefined && directory.device(id)?.isRetired === true,
    );
    return [deviceId, ...before.map((predecessor) => predecessor.deviceId)];
  }

  return {
    resident,

    /** The resident's own devices, and those of the dwelling that belong to nobody in particular. */
    async devicesAbout({ id, dwellingId }: Resident): Promise<{ own: Device[]; shared: Device[] }> {
      const all = { scope: 'all' as const, limit: 500, after: undefined };
      const { items: own } = await registry.devices({ ...all, residentId: id });
      const { items: there } = await registry.devices({ ...all, dwellingId });
      return { own, shared: there.filter(({ residentId }) => residentId === null) };
    },

    /** Groups of devices, together by the rooms in which the devices are now. */
    async byRoom(groups: readonly SeriesGroup[]): Promise<{ name: string; of: SeriesGroup[] }[]> {
      const rooms = new Map<string, SeriesGroup[]>();
      for (const group of groups) {
        const room = (await registry.device(group.tags.device ?? ''))?.room ?? '';
        rooms.set(room, [...(rooms.get(room) ?? []), group]);
      }
      return [...rooms].map(([name, of]) => ({ name, of }));
    },

    /** The filter, or 404 for what the reader may not see. Who names nothing asks for their part of the organisation. */
    async filterOf(wanted: WantedFilter, scope: Scope): Promise<PointFilter> {
      const { residentId, deviceId, stationId, kind } = wanted;
      if (residentId !== undefined) await resident(residentId, scope);
      if (deviceId !== undefined) {
        const entry = directory.device(deviceId) ?? directory.gateway(deviceId);
        visible(entry, scope, entry?.stationId);
      }
      if (stationId !== undefined) visible(stationId, scope, stationId);
      const isNamed = residentId !== undefined || deviceId !== undefined || stationId !== undefined;
      const stations = stationId === undefined ? undefined : [stationId];
      return {
        resident: residentId,
        devices: deviceId === undefined ? undefined : await placeOf(deviceId),
        stations: isNamed || scope === 'all' ? stations : [...scope],
        kinds: kind?.split(',').filter((word) => word !== ''),
      };
    },
  };
}

export type HistorySubject = ReturnType<typeof createHistorySubject>;

/** Without an end until now, without a beginning `days` before the end. */
export function timesOf({ from, to }: WantedSpan, nowMs: number, days = 1): { fromMs: number; toMs: number } {
  const toMs = to === undefined ? nowMs + 1 : Date.parse(to);
  const fromMs = from === undefined ? toMs - days * dayMs : Date.parse(from);
  if (!(fromMs < toMs)) {
    const message = 'must be earlier than "to"';
    throw refusal('invalid-request', 'Correct "from": it must be earlier than "to".', [
      { field: 'from', message },
    ]);
  }
  // InfluxDB counts nanoseconds from 1970 in 64 bits.
  return { fromMs: Math.max(0, fromMs), toMs: Math.min(toMs, Date.UTC(2200, 0)) };
}
