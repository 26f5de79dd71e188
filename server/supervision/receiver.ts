import type { GatewayHealth } from '@carebell/contracts/messages.ts';

/** What makes a receiver deaf: its own word, noise in place of frames, or all of its devices silent at once. */
export type Receiver = {
  /** Ports that the gateway itself calls deaf. */
  deafPorts: string[];
  /** As in the latest report, to be compared with the next. */
  counters: { uptimeSeconds: number; frames: number; rejected: number } | null;
  /** Reports in a row in which noise came in place of frames. */
  noisyReports: number;
  areDevicesSilent: boolean;
};

/** A report comes each minute: noise for three minutes is no passing lorry. */
const noisyFromReports = 3;
const leastNoise = 60;
const noisePerFrame = 10;
/** Of fewer devices it cannot be told from each falling silent by itself. */
const leastDevices = 3;

export const soundReceiver: Receiver = {
  deafPorts: [],
  counters: null,
  noisyReports: 0,
  areDevicesSilent: false,
};

export function isDeaf({ deafPorts, noisyReports, areDevicesSilent }: Receiver): boolean {
  return deafPorts.length > 0 || noisyReports >= noisyFromReports || areDevicesSilent;
}

export function afterHealth(receiver: Receiver, health: GatewayHealth): Receiver {
  const entries = Object.entries(health);
  const sum = (pattern: RegExp) =>
    entries.reduce((total, [name, value]) => total + (pattern.test(name) ? Number(value) || 0 : 0), 0);
  const deafPorts = entries
    .filter(([name, value]) => /^port\..+\.deaf$/.test(name) && value === true)
    .map(([name]) => name.slice('port.'.length, -'.deaf'.length));
  const counters = {
    uptimeSeconds: sum(/^uptimeSeconds$/),
    frames: sum(/^port\..+\.frames$/),
    rejected: sum(/^port\..+\.rejected\./),
  };
  const before = receiver.counters;
  // A gateway that has begun anew counts from nothing.
  const isComparable = before !== null && counters.uptimeSeconds >= before.uptimeSeconds;
  const frames = isComparable ? counters.frames - before.frames : 0;
  const noise = isComparable ? counters.rejected - before.rejected : 0;
  const isNoisy = noise >= leastNoise && noise > noisePerFrame * frames;
  return { ...receiver, deafPorts, counters, noisyReports: isNoisy ? receiver.noisyReports + 1 : 0 };
}

/**
 * All devices of one receiver silent together: none of them was heard for as long as it takes that, each speaking once in its
 * period, several of them should have.
 */
export function areAllSilent(
  behind: { count: number; lastSeenAtMs: number | null },
  periodMs: number,
  nowMs: number,
): boolean {
  if (behind.count < leastDevices || behind.lastSeenAtMs === null) return false;
  return nowMs - behind.lastSeenAtMs >= (periodMs * leastDevices) / behind.count;
}
