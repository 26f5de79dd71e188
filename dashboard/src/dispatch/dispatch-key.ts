import { letterOf } from '../alarm-queue/key-command.ts';
import { handlingKey } from '../handling/handling-key.ts';

/** What a key means while somebody is chosen to be sent. */
export type DispatchKey = { person: number } | 'by-phone' | 'otherwise';

type Pressed = Parameters<typeof handlingKey>[0];

export function dispatchKey(pressed: Pressed): DispatchKey | undefined {
  const key = handlingKey(pressed);
  if (typeof key === 'object') return key.answer === 0 ? 'otherwise' : { person: key.answer };
  const hasModifier = pressed.ctrlKey || pressed.altKey || pressed.metaKey || pressed.shiftKey;
  return !hasModifier && !pressed.repeat && letterOf(pressed) === 'p' ? 'by-phone' : undefined;
}
