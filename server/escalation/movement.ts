import type { DeviceEvent } from '@carebell/contracts/messages.ts';
import { eventTime } from '../ingest/event-time.ts';
import type { Gate } from '../journal/gate.ts';

export type MovementPorts = {
  gate: Pick<Gate, 'commit'>;
  /** An alarm about a fall is open there; asked of the hub's memory, for every event of a motion sensor. */
  hasFallIn(dwellingId: string): boolean;
  troubled(event: string, error: unknown): void;
};

/** An event that is stored, of a device that is known. */
export type Movement = (
  event: DeviceEvent,
  device: { deviceId: string; dwellingId: string | null },
  receivedAtMs: number,
) => void;

/** Lets movement in a dwelling count for the fall that is open there. All other motion costs one look into memory. */
export function watchMovement({ gate, hasFallIn, troubled }: MovementPorts): Movement {
  return (event, { deviceId, dwellingId }, receivedAtMs) => {
    if (event.kind !== 'motion.detected' || dwellingId === null || !hasFallIn(dwellingId)) return;
    const { happenedAtMs: movedAtMs } = eventTime(event, receivedAtMs);
    // If this cannot be stored the fall is taken as one that nobody got up from: the safe reading.
    gate
      .commit('seeMovement', { dwellingId, deviceId, movedAtMs })
      .catch((error: unknown) => troubled('movement.failed', error));
  };
}
