import type { Availability } from '@carebell/contracts/messages.ts';
import type { Gate } from '../journal/gate.ts';
import type { Directory } from './directory.ts';

export type PresenceChange = {
  of: 'device' | 'gateway';
  id: string;
  availability: Availability;
  atMs: number;
  cause: string;
};

/**
 * Writes presence to the journal, the latest state per party if the store is behind: while it fails, a device that comes
 * and goes leaves one change, not thousands.
 */
export function recordPresence(
  gate: Gate,
  directory: Directory,
  troubled: (event: string, error: unknown) => void,
  /** To come online is a sign of life. */
  seen: (of: PresenceChange['of'], id: string, atMs: number) => void = () => undefined,
) {
  const pending = new Map<string, PresenceChange>();
  const underWay = new Map<string, PresenceChange>();

  async function write(key: string, change: PresenceChange): Promise<void> {
    const { of, id, availability, atMs, cause } = change;
    const stationId =
      (of === 'device' ? directory.device(id)?.stationId : directory.gateway(id)?.stationId) ?? null;
    await gate.commit('receivePresence', { of, id, availability, atMs, cause, stationId });
    if (pending.get(key) === change) pending.delete(key);
  }

  function send(key: string, change: PresenceChange): void {
    // An overloaded store fails and works again many times a second: what waits for it already is not handed in once more.
    if (underWay.get(key) === change) return;
    underWay.set(key, change);
    write(key, change)
      .catch((error: unknown) => troubled('presence.not-recorded', error))
      .finally(() => {
        if (underWay.get(key) === change) underWay.delete(key);
      });
  }

  gate.listen({
    storeChanged: (state) => {
      if (state.is === 'ok') for (const [key, change] of pending) send(key, change);
    },
  });

  return (change: PresenceChange): void => {
    const key = `${change.of}:${change.id}`;
    pending.set(key, change);
    if (change.availability === 'online') seen(change.of, change.id, change.atMs);
    if (gate.store().is === 'ok') send(key, change);
  };
}
