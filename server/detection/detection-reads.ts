import type { RuleChange } from '@carebell/contracts/detection.ts';
import type { Resident } from '@carebell/contracts/registry.ts';
import type { OrganisationLevel } from '@carebell/contracts/roles.ts';
import type { RulePlace } from './placed-rules.ts';
import type { Watched } from './detection-store.ts';
import type { AbsentTime } from './facts.ts';
import type { Span } from './wall-clock.ts';
import type { DeviceAt, Watch } from './watch.ts';

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
  changes: RulePlace[];
};

export type OrganisationPlace = {
  organisationId: string;
  organisationName: string;
  level: OrganisationLevel;
  rules: RuleChange[];
};

/** A resident of a station at whom the night watch may have to look. */
export type Sleeper = {
  residentId: string;
  name: string;
  address: string;
  dwellingId: string;
  riskGroups: Resident['riskGroups'];
  rules: RuleChange[];
  watch: Watch | null;
  absences: AbsentTime[];
};
/** A sensor of a dwelling; without a resident it counts for all who live there. */
export type NightSensor = DeviceAt & { residentId: string | null; dwellingId: string };

export type DetectionReads = {
  /** What an organisation has, and those above it, the nearest first. */
  organisationRules(id: string): Promise<(OrganisationPlace & { version: number })[]>;
  residentRules(id: string): Promise<{ version: number; rules: RuleChange[] }>;
  replayed(residentId: string, sinceMs: number): Promise<ReplayedResident | undefined>;
  /** Residents below an organisation who have devices. */
  residentsBelow(organisationId: string, atMost: number): Promise<string[]>;
  /** What devices said since then, in the order in which it reached the hub. */
  toldBy(deviceIds: readonly string[], sinceMs: number): Promise<Told[]>;
  /** When the hub was not running, and when it last noted that it was; `null` before detection has begun. */
  hubLife(): Promise<{ gaps: Span[]; aliveMs: number | null }>;
  /** Residents of a station of any risk group, or with rules of their own, or whom sensors see; those out of bed first. */
  sleepers(stationId: string, nowMs: number, atMost: number): Promise<Sleeper[]>;
  /** Sensors of a station that see whether somebody moves. */
  nightSensors(stationId: string): Promise<NightSensor[]>;
};
