import type { DeviceReading } from '@carebell/contracts/messages.ts';
import type { Clock } from '../clock.ts';
import type { Sighting } from '../device/device-store.ts';
import type { Gate } from '../journal/gate.ts';

export type Sightings = {
  seen(of: Sighting['of'], id: string, atMs: number): void;
  measured(deviceId: string, reading: DeviceReading): void;
  /** Writes what was gathered; resolves when it is stored or the store refused. */
  flush(): Promise<void>;
  stop(): void;
};

/**
 * Gathers the signs of life of devices and writes the latest of each together, so that a heartbeat costs no row update
 * of its own. Losing some seconds of them in a crash loses nothing that was promised: the events themselves are stored.
 */
export function gatherSightings(gate: Gate, clock: Clock, everyMs = 5_000): Sightings {
  let gathered = new Map<string, Sighting>();

  async function flush(): Promise<void> {
    if (gathered.size === 0 || gate.store().is === 'failing') return;
    const sightings = [...gathered.values()];
    gathered = new Map();
    await gate.commit('seeDevices', sightings).catch(() => {
      // The store is failing, which the gate reports; newer sightings win over these.
      for (const sighting of sightings) {
        const key = `${sighting.of}:${sighting.id}`;
        gathered.set(key, { ...sighting, ...gathered.get(key) });
      }
    });
  }

  const end = clock.every(everyMs, () => void flush());
  return {
    seen(of, id, atMs) {
      const key = `${of}:${id}`;
      const known = gathered.get(key);
      if (known) known.seenAtMs = atMs;
      else gathered.set(key, { of, id, seenAtMs: atMs });
    },
    measured(deviceId, { battery, rssi }) {
      const sighting = gathered.get(`device:${deviceId}`);
      if (!sighting) return;
      if (battery !== undefined) sighting.battery = battery;
      if (rssi !== undefined) sighting.rssi = rssi;
    },
    flush,
    stop: end,
  };
}
