import type { Rule } from '@carebell/contracts/detection.ts';
import type { NightPlace, NightResident } from '@carebell/contracts/night.ts';
import { nightPlaces } from '@carebell/contracts/night.ts';
import { instant, instantOrNull } from '../clock.ts';
import { factsOf } from './facts.ts';
import type { Facts, Surroundings } from './facts.ts';
import { blindSince, isGone, isSeeing } from './sight.ts';
import { partAt } from './wall-clock.ts';
import { isOuterDoor } from './watch.ts';
import type { Watch } from './watch.ts';

/** Who moved this recently is up, where no bed says more. */
const upForMs = 15 * 60_000;
const nightKinds: ReadonlySet<Rule['kind']> = new Set(['out-of-bed', 'door-at-night', 'too-much-activity']);

/** Whether the night watch looks at a resident: by a rule of the night, or for their risk groups. */
export function isWatchedAtNight(
  riskGroups: readonly string[],
  rules: readonly Rule[],
  sensors: number,
): boolean {
  if (riskGroups.includes('dementia') || riskGroups.includes('disabled')) return true;
  return sensors > 0 && rules.some(({ kind }) => nightKinds.has(kind));
}

export type NightState = Omit<NightResident, 'residentId' | 'name' | 'address' | 'alarms'>;

/** Where a resident is now, as far as what is known of them says it. */
export function nightState(watch: Watch | null, surroundings: Surroundings, nowMs: number): NightState {
  const facts = watch && factsOf({ ...watch, nowMs }, nowMs, surroundings);
  const seeing = Object.values(watch?.sensors ?? {}).filter(isSeeing);
  const absence = surroundings.absences.find(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs);
  const door = facts && openDoorMs(facts);
  const bed = watch?.bed;
  return {
    ...placeOf(facts, absence?.kind === 'carer-present' ? null : (absence?.fromMs ?? null)),
    outOfBedSince: bed && !bed.isIn ? instant(bed.atMs) : null,
    limitMinutes: limitOf(surroundings, nowMs),
    lastSign: facts?.last
      ? { at: instant(facts.last.atMs), room: facts.last.room, kind: facts.last.kind }
      : null,
    doorOpenSince: instantOrNull(door ?? null),
    doorOpenedAt: instantOrNull(watch?.opened?.atMs ?? null),
    sensors: { all: seeing.length, gone: seeing.filter((sensor) => isGone(sensor, nowMs)).length },
    absence: absence ? { kind: absence.kind, until: instant(absence.untilMs) } : null,
  };
}

function placeOf(facts: Facts | null, awayMs: number | null): { place: NightPlace; since: string | null } {
  const at = (place: NightPlace, sinceMs: number | null) => ({ place, since: instantOrNull(sinceMs) });
  if (awayMs !== null) return at('away', awayMs);
  if (!facts || !Object.values(facts.watch.sensors).some(isSeeing)) return at('unequipped', null);
  const { watch, nowMs, last, out } = facts;
  const blindMs = blindSince(watch, nowMs);
  if (blindMs !== null) return at('blind', blindMs);
  if (out) return at('out-of-home', out.atMs);
  if (watch.bathroomMs !== null && watch.bathroomMs > (watch.bed?.isIn === true ? watch.bed.atMs : 0))
    return at('bathroom', watch.bathroomMs);
  if (watch.bed) return at(watch.bed.isIn ? 'in-bed' : 'out-of-bed', watch.bed.atMs);
  if (last === null) return at('still', null);
  return at(nowMs - last.atMs < upForMs ? 'up' : 'still', last.atMs);
}

function openDoorMs({ watch, nowMs }: Facts): number | null {
  const open = Object.values(watch.sensors).flatMap((sensor) =>
    isOuterDoor(sensor) && sensor.canClose && sensor.openMs !== null && !isGone(sensor, nowMs)
      ? [sensor.openMs]
      : [],
  );
  return open.length === 0 ? null : Math.min(...open);
}

function limitOf({ rules, zone }: Surroundings, nowMs: number): number | null {
  const rule = rules.find((one) => one.kind === 'out-of-bed' && partAt(nowMs, one, zone) !== null);
  return rule?.kind === 'out-of-bed' ? rule.afterMinutes : null;
}

/** Those first who have an open alarm, then as `nightPlaces` stand, within each the longest first. */
export function byNeed(a: NightResident, b: NightResident): number {
  const since = ({ outOfBedSince, since: placed }: NightResident): string => outOfBedSince ?? placed ?? '~';
  return (
    Number(b.alarms.length > 0) - Number(a.alarms.length > 0) ||
    rank(a) - rank(b) ||
    since(a).localeCompare(since(b)) ||
    a.residentId.localeCompare(b.residentId)
  );
}

/** Out of bed is out of bed, in whatever room. */
function rank({ place }: NightResident): number {
  return place === 'bathroom' || place === 'out-of-bed' ? 1 : nightPlaces.indexOf(place) * 2;
}
