import type { Predecessor } from './lineage.ts';

/** What is kept of a device beyond what is entered of it. */
export type DeviceLife = {
  retiredAtMs: number | null;
  replacedBy: string | null;
  enteredAtMs: number | null;
  lineage: Predecessor[];
};

export type ExchangeStore = {
  life(deviceId: string): Promise<DeviceLife | undefined>;
  /** It is no longer registered and has no secret; where it stood stays known. */
  retire(deviceId: string, replacedBy: string | null, atMs: number): Promise<void>;
  /** It stands where these stood before it. */
  succeed(deviceId: string, lineage: readonly Predecessor[]): Promise<void>;
  /** It is entered anew: what stood where it was before is none of its history. */
  enterAgain(deviceId: string, atMs: number): Promise<void>;
  residentsIn(dwellingId: string): Promise<string[]>;
  /** Ends what waits to be sent to it. */
  endCommands(deviceId: string, reason: string, atMs: number): Promise<void>;
};
