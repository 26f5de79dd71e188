import { eventIdSchema } from '@carebell/contracts/ids.ts';
import { deviceCommandSchema } from '@carebell/contracts/messages.ts';
import type { CommandResult, DeviceCommand } from '@carebell/contracts/messages.ts';
import { z } from 'zod';
import type { CommandMemory } from './command-memory.ts';
import type { OrderOutcome } from './order-queue.ts';

/** Where a device that shows commands lives. */
export type Shower = {
  /** Queues the order; resolves with what became of it. `undefined` if nothing on this line can show the command. */
  order(of: { address: string; signal?: string; command: DeviceCommand }): Promise<OrderOutcome> | undefined;
  address: string;
  signal?: string;
};

export type DownlinkPorts = {
  /** The lines on which the device may be shown something, the likeliest first. */
  showersOf(deviceId: string): Shower[];
  answer(deviceId: string, result: CommandResult): void;
  memory: Pick<CommandMemory, 'recalled' | 'keep'>;
  told(event: string, details: object): void;
};

export type DownlinkCounts = {
  commands: number;
  repeated: number;
  failed: number;
  unreadable: number;
};

/** Results that are remembered, so that a repeated command is carried out once and answered again. */
const remembered = 1_000;
const commandName = z.object({ id: eventIdSchema });

/** From the hub's command to the wire, and from the firmware's word back to the hub's result. */
export function createDownlink({ showersOf, answer, memory, told }: DownlinkPorts) {
  const counts = { commands: 0, repeated: 0, failed: 0, unreadable: 0 };
  /** `undefined` while it is being carried out. */
  const results = new Map<string, CommandResult | undefined>();
  for (const { deviceId, result } of memory.recalled()) results.set(keyOf(deviceId, result.id), result);

  async function carryOut(deviceId: string, key: string, command: DeviceCommand): Promise<void> {
    const outcome = await show(deviceId, command);
    const result: CommandResult = outcome.ok
      ? { id: command.id, ok: true }
      : { id: command.id, ok: false, reason: outcome.reason.slice(0, 200) };
    if (!result.ok) counts.failed += 1;
    results.set(key, result);
    told('command.done', { deviceId, ...result });
    // Before the hub's answer: a command is repeated until it is answered. A crash in between shows it to the resident twice
    // rather than not at all.
    await memory.keep({ deviceId, result });
    answer(deviceId, result);
  }

  async function show(deviceId: string, command: DeviceCommand): Promise<OrderOutcome> {
    const showers = showersOf(deviceId);
    for (const { order, address, signal } of showers) {
      const outcome = order({ address, command, ...(signal === undefined ? {} : { signal }) });
      if (outcome !== undefined) return outcome;
    }
    return { ok: false, reason: showers.length === 0 ? 'unknown-device' : 'not-supported' };
  }

  function remember(key: string): void {
    results.set(key, undefined);
    for (const [oldest, result] of results) {
      if (results.size <= remembered) return;
      if (result !== undefined) results.delete(oldest);
    }
  }

  return {
    command(deviceId: string, payload: Buffer): void {
      const read = readCommand(payload);
      if (!read.ok) {
        counts.unreadable += 1;
        told('command.unreadable', { deviceId });
        if (read.id !== undefined) answer(deviceId, { id: read.id, ok: false, reason: 'unknown-command' });
        return;
      }
      const key = keyOf(deviceId, read.command.id);
      if (results.has(key)) {
        counts.repeated += 1;
        const known = results.get(key);
        if (known !== undefined) answer(deviceId, known);
        return;
      }
      counts.commands += 1;
      remember(key);
      void carryOut(deviceId, key, read.command);
    },
    counts: (): DownlinkCounts => ({ ...counts }),
  };
}

const keyOf = (deviceId: string, id: string) => `${deviceId} ${id}`;

type ReadCommand = { ok: true; command: DeviceCommand } | { ok: false; id?: string };

function readCommand(payload: Buffer): ReadCommand {
  let json: unknown;
  try {
    json = JSON.parse(payload.toString());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false };
  }
  const parsed = deviceCommandSchema.safeParse(json);
  if (parsed.success) return { ok: true, command: parsed.data };
  const named = commandName.safeParse(json);
  return named.success ? { ok: false, id: named.data.id } : { ok: false };
}
