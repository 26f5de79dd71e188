import { forecastBattery } from '@carebell/contracts/battery-forecast.ts';
import { lowBatteryPercent } from '@carebell/contracts/boards.ts';
import type { BatteryList } from '@carebell/contracts/supervision.ts';
import { instantOrNull } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { HistoryPort } from '../history/history-port.ts';
import type { MaintenanceReads } from './maintenance-reads.ts';

export type DueBatteryPorts = {
  clock: Pick<Clock, 'now'>;
  reads: Pick<MaintenanceReads, 'lowestBatteries'>;
  history: Pick<HistoryPort, 'series'>;
};

const dayMs = 86_400_000;
export const dueWithinDays = 14;
/** The lowest so many are foreseen: one question to the history for all of them. */
const foreseenAtMost = 200;

/** Batteries that will be flat soon, or are low; the soonest first. */
export function createDueBatteries({ clock, reads, history }: DueBatteryPorts) {
  return async (stations: readonly string[] | 'all'): Promise<BatteryList['items']> => {
    const nowMs = clock.now();
    const lowest = await reads.lowestBatteries(stations, foreseenAtMost);
    if (lowest.length === 0) return [];
    const groups = await history.series({
      measurement: 'reading',
      filter: { devices: lowest.map(({ deviceId }) => deviceId) },
      fromMs: nowMs - dueWithinDays * dayMs,
      toMs: nowMs,
      aggregate: 'mean',
      field: 'battery',
      everyMs: dayMs / 4,
      zoneMs: 0,
      groupBy: ['device'],
    });
    const courses = new Map(groups.map(({ tags: { device }, values }) => [device, values]));
    const items = lowest.flatMap((device) => {
      const values = (courses.get(device.deviceId) ?? []).map(([atMs, percent]) => ({ atMs, percent }));
      const forecast = forecastBattery(values, nowMs);
      const emptyAtMs = forecast.ok ? forecast.emptyAtMs : null;
      const isDue = emptyAtMs !== null && emptyAtMs <= nowMs + dueWithinDays * dayMs;
      if (!isDue && device.percent > lowBatteryPercent) return [];
      return [{ ...device, emptyAtMs }];
    });
    return items
      .toSorted((a, b) => (a.emptyAtMs ?? nowMs) - (b.emptyAtMs ?? nowMs) || a.percent - b.percent)
      .map(({ emptyAtMs, ...device }) => ({ ...device, emptyAt: instantOrNull(emptyAtMs) }));
  };
}
