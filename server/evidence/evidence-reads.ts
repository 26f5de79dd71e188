import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import type { Disposition } from '@carebell/contracts/dispositions.ts';

/** An event or its echo, as a gateway reported it. */
export type Hearing = {
  seq: number;
  atMs: number;
  isEcho: boolean;
  gatewayId: string;
  name: string;
  body: unknown;
};

export type PastAlarm = {
  deviceId: string;
  alarmId: string;
  kind: AlarmKind;
  pressedAtMs: number;
  disposition: Disposition | null;
};

/** What stands beside an alarm, each found by an index and bounded, and read beside the transactions. */
export type EvidenceReads = {
  /** What gateways reported of this device within four seconds of an instant, in the order in which it came. */
  heardAround(deviceId: string, atMs: number): Promise<Hearing[]>;
  /** Of the day of this instant: how often the device repeated itself, and how often another gateway had been first. */
  repetitions(deviceId: string, atMs: number): Promise<{ duplicates: number; echoes: number }>;
  /** Real alarms of this device and of those before it in its place, this one left out, the latest first. */
  pastAlarms(query: {
    deviceId: string;
    exceptAlarmId: string;
    sinceMs: number;
    beforeMs: number;
    limit: number;
  }): Promise<PastAlarm[]>;
};
