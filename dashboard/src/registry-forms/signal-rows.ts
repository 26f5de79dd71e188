import type { SignalRole, Signals } from '@carebell/contracts/messages.ts';

/** One line of the editor: a signal while it is being written, and what it means. */
export type SignalRow = SignalRole & { signal: string };

export function rowsOf(signals: unknown): SignalRow[] {
  return Object.entries((signals ?? {}) as Signals).map(([signal, role]) => ({ signal, ...role }));
}

/** Of two lines with the same signal the later one counts. Only a press has a key. */
export function signalsOf(rows: readonly SignalRow[]): Signals {
  return Object.fromEntries(
    rows.map(({ signal, kind, key }) => [
      signal.trim(),
      kind === 'button.pressed' && key !== undefined ? { kind, key } : { kind },
    ]),
  );
}
