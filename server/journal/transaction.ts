import type { AbsenceStore } from '../resident/absence-store.ts';
import type { AlarmStore } from '../alarm/alarm-store.ts';
import type { CareBedStore } from '../care-bed/care-bed-store.ts';
import type { ClaimStore } from '../device/claim-store.ts';
import type { ClockStore } from '../hub-clock/clock-store.ts';
import type { CommandStore } from '../device/command-store.ts';
import type { CommissioningStore } from '../commissioning/commissioning-record.ts';
import type { DetectionStore } from '../detection/detection-store.ts';
import type { DeviceStore } from '../device/device-store.ts';
import type { ExchangeStore } from '../device/exchange-store.ts';
import type { DrillStore } from '../drill/drill-store.ts';
import type { DutyStore } from '../duty/duty-store.ts';
import type { HandlingStore } from '../handling/handling-store.ts';
import type { HistoryStore } from '../history/history-store.ts';
import type { EscalationStore } from '../escalation/escalation-store.ts';
import type { IdentityStore } from '../identity/identity-store.ts';
import type { SecondFactorStore } from '../identity/second-factor-store.ts';
import type { NotificationStore } from '../notification/notification-store.ts';
import type { RequestStore } from '../service-request/request-store.ts';
import type { RegistryStore } from '../resident/registry-store.ts';
import type { SupervisionStore } from '../supervision/silence-store.ts';
import type { TestModeStore } from '../test-mode/test-mode-store.ts';
import type { MonthlyStore } from '../report/monthly-store.ts';
import type { ReviewStore } from '../review/review-store.ts';
import type { MaintenanceStore } from '../maintenance/maintenance-store.ts';
import type { UnknownStore } from '../unknown-device/unknown-store.ts';
import type { DigestStore } from '../visit/digest-store.ts';
import type { VisitStore } from '../visit/visit-store.ts';
import type { OutlineStore } from '../place-map/outline-store.ts';
import type { RefusalStore } from '../audit/refusal-store.ts';

/** One line of the journal, before it has a sequence number. Instants are milliseconds since the epoch. */
export type JournalEntry = {
  atMs: number;
  receivedAtMs: number;
  type:
    'event' | 'echo' | 'reading' | 'malformed' | 'availability' | 'health' | 'alarm' | 'request' | 'registry';
  deviceId: string | null;
  residentId: string | null;
  stationId: string | null;
  alarmId: string | null;
  kind: string | null;
  body: unknown;
  /** Hash chain of the steps of an alarm or request; `null` for entries outside a case. */
  hash: string | null;
  /** The gateway that reported it; absent or `null` for what a device said itself and what the hub did. */
  heardBy?: string | null;
};

/** A line of what a device said. */
export type DeviceEntry = JournalEntry & { deviceId: string; body: object };

/** Where only new events were expected, one has come before. */
export class RepeatMet extends Error {}

/** The line of an event, and the identifier under which its device said it. */
export type NewEvent = { eventId: string; entry: DeviceEntry };

/**
 * Events of this kind that other gateways have reported of this device, and this gateway's own echoes, which happened within so
 * many milliseconds (at most 4,000) of `atMs`.
 */
export type HeardAbout = {
  deviceId: string;
  gatewayId: string;
  kind: string;
  atMs: number;
  withinMs: number;
};

/** An event of a device as a gateway reported it, or the echo of one. */
export type HeardEvent = {
  seq: number;
  atMs: number;
  type: 'event' | 'echo';
  kind: string;
  gatewayId: string;
  body: unknown;
};

/** What a transaction has changed, for those who follow the journal. */
export type Touched = {
  alarms: Set<string>;
  devices: Set<string>;
  requests: Set<string>;
  /** Devices with commands that wait to be sent. */
  commandsFor: Set<string>;
  /** Accounts, homes or organisations have changed: what the hub keeps in memory of them must be read again. */
  directory: Set<DirectoryChange>;
};
export type DirectoryChange =
  `device:${string}` | `gateway:${string}` | `service:${string}` | 'organisations' | `dwelling:${string}`;

/**
 * All that domain code may do inside one transaction of the journal. The same code runs in the thread that owns SQLite
 * and, with row locks, on PostgreSQL. Nothing here is visible to anyone, and no device is answered, before the commit.
 */
export type Transaction = {
  nowMs: number;
  /** A new identifier, unique everywhere. */
  newId(): string;
  /** Appends a line and returns its sequence number. */
  append(entry: JournalEntry): Promise<number>;
  /** Leaves so many sequence numbers out. */
  skipNumbers(count: number): Promise<void>;
  /** `false` if this device has used this event identifier within the last 24 h. */
  claimEvent(deviceId: string, eventId: string): Promise<boolean>;
  /**
   * Claims the identifiers of many events and appends their lines in their order, for half of what one after another costs.
   * Throws {@link RepeatMet} if one of them was claimed before; the whole transaction has to be taken back then.
   */
  appendEvents(events: readonly NewEvent[]): Promise<void>;
  heardAround(about: HeardAbout): Promise<HeardEvent[]>;
  /** Forgets event identifiers that are too old to be repeated; returns how many. */
  forgetEvents(atMost: number): Promise<number>;
  /** Notes which of the journal's next entries are whose device's; returns how many entries it went through. */
  indexByDevice(atMost: number): Promise<number>;
  absences: AbsenceStore;
  alarms: AlarmStore;
  careBeds: CareBedStore;
  claims: ClaimStore;
  clock: ClockStore;
  commands: CommandStore;
  commissionings: CommissioningStore;
  detection: DetectionStore;
  devices: DeviceStore;
  exchanges: ExchangeStore;
  registry: RegistryStore;
  identity: IdentityStore;
  drills: DrillStore;
  duty: DutyStore;
  escalation: EscalationStore;
  handling: HandlingStore;
  history: HistoryStore;
  notifications: NotificationStore;
  refusals: RefusalStore;
  requests: RequestStore;
  reviews: ReviewStore;
  secondFactors: SecondFactorStore;
  monthly: MonthlyStore;
  outlines: OutlineStore;
  supervision: SupervisionStore;
  testModes: TestModeStore;
  unknown: UnknownStore;
  visits: VisitStore;
  digests: DigestStore;
  maintenance: MaintenanceStore;
  touched: Touched;
  /** Carries something out, and takes all of it back, as if it had not begun, unless its result is to be kept. */
  attempt<T>(work: () => Promise<T>, isKept: (result: T) => boolean): Promise<T>;
};
