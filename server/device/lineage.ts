import { instant } from '../clock.ts';

/** A device that stood in this place before, from when (of one that had stood elsewhere before) until its exchange. */
export type Predecessor = { deviceId: string; sinceMs: number | null; untilMs: number };

/** What the successor of a device has before it: the device itself, and what stood there before that. */
export function lineageAfter(
  old: { id: string; enteredAtMs: number | null; lineage: readonly Predecessor[] },
  atMs: number,
): Predecessor[] {
  return [{ deviceId: old.id, sinceMs: old.enteredAtMs, untilMs: atMs }, ...old.lineage].slice(0, longest);
}

/** As the registry shows them. */
export function predecessorsOf(
  lineage: readonly Predecessor[],
): { deviceId: string; since?: string; until: string }[] {
  return lineage.map(({ deviceId, sinceMs, untilMs }) => ({
    deviceId,
    ...(sinceMs === null ? {} : { since: instant(sinceMs) }),
    until: instant(untilMs),
  }));
}

/** A time in which a device stood in the place that is asked about. */
export type Stay = { deviceId: string; fromMs: number; untilMs: number };

/** The device and those before it, each with its own time there. */
export function staysOf(device: {
  id: string;
  predecessors?: readonly { deviceId: string; since?: string | undefined; until: string }[] | undefined;
}): Stay[] {
  const before = (device.predecessors ?? []).map(({ deviceId, since, until }) => ({
    deviceId,
    fromMs: since === undefined ? 0 : Date.parse(since),
    untilMs: Date.parse(until),
  }));
  return [{ deviceId: device.id, fromMs: 0, untilMs: Number.MAX_SAFE_INTEGER }, ...before];
}

/** Exchanged every month, this is eight years. */
const longest = 100;
