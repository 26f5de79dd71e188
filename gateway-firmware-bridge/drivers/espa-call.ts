import { buttonKeys, eventKinds } from '@carebell/contracts/event-kinds.ts';
import { z } from 'zod';
import type { Decoded, Order } from './driver.ts';
import { blockBytes } from './espa-block.ts';
import type { Block } from './espa-block.ts';
import { rejected } from './rejection.ts';

/** The settings of a port that say what calls mean and how they are answered. */
export const callSettings = {
  /** Finds the room in the text of a call by its first group; without a match the whole text names the caller. */
  room: z.string().transform(toRegExp).optional(),
  /**
   * What a call means, the first that fits. Without any: call type 1 ends a call, and every other is one for help. The
   * numbers are those of the standard, but systems differ, so what a system really sends is to be seen first.
   */
  meanings: z
    .array(
      z.strictObject({
        callType: z.string().optional(),
        priority: z.string().optional(),
        text: z.string().transform(toRegExp).optional(),
        kind: z.enum(eventKinds),
        key: z.enum(buttonKeys).optional(),
      }),
    )
    .default([]),
  /** The pager or display that shows an answer; without one, the pager that was called. */
  display: z.string().min(1).max(16).optional(),
  texts: z
    .strictObject({
      received: z.string().default('RECEIVED'),
      answered: z.string().default('ANSWERED'),
      'on-the-way': z.string().default('ON THE WAY'),
      closed: z.string().default('CLOSED'),
      identify: z.string().default('IDENTIFY'),
      test: z.string().default('TEST'),
    })
    .prefault({}),
};
const settings = z.object(callSettings);
export type CallSettings = z.infer<typeof settings>;

function otherBlock({ header }: Block, bytes: Uint8Array): Decoded {
  // 2: status of a call, 3: a question for it, 4: a call to a telephone, 5: the maker's own (section 4.2).
  return '2345'.includes(header) ? { of: 'firmware', says: 'alive' } : rejected('unknown-frame', bytes);
}

/** Records (section 4.3): 1 address, 2 text, 3 beeps, 4 call type, 5 transmissions, 6 priority. */
export function callOf(block: Block, bytes: Uint8Array, options: CallSettings): Decoded {
  if (block.header !== '1') return otherBlock(block, bytes);
  const { records } = block;
  const pager = records.get('1')?.trim() ?? '';
  const text = records.get('2')?.trim() ?? '';
  if (pager === '' && text === '') return rejected('bad-field', bytes);
  const callType = records.get('4')?.trim() ?? '';
  const priority = records.get('6')?.trim() ?? '';
  const room = options.room?.exec(text)?.[1];
  const called =
    room === undefined
      ? `pager.${word(pager, 16)}${text === '' ? '' : `.${word(text, 25)}`}`
      : `room.${word(room, 43)}`;
  const rule = options.meanings.find(
    (each) =>
      (each.callType ?? callType) === callType &&
      (each.priority ?? priority) === priority &&
      (each.text?.test(text) ?? true),
  );
  const kind = rule?.kind ?? (callType === '1' ? 'button.cancelled' : 'button.pressed');
  const key = rule?.key ?? (kind === 'button.pressed' ? 'help' : undefined);
  const data = { ...(key !== undefined && { key }), text, pager, callType, priority };
  const signal = `call.${word(callType, 4)}.${word(priority, 4)}`;
  return { of: 'heard', heard: { of: 'signal', address: called, signal, meaning: { kind, data } } };
}

export function orderBlock(
  { address, command }: Order,
  { display, texts }: CallSettings,
): Uint8Array | undefined {
  const pager = display ?? /^pager\.([^.]+)/.exec(address)?.[1];
  if (pager === undefined || pager === '-') return undefined;
  const said = command.command === 'reassure' ? command.data.state : command.command;
  const room = /^room\.(.+)/.exec(address)?.[1];
  const text = room === undefined ? texts[said] : `${texts[said]} ${room}`;
  // A call that is over takes its text off the display again.
  const callType = said === 'closed' ? '1' : '3';
  return blockBytes('1', [
    ['1', pager],
    ['2', text.slice(0, 128)],
    ['3', '1'],
    ['4', callType],
    ['5', '1'],
    ['6', '3'],
  ]);
}

/** Letters, digits and '-' of a text. One that loses something by it or by its length ends in a hash of the whole. */
function word(text: string, longest: number): string {
  const plain = text.replaceAll(/[^A-Za-z0-9_-]+/g, '-');
  if (plain.length <= longest && /^[\x20-\x7e]*$/.test(text)) return plain === '' ? '-' : plain;
  // FNV-1a, 32 bits.
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'latin1')) hash = Math.imul(hash ^ byte, 0x01000193);
  const ending = `-${(hash >>> 0).toString(16).padStart(8, '0')}`;
  return longest > ending.length ? plain.slice(0, longest - ending.length) + ending : plain.slice(0, longest);
}

function toRegExp(pattern: string, context: z.RefinementCtx): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch (error) {
    context.addIssue({ code: 'custom', message: `not a regular expression: ${String(error)}` });
    return z.NEVER;
  }
}
