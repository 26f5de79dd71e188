import type { Quiet, Supervised } from '@carebell/contracts/supervision.ts';
import type { SupervisedKey } from './silence-store.ts';

export type SupervisionReads = {
  supervised(key: SupervisedKey): Promise<(Supervised & { stationId: string | null }) | undefined>;
  /** All that is silent, unknown or was never heard, at these stations; the longest first. */
  quiet(stationIds: readonly string[] | 'all', atMost: number): Promise<Quiet[]>;
  counts(stationIds: readonly string[] | 'all'): Promise<{ supervised: number }>;
  dueSupervised(nowMs: number, atMost: number): Promise<SupervisedKey[]>;
  known(): Promise<(SupervisedKey & { isSilent: boolean; isBegun: boolean })[]>;
};
