import type { Resident } from '@carebell/contracts/registry.ts';
import type { Finding } from './engine.ts';
import type { AbsentTime } from './facts.ts';
import { rulesFor } from './packs.ts';
import { replay } from './replay.ts';
import type { Span } from './wall-clock.ts';
import type { DeviceAt, WatchInput } from './watch.ts';

/** A time in the life of one resident as it reached the hub, without the hub. */
export type RecordedLife = {
  riskGroups: readonly Resident['riskGroups'][number][];
  devices: readonly DeviceAt[];
  fromMs: number;
  untilMs: number;
  told: readonly Told[];
  absences: readonly AbsentTime[];
  hubGaps: readonly Span[];
};
type Told =
  | { type: 'event'; deviceId: string; kind: string; atMs: number; receivedMs: number }
  | { type: 'reading'; deviceId: string; values: Record<string, number>; atMs: number; receivedMs: number }
  | { type: 'link'; deviceId: string; isUp: boolean; receivedMs: number };

/** The clock on the wall in Shanghai, which has not changed since 1991. */
const shanghaiMs = 8 * 3_600_000;

/** What the rules of the packs find in a recorded life; for the evaluation of rules outside of a hub. */
export function replayDetection(life: RecordedLife): Finding[] {
  const { riskGroups, absences, hubGaps, devices } = life;
  const surroundings = {
    rules: rulesFor([...riskGroups], []),
    zone: () => shanghaiMs,
    absences,
    hubGaps,
    buttonId: devices.find(({ type }) => type === 'button')?.id ?? null,
  };
  const byId = new Map(devices.map((device) => [device.id, device]));
  const inputs = life.told.flatMap((one): WatchInput[] => {
    if (one.type === 'link') return [one];
    const { deviceId, ...rest } = one;
    const device = byId.get(deviceId);
    return device ? [{ ...rest, device }] : [];
  });
  return replay(inputs, surroundings, life.untilMs);
}
