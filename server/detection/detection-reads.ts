import type { RuleChange } from '@carebell/contracts/detection.ts';
import type { Watched } from './detection-store.ts';
import type { Span } from './wall-clock.ts';
import type { DeviceAt } from './watch.ts';

export type Told = {
  seq: number;
  type: 'event' | 'reading';
  deviceId: string;
  kind: string | null;
  atMs: number;
  receivedMs: number;
  body: string | null;
};

/** A resident, with the changes of each organisation above the dwelling apart. */
export type ReplayedResident = Omit<Watched, 'changes'> & {
  name: string;
  devices: DeviceAt[];
  /** From the top down, the resident's own at the end. */
  changes: { scope: 'organisation' | 'resident'; id: string; rules: RuleChange[] }[];
};

export type DetectionReads = {
  organisationRules(id: string): Promise<{ version: number; rules: RuleChange[] }>;
  /** Those above an organisation, the nearest first. */
  inheritedRules(id: string): Promise<{ organisationId: string; rules: RuleChange[] }[]>;
  residentRules(id: string): Promise<{ version: number; rules: RuleChange[] }>;
  replayed(residentId: string, sinceMs: number): Promise<ReplayedResident | undefined>;
  /** Residents below an organisation who have devices. */
  residentsBelow(organisationId: string, atMost: number): Promise<string[]>;
  /** What devices said since then, in the order in which it reached the hub. */
  toldBy(deviceIds: readonly string[], sinceMs: number): Promise<Told[]>;
  hubGaps(): Promise<Span[]>;
};
