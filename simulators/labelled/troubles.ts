import { between, pick } from '../random.ts';
import type { Random } from '../random.ts';
import { dayMs, hourMs, minuteMs } from './day-of-life.ts';
import type { LabelledDevice, Told } from './sensing.ts';

export type Gap = { fromMs: number; untilMs: number };
/** What happened to the equipment of a month, for who reads a false alarm. */
export type Trouble = { is: string; deviceId: string | null; fromMs: number; untilMs: number };

type Month = { fromMs: number; untilMs: number; devices: readonly LabelledDevice[] };

/**
 * What goes wrong with equipment in a month: power cuts, flat batteries, sensors that stick and bounce, frames that come
 * late, clocks that are wrong, and a hub that is down.
 */
export function spoil(
  random: Random,
  told: readonly Told[],
  month: Month,
): { told: Told[]; troubles: Trouble[]; hubGaps: Gap[] } {
  let result = [...told];
  const troubles: Trouble[] = [];
  const hubGaps: Gap[] = [];
  const within = (hours: number): Gap => {
    const fromMs = between(random, month.fromMs + dayMs, month.untilMs - 2 * dayMs);
    return { fromMs, untilMs: fromMs + hours * hourMs };
  };
  const some = (type: string): string => {
    const [first, ...rest] = month.devices.filter((device) => device.type === type).map(({ id }) => id);
    return first === undefined ? 'none' : pick(random, first, ...rest);
  };
  const happens = (part: number): boolean => random() < part;
  const note = (is: string, gap: Gap, deviceId: string | null = null): void =>
    void troubles.push({ is, deviceId, ...gap });

  if (happens(0.3)) {
    const gap = within(between(random, 0.3, 8));
    note('power cut', gap);
    result = cutPower(result, gap, month.devices, happens(0.5));
  }
  if (happens(0.15)) {
    const gap = within(between(random, 24, 150));
    const deviceId = happens(0.7) ? some('motion-sensor') : some('bed-sensor');
    note('flat battery', gap, deviceId);
    result = result.filter((one) => one.deviceId !== deviceId || !isIn(one.receivedMs, gap));
  }
  if (happens(0.06)) {
    const gap = within(between(random, 8, 30));
    const deviceId = some('motion-sensor');
    note('stuck sensor', gap, deviceId);
    for (let atMs = gap.fromMs; atMs < gap.untilMs; atMs += between(random, 55_000, 70_000))
      result.push({ type: 'event', deviceId, kind: 'motion.detected', atMs, receivedMs: atMs + 300 });
  }
  if (happens(0.3)) result = bounce(random, result, note);
  if (happens(0.4))
    result = result.map((one) => (one.type !== 'link' && happens(0.01) ? late(random, one) : one));
  if (happens(0.08)) {
    const gap = within(between(random, 24, 60));
    const deviceId = some('motion-sensor');
    const byMs = between(random, 0.5, 9) * hourMs;
    note('wrong clock', gap, deviceId);
    result = result.map((one) =>
      one.type === 'event' && one.deviceId === deviceId && isIn(one.receivedMs, gap)
        ? { ...one, atMs: one.atMs - byMs }
        : one,
    );
  }
  if (happens(0.1)) {
    const gap = within(between(random, 0.2, 7));
    note('hub down', gap);
    hubGaps.push(gap);
    // Devices with a memory send what they kept; cheap ones have said it to nobody.
    const isKept = happens(0.5);
    result = result.flatMap((one) => {
      if (!isIn(one.receivedMs, gap)) return [one];
      return isKept && one.type !== 'link'
        ? [{ ...one, receivedMs: gap.untilMs + between(random, 1_000, 60_000) }]
        : [];
    });
  }
  return { told: result.toSorted((a, b) => a.receivedMs - b.receivedMs), troubles, hubGaps };
}

/** The gateway is without power: what its devices say is kept by none, or comes at once when it is back. */
function cutPower(
  told: readonly Told[],
  gap: Gap,
  devices: readonly LabelledDevice[],
  isKept: boolean,
): Told[] {
  const links = (isUp: boolean, receivedMs: number): Told[] =>
    devices.map(({ id }) => ({ type: 'link' as const, deviceId: id, isUp, receivedMs }));
  return [
    ...told.flatMap((one) => {
      if (!isIn(one.receivedMs, gap)) return [one];
      return isKept ? [{ ...one, receivedMs: gap.untilMs + 2_000 + (one.receivedMs % 30_000) }] : [];
    }),
    // A keep-alive of a minute and a half passes before the broker knows.
    ...links(false, gap.fromMs + 90_000),
    ...links(true, gap.untilMs),
  ];
}

function bounce(
  random: Random,
  told: readonly Told[],
  note: (is: string, gap: Gap, deviceId: string) => void,
): Told[] {
  const result = [...told];
  for (const one of told) {
    if (one.type !== 'event' || one.kind !== 'door.opened' || random() > 0.08) continue;
    note('bouncing contact', { fromMs: one.atMs, untilMs: one.atMs + 30_000 }, one.deviceId);
    for (let count = 0; count < 12; count += 1) {
      const atMs = one.atMs + between(random, 0, 4_000);
      const kind = count % 2 === 0 ? 'door.closed' : 'door.opened';
      result.push({ ...one, kind, atMs, receivedMs: atMs + between(random, 50, 3_000) });
    }
  }
  return result;
}

function late<T extends Told>(random: Random, one: T): T {
  return { ...one, receivedMs: one.receivedMs + between(random, 1, 25) * minuteMs };
}

function isIn(atMs: number, { fromMs, untilMs }: Gap): boolean {
  return atMs >= fromMs && atMs < untilMs;
}
