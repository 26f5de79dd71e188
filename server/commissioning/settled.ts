import { commissioningChecks } from '@carebell/contracts/commissioning-checks.ts';
import type { CheckSpec } from '@carebell/contracts/commissioning-checks.ts';
import type { Check, CommissionedDevice, CommissioningPoint } from '@carebell/contracts/commissioning.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import { instant, instantOrNull } from '../clock.ts';
import type { CheckRecord, PointRecord } from './commissioning-record.ts';
import { evaluate } from './evaluate.ts';
import type { Heard, Stand } from './evaluate.ts';

export type DeviceFacts = {
  id: string;
  type: DeviceType;
  name: string;
  room: string;
  gatewayId: string | null;
};
/** A person's name by the user's identifier. */
export type NameOf = (userId: string) => string;

/** What a check of this device's type needs; a type that was changed since leaves checks that nobody needs any more. */
export function specOf(type: DeviceType, key: CheckRecord['key']): CheckSpec | undefined {
  return commissioningChecks[type].find((spec) => spec.key === key);
}

/** A device with its checks: what is settled as it was entered, what waits as far as it has come. */
export function deviceOf(
  { id, type, name, room, gatewayId }: DeviceFacts,
  records: readonly CheckRecord[],
  { points, heard, nameOf }: { points: readonly PointRecord[]; heard: Heard | undefined; nameOf: NameOf },
): CommissionedDevice {
  const checks = records
    .filter((record) => record.deviceId === id)
    .toSorted((a, b) => a.position - b.position)
    .flatMap((record): Check[] => {
      const spec = specOf(type, record.key);
      if (!spec) return [];
      const point = points.find((one) => one.id === record.pointId);
      return [checkOf(record, point, { nameOf, stand: heard && evaluate(spec, record, heard) })];
    });
  return { deviceId: id, type, name, room, gatewayId, checks };
}

function checkOf(
  record: CheckRecord,
  point: PointRecord | undefined,
  { nameOf, stand }: { nameOf: NameOf; stand: Stand | undefined },
): Check {
  const { key, sinceMs, passedAtMs, evidence } = record;
  const base = { key, since: instant(sinceMs), passedAt: instantOrNull(passedAtMs) };
  if (passedAtMs !== null)
    return { ...base, state: 'passed', progress: { have: 1, of: 1 }, next: null, evidence, skipped: null };
  const progress = { have: stand?.have ?? 0, of: stand?.of ?? 1 };
  if (!point)
    return {
      ...base,
      state: 'waiting',
      progress,
      next: stand?.next ?? null,
      evidence: stand?.evidence ?? {},
      skipped: null,
    };
  const { reason, createdBy, createdAtMs } = point;
  return {
    ...base,
    state: 'skipped',
    progress,
    next: null,
    evidence: stand?.evidence ?? {},
    skipped: {
      reason,
      by: { id: createdBy, displayName: nameOf(createdBy) },
      at: instant(createdAtMs),
      pointId: point.id,
    },
  };
}

export type PointPlace = Pick<CommissioningPoint, 'address' | 'stationName' | 'deviceName' | 'deviceType'>;

export function pointOf(point: PointRecord, place: PointPlace, nameOf: NameOf): CommissioningPoint {
  const { createdAtMs, dueAtMs, doneAtMs, doneBy, createdBy: _, ...rest } = point;
  return {
    ...rest,
    ...place,
    dueAt: instant(dueAtMs),
    createdAt: instant(createdAtMs),
    doneAt: instantOrNull(doneAtMs),
    doneBy: doneBy === null ? null : { id: doneBy, displayName: nameOf(doneBy) },
  };
}
