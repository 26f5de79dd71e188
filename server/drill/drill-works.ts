import type { newDrillSchema } from '@carebell/contracts/drill.ts';
import type { z } from 'zod';
import { raiseDrill } from '../alarm/alarm-service.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { refused } from '../resident/registry-outcome.ts';
import type { RegistryOutcome } from '../resident/registry-outcome.ts';
import type { DrillRecord } from './drill-store.ts';

type Call = { actorId: string; scope: Scope };

/** Plans a drill, and begins it in the same transaction if its time has come. */
export async function planDrill(
  tx: Transaction,
  call: Call & {
    drill: Omit<z.infer<typeof newDrillSchema>, 'startsAt'> & { startsAtMs: number | null };
    draw: number;
  },
): Promise<RegistryOutcome> {
  const { actorId, scope, draw } = call;
  const { startsAtMs, ...wanted } = call.drill;
  const station = await tx.registry.organisation(wanted.stationId);
  if (station?.level !== 'station' || !covers(scope, station.id))
    return refused('reference-unknown', 'stationId');
  if (wanted.residentId !== null) {
    const resident = await tx.registry.resident(wanted.residentId);
    const home = resident && (await tx.registry.dwelling(resident.dwellingId));
    if (home?.stationId !== station.id) return refused('reference-unknown', 'residentId');
  }
  const drill: DrillRecord = {
    ...wanted,
    id: tx.newId(),
    startsAtMs: Math.max(startsAtMs ?? tx.nowMs, tx.nowMs),
    draw,
    plannedBy: actorId,
    phase: 'planned',
    alarmId: null,
  };
  await tx.drills.insert(drill);
  await appendRegistryEntry(tx, { kind: 'drill-planned', id: drill.id, actorId, stationId: station.id });
  if (drill.startsAtMs <= tx.nowMs) await begin(tx, drill);
  return { ok: true, id: drill.id };
}

/** Takes back a drill that has not begun. */
export async function cancelDrill(tx: Transaction, call: Call & { id: string }): Promise<RegistryOutcome> {
  const { actorId, scope, id } = call;
  const drill = await tx.drills.load(id);
  if (!drill || !covers(scope, drill.stationId)) return refused('not-found', 'id');
  if (drill.phase !== 'planned') return refused('changed-meanwhile', 'phase');
  await tx.drills.update({ ...drill, phase: 'cancelled' });
  await appendRegistryEntry(tx, { kind: 'drill-cancelled', id, actorId, stationId: drill.stationId });
  return { ok: true, id };
}

/** Begins the drills whose time has come; returns how many. */
export async function beginDrills(tx: Transaction, _: null): Promise<number> {
  const due = await tx.drills.due(tx.nowMs);
  for (const drill of due) await begin(tx, drill);
  return due.length;
}

async function begin(tx: Transaction, drill: DrillRecord): Promise<void> {
  const { id, stationId, kind, notifies } = drill;
  const residentId = drill.residentId ?? (await tx.drills.residentAt(stationId, drill.draw)) ?? null;
  // Who moved away or was erased since the drill was planned is practised without.
  const resident = residentId === null ? undefined : await tx.registry.resident(residentId);
  const devices = resident ? await tx.registry.devicesOf({ residentId: resident.id }) : [];
  const alarmId = await raiseDrill(
    tx,
    kind,
    {
      deviceId: devices.find(({ type }) => type === 'button')?.id ?? devices[0]?.id ?? 'drill',
      residentId: resident?.id ?? null,
      dwellingId: resident?.dwellingId ?? null,
      stationId,
    },
    { id, notifies },
  );
  await tx.drills.update({ ...drill, phase: 'started', alarmId });
  await appendRegistryEntry(tx, { kind: 'drill-begun', id, actorId: drill.plannedBy, stationId });
}

export const drillWorks = { planDrill, cancelDrill, beginDrills };
