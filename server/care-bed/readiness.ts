import type { CareBedLack, Carer } from '@carebell/contracts/care-beds.ts';
import type { RespiteRecord } from './care-bed-store.ts';

export type BedDevice = { of: 'bed-sensor' | 'button'; isHeard: boolean };

const dayMinutes = 1_440;
/** No minute of it may be without a carer. */
const night = { begins: '22:00', ends: '06:00' };

/** What a bed is short of at this moment; who is away without a stand-in does not count as a carer. */
export function lacksOf(
  bed: { carers: readonly Carer[]; respites: readonly RespiteRecord[]; devices: readonly BedDevice[] },
  nowMs: number,
): CareBedLack[] {
  const lacks: CareBedLack[] = [];
  const sensors = bed.devices.filter(({ of }) => of === 'bed-sensor');
  const buttons = bed.devices.filter(({ of }) => of === 'button');
  if (sensors.length === 0) lacks.push('no-bed-sensor');
  else if (!sensors.some(({ isHeard }) => isHeard)) lacks.push('bed-sensor-silent');
  if (buttons.length === 0) lacks.push('no-button');
  else if (!buttons.some(({ isHeard }) => isHeard)) lacks.push('button-silent');
  const alone = bed.respites.filter((one) => respitePhase(one, nowMs) === 'running' && one.standIn === null);
  const present = bed.carers.filter(({ name }) => !alone.some(({ carer }) => carer === name));
  if (bed.carers.length === 0) lacks.push('no-carer');
  else if (!isNightCovered(present)) lacks.push('no-night-carer');
  if (alone.length > 0) lacks.push('no-stand-in');
  return lacks;
}

export function respitePhase(
  { from, until }: Pick<RespiteRecord, 'from' | 'until'>,
  nowMs: number,
): 'planned' | 'running' | 'over' {
  if (nowMs < Date.parse(from)) return 'planned';
  return nowMs < Date.parse(until) ? 'running' : 'over';
}

/** Whether at every minute of the night one of them is there. */
export function isNightCovered(carers: readonly Pick<Carer, 'begins' | 'ends'>[]): boolean {
  const isThere = (minute: number): boolean => carers.some((carer) => isWithin(minute, carer));
  for (let minute = 0; minute < dayMinutes; minute += 1) {
    if (isWithin(minute, night) && !isThere(minute)) return false;
  }
  return true;
}

function isWithin(minute: number, { begins, ends }: Pick<Carer, 'begins' | 'ends'>): boolean {
  const from = minuteOf(begins);
  const to = minuteOf(ends);
  if (from === to) return true;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
