import type { AlarmView } from '@carebell/contracts/alarm-view.ts';

type PaletteGroup = 'alarms' | 'residents' | 'dwellings' | 'devices' | 'pages' | 'actions';

/** One line of the palette: what it says, and where it leads or what it does. */
export type PaletteEntry = {
  key: string;
  group: PaletteGroup;
  title: string;
  note: string;
  go: string | (() => void);
};

/** More lines of one kind than this hide the other kinds. */
const shownAlarms = 6;

/** Whether every word is part of what is searched; case does not matter. */
export function hasWords(words: string, ...searched: readonly (string | null)[]): boolean {
  const whole = searched.join('\n').toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => whole.includes(word));
}

/** Open alarms by whom, where or which device; without words the most urgent ones. */
export function alarmsFor(words: string, alarms: readonly AlarmView[]): AlarmView[] {
  return alarms
    .filter((alarm) =>
      hasWords(
        words,
        alarm.residentName,
        alarm.address,
        alarm.deviceId,
        alarm.deviceName,
        alarm.residentPhone,
      ),
    )
    .slice(0, shownAlarms);
}

/** The place of the selection after a key: it goes round at both ends. */
export function movedSelection(selected: number, by: 1 | -1, count: number): number {
  return count === 0 ? 0 : (selected + by + count) % count;
}

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat'>;

/** Ctrl-K or ⌘K anywhere, and `/` where it is not typed into a field. */
export function opensPalette(pressed: Pressed, isTyping: boolean): boolean {
  if (pressed.repeat || pressed.altKey) return false;
  const isCommand = pressed.ctrlKey || pressed.metaKey;
  if (isCommand) return !pressed.shiftKey && pressed.key.toLowerCase() === 'k';
  // A Chinese input method makes 、 of the key.
  return (pressed.key === '/' || (pressed.code === 'Slash' && !pressed.shiftKey)) && !isTyping;
}
