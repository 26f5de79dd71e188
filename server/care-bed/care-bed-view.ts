import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { CareBed, Respite } from '@carebell/contracts/care-beds.ts';
import { instant, instantOrNull } from '../clock.ts';
import type { NightState } from '../detection/night-state.ts';
import { maskName, maskPhone } from '../identity/masking.ts';
import type { CareBedRow } from './care-bed-reads.ts';
import type { RespiteRecord } from './care-bed-store.ts';
import { lacksOf, respitePhase } from './readiness.ts';

type Surroundings = {
  night: NightState | undefined;
  alarms: readonly AlarmView[];
  isMasked: boolean;
  nowMs: number;
};

/** A bed as it is read, by who may read names. */
export function careBedView(row: CareBedRow, { night, alarms, isMasked, nowMs }: Surroundings): CareBed {
  const isOpen = row.endedAtMs === null;
  const running = row.respites.find((one) => respitePhase(one, nowMs) === 'running');
  return {
    id: row.id,
    residentId: row.residentId,
    residentName: isMasked ? maskName(row.residentName) : row.residentName,
    dwellingId: row.dwellingId,
    address: row.address,
    stationId: row.stationId,
    stationName: row.stationName,
    openedAt: instant(row.openedAtMs),
    openedBy: { id: row.openedBy, displayName: row.openedByName },
    endedAt: instantOrNull(row.endedAtMs),
    endReason: isMasked && row.endReason !== null ? '***' : row.endReason,
    lacks: isOpen ? lacksOf(row, nowMs) : [],
    night:
      night && isOpen ? { place: night.place, since: night.since, outOfBedSince: night.outOfBedSince } : null,
    absence: (isOpen && night?.absence) || null,
    respite: isOpen && running ? respiteView(running, { isMasked, nowMs }) : null,
    alarms: alarms
      .filter(({ residentId }) => residentId === row.residentId)
      .map(({ id, kind, priority, phase }) => ({ id, kind, priority, isAnswered: phase !== 'raised' })),
    version: row.version,
  };
}

export function respiteView(
  respite: RespiteRecord,
  { isMasked, nowMs }: Pick<Surroundings, 'isMasked' | 'nowMs'>,
): Respite {
  const phase = respitePhase(respite, nowMs);
  if (!isMasked) return { ...respite, phase };
  const { standIn } = respite;
  return {
    ...respite,
    phase,
    carer: maskName(respite.carer),
    standIn: standIn && { name: maskName(standIn.name), phone: maskPhone(standIn.phone) },
    note: respite.note === '' ? '' : '***',
  };
}

/** Those first who have an open alarm, then those that are short of something. */
export function bedsByNeed(a: CareBed, b: CareBed): number {
  return (
    Number(b.alarms.length > 0) - Number(a.alarms.length > 0) ||
    Number(b.lacks.length > 0) - Number(a.lacks.length > 0)
  );
}
