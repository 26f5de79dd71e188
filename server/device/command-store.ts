import type { ReassuranceState } from '@carebell/contracts/event-kinds.ts';
import type { DeviceCommand } from '@carebell/contracts/messages.ts';

/** A command in the outbox. It is sent again whenever the device comes back, until its result or its expiry. */
export type WaitingCommand = {
  id: string;
  deviceId: string;
  command: DeviceCommand['command'];
  alarmId: string | null;
  reassurance: ReassuranceState | null;
  createdAtMs: number;
  expiresAtMs: number;
};

export type CommandStore = {
  queue(command: WaitingCommand): Promise<void>;
  /** Ends the waiting reassurances of this alarm on this device that the new one makes untrue. */
  supersede(alarmId: string, deviceId: string, nowMs: number): Promise<void>;
  findWaiting(commandId: string, deviceId: string): Promise<WaitingCommand | undefined>;
  finish(
    commandId: string,
    outcome: 'done' | 'failed' | 'expired',
    reason: string,
    nowMs: number,
  ): Promise<void>;
  markSent(commandIds: readonly string[], nowMs: number): Promise<void>;
  /** Waiting commands past their expiry. */
  overdue(nowMs: number): Promise<WaitingCommand[]>;
};
