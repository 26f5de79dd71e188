import { letterOf } from '../alarm-queue/key-command.ts';

/** What a key means while an alarm is handled: an answer by its number, or one of the letters. */
export type HandlingKey = { answer: number } | 'access' | 'call-back' | 'send' | 'note' | 'leave';

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat'>;

/** The digits of both rows; a Chinese input method may leave only the key's place on the board. */
export function handlingKey(pressed: Pressed): HandlingKey | undefined {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey || pressed.repeat) return undefined;
  if (pressed.key === 'Escape') return 'leave';
  const digit = /^[0-9]$/.test(pressed.key)
    ? pressed.key
    : /^(?:Digit|Numpad)([0-9])$/.exec(pressed.shiftKey ? '' : pressed.code)?.[1];
  if (digit !== undefined) return { answer: Number(digit) };
  if (pressed.shiftKey) return undefined;
  switch (letterOf(pressed)) {
    case 'd':
      return 'access';
    case 'b':
      return 'call-back';
    case 's':
      return 'send';
    case 'n':
      return 'note';
    default:
      return undefined;
  }
}
