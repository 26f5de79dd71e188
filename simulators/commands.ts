import { z } from 'zod';
import { reassuranceStates } from '@carebell/contracts/event-kinds.ts';
import { deviceCommandSchema } from '@carebell/contracts/messages.ts';
import type { ReassuranceState } from '@carebell/contracts/event-kinds.ts';
import type { CommandResult, DeviceCommand } from '@carebell/contracts/messages.ts';
import { eventIdSchema } from '@carebell/contracts/ids.ts';

export type ReadCommand =
  | { type: 'command'; command: DeviceCommand }
  /** Understood well enough to be answered with a refusal. */
  | { type: 'unknown'; id: string }
  | { type: 'unreadable' };

/** Reads the payload of a command topic. */
export function readCommand(payload: Uint8Array): ReadCommand {
  const body = parseJson(payload);
  const command = deviceCommandSchema.safeParse(body);
  if (command.success) return { type: 'command', command: command.data };
  const addressed = z.object({ id: eventIdSchema }).safeParse(body);
  return addressed.success ? { type: 'unknown', id: addressed.data.id } : { type: 'unreadable' };
}

export type CommandMemory = {
  /** The answer given before, when this command has been carried out already. */
  answerTo(id: string): CommandResult | undefined;
  remember(result: CommandResult): void;
};

/** Remembers the latest `limit` answers, so that a repeated command is answered again but not carried out again. */
export function createCommandMemory(limit = 200): CommandMemory {
  const answers = new Map<string, CommandResult>();
  return {
    answerTo: (id) => answers.get(id),
    remember(result) {
      answers.set(result.id, result);
      const [oldest] = answers.keys();
      if (answers.size > limit && oldest !== undefined) answers.delete(oldest);
    },
  };
}

export type Reassurance = { alarmId: string; state: ReassuranceState };

/** What the lamp shows next. A message that was overtaken on its way never takes the resident a step back. */
export function nextReassurance(shown: Reassurance | null, told: Reassurance): Reassurance {
  if (shown?.alarmId !== told.alarmId) return told;
  return reassuranceStates.indexOf(told.state) > reassuranceStates.indexOf(shown.state) ? told : shown;
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch {
    return undefined;
  }
}
