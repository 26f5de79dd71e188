import type { DeviceCommand } from '@carebell/contracts/messages.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import type { WaitingCommand } from './command-store.ts';

export type CommandOutboxPorts = {
  gate: Gate;
  clock: Clock;
  publish(message: { topic: string; payload: string; qos: 1; retain: false }): Promise<void>;
  /** The device, or the gateway that speaks for it, is connected to this hub. */
  isReachable(deviceId: string): boolean;
  readWaiting(deviceId: string): Promise<WaitingCommand[]>;
  /** Something could not be sent or recorded; the command stays in the outbox. */
  troubled(event: string, error: unknown): void;
};

/**
 * Sends what waits: after the commit that queued it, and again whenever the device subscribes. A device that gets a
 * command twice carries it out once, by its identifier.
 */
export function createCommandOutbox({
  gate,
  clock,
  publish,
  isReachable,
  readWaiting,
  troubled,
}: CommandOutboxPorts) {
  async function send(commands: readonly WaitingCommand[]): Promise<void> {
    const sendable = commands.filter(
      ({ deviceId, expiresAtMs }) => expiresAtMs > clock.now() && isReachable(deviceId),
    );
    if (sendable.length === 0) return;
    for (const command of sendable) {
      const topic = buildTopic({ of: 'device', deviceId: command.deviceId, kind: 'command' });
      await publish({ topic, payload: JSON.stringify(messageOf(command)), qos: 1, retain: false });
    }
    await gate.commit(
      'markCommandsSent',
      sendable.map(({ id }) => id),
    );
  }

  async function expire(): Promise<void> {
    if (gate.store().is === 'ok') await gate.commit('expireCommands', null);
  }

  const end = clock.every(
    10_000,
    () => void expire().catch((error: unknown) => troubled('command.expiry-failed', error)),
  );

  return {
    /** Follows a commit. */
    committed(commands: readonly WaitingCommand[]): void {
      if (commands.length > 0)
        void send(commands).catch((error: unknown) => troubled('command.send-failed', error));
    },
    /** The device has just subscribed its commands: everything that waits for it goes out, the oldest first. */
    subscribed(deviceId: string): void {
      void readWaiting(deviceId)
        .then(send)
        .catch((error: unknown) => troubled('command.send-failed', error));
    },
    stop: end,
  };
}

function messageOf({ id, command, reassurance, alarmId }: WaitingCommand): DeviceCommand {
  if (command !== 'reassure') return { id, command };
  if (reassurance === null || alarmId === null) throw new Error(`command ${id} reassures without a state`);
  return { id, command, data: { state: reassurance, alarmId } };
}
