import type { RuleChange } from '@carebell/contracts/detection.ts';
import type { Resident } from '@carebell/contracts/registry.ts';
import type { AbsentTime } from './facts.ts';
import type { Span } from './wall-clock.ts';
import type { DeviceAt, Watch } from './watch.ts';

/** An entry of the journal that may say something about a resident. */
export type Line = {
  seq: number;
  type: 'event' | 'reading' | 'availability' | 'registry';
  atMs: number;
  receivedMs: number;
  deviceId: string;
  kind: string | null;
  body: unknown;
};

/** A resident as rules look at them. */
export type Watched = {
  residentId: string;
  dwellingId: string;
  stationId: string;
  riskGroups: Resident['riskGroups'];
  buttonId: string | null;
  absences: AbsentTime[];
  /** What organisations from the top down, and the resident, have instead of the packs. */
  changes: RuleChange[][];
};

/** A device, and the residents of whom it can say something. */
export type Eye = DeviceAt & { residentIds: string[] };

/** How long the hub was seen running last, and when it was not. */
export type HubLife = { aliveMs: number; gaps: Span[] };

export type RuleChanges = { rules: RuleChange[]; version: number };

export type DetectionStore = {
  /** Where the following of the journal stands; `undefined` before it has begun. */
  cursor(): Promise<number | undefined>;
  keepCursor(seq: number): Promise<void>;
  lastSeq(): Promise<number>;
  /** The entries after a place that detection takes up, and the place up to which that was. */
  linesAfter(seq: number, atMost: number): Promise<{ lines: Line[]; untilSeq: number; count: number }>;
  eye(deviceId: string): Promise<Eye | undefined>;
  /** The devices behind a gateway. */
  devicesBehind(gatewayId: string): Promise<string[]>;
  watched(residentId: string, nowMs: number): Promise<Watched | undefined>;
  watch(residentId: string): Promise<Watch | null>;
  putWatch(residentId: string, watch: Watch): Promise<void>;
  /** Residents of whom a rule must be looked at by now, the longest overdue first. */
  due(nowMs: number, atMost: number): Promise<string[]>;
  nextDueMs(): Promise<number | null>;
  hubLife(): Promise<HubLife | undefined>;
  putHubLife(life: HubLife): Promise<void>;
  ruleChanges(scope: 'organisation' | 'resident', id: string): Promise<RuleChanges | undefined>;
  putRuleChanges(scope: 'organisation' | 'resident', id: string, changes: RuleChanges): Promise<void>;
};
