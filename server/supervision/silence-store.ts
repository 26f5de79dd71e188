import type { SupervisedKind, SupervisionSetting } from '@carebell/contracts/supervision.ts';
import type { DeviceHome } from '../device/device-store.ts';
import type { Receiver } from './receiver.ts';
import type { Silence } from './silence.ts';

export type SupervisedKey = { of: SupervisedKind; id: string };

/** One that is waited for, with what decides whether it is silent. */
export type SupervisedRecord = SupervisedKey & {
  setting: SupervisionSetting;
  silence: Silence;
  lastSeenAtMs: number;
  /** The gateway that it speaks through is offline or silent. */
  isUnhearable: boolean;
  home: DeviceHome;
};

/** What supervision keeps between one look and the next. */
export type SupervisionStore = UpkeepStore & {
  /** Those whose deadline has passed, the longest overdue first. */
  due(nowMs: number, atMost: number): Promise<SupervisedRecord[]>;
  nextDeadlineMs(): Promise<number | null>;
  find(key: SupervisedKey): Promise<SupervisedRecord | undefined>;
  /** Its type or place as it is registered; `undefined` for one that nobody has entered. */
  registered(
    key: SupervisedKey,
  ): Promise<{ home: DeviceHome; setting: SupervisionSetting; lastSeenAtMs: number | null } | undefined>;
  save(key: SupervisedKey, silence: Silence | null): Promise<void>;
  /** `null`: the default of its type. */
  set(key: SupervisedKey, setting: SupervisionSetting | null): Promise<void>;
  devicesBehind(gatewayId: string): Promise<string[]>;
  /** Moves the deadlines of all, or of the devices behind a gateway: time in which nobody listened is no silence. */
  moveDeadlines(byMs: number, gatewayId?: string): Promise<void>;
  notBefore(atMs: number): Promise<void>;
  clock(name: string): Promise<{ atMs: number; number: number } | undefined>;
  setClock(name: string, atMs: number, number: number): Promise<void>;
};

/** What is known of receivers, tests of buttons and screens. */
export type UpkeepStore = {
  receiver(gatewayId: string): Promise<Receiver | undefined>;
  saveReceiver(gatewayId: string, receiver: Receiver): Promise<void>;
  /** How many devices are registered behind it, and when one of them was last heard. */
  heardBehind(gatewayId: string): Promise<{ count: number; lastSeenAtMs: number | null }>;
  noteTest(deviceId: string, atMs: number): Promise<void>;
  setTestRule(stationId: string, every: 'week' | 'month'): Promise<void>;
  screenAt(stationId: string): Promise<number | undefined>;
  noteScreen(stationId: string, atMs: number): Promise<void>;
  /**
   * Stations with residents' devices whose last screen was before `sinceMs`, where somebody is on duty now or no rota says when
   * somebody is.
   */
  unwatched(sinceMs: number, nowMs: number): Promise<string[]>;
};
