export type KeyCommand =
  | 'next'
  | 'previous'
  | 'next-open'
  | 'previous-open'
  | 'acknowledge'
  | 'take-over'
  | 'close'
  | 'open'
  | 'leave'
  | 'hush'
  | 'close-restored'
  | 'help';

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat'>;

const byKey: Record<string, KeyCommand> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  ArrowRight: 'next-open',
  ArrowLeft: 'previous-open',
  ']': 'next-open',
  '[': 'previous-open',
  '】': 'next-open',
  '【': 'previous-open',
  Enter: 'open',
  Escape: 'leave',
  '?': 'help',
  '？': 'help',
};
const byLetter: Record<string, KeyCommand> = {
  j: 'next',
  k: 'previous',
  a: 'acknowledge',
  c: 'close',
  m: 'hush',
  r: 'close-restored',
};

/**
 * What a key means on the wall and on an alarm's page. A Chinese input method may swallow the letter and leave only the
 * key's place on the board, so that counts too; Caps Lock changes nothing.
 */
export function keyCommand(pressed: Pressed): KeyCommand | undefined {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey) return undefined;
  const letter = letterOf(pressed);
  const command = byKey[pressed.key] ?? (letter === undefined ? undefined : byLetter[letter]);
  if (command === undefined) return undefined;
  if (command === 'next' || command === 'previous') return command;
  // A key held down must not acknowledge one alarm after another.
  if (pressed.repeat) return undefined;
  if (command === 'acknowledge' && pressed.shiftKey) return 'take-over';
  return command;
}

/** Z, or Ctrl-Z and ⌘Z as everywhere. */
export function isUndoKey(pressed: Pressed): boolean {
  return letterOf(pressed) === 'z' && !pressed.altKey && !pressed.shiftKey && !pressed.repeat;
}

/** The letter of a key, by its place on the board where an input method has taken the letter. */
export function letterOf({ key, code }: Pick<Pressed, 'key' | 'code'>): string | undefined {
  const isLetter = /^[a-z]$/i.test(key);
  return isLetter ? key.toLowerCase() : /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase();
}

/** A key typed into a field or pressed on an open dialog or menu belongs there. */
export function belongsElsewhere(target: EventTarget | null, root: Document): boolean {
  if (root.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null)
    return true;
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [role="menu"], [contenteditable]') !== null
  );
}
