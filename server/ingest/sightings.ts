import type { DeviceReading } from '@carebell/contracts/messages.ts';
import type { Clock } from '../clock.ts';
import type { Sighting } from '../device/device-store.ts';
import type { Gate } from '../journal/gate.ts';

export type Sightings = {
  seen(of: Sighting['of'], id: string, atMs: number): void;
  measured(deviceId: string, reading: DeviceReading): void;
  /** Told of each sign of life, on the path of the event. */
  listen(listener: SightingListener): void;
  /** Writes what was gathered; resolves when all of it, of earlier calls too, is stored or the store refused. */
  flush(): Promise<void>;
  stop(): void;
};

export type SightingListener = (of: Sighting['of'], id: string, atMs: number) => void;

/**
 * Gathers the signs of life of devices and writes the latest of each together, so that a heartbeat costs no row update
 * of its own. Losing some seconds of them in a crash loses nothing that was promised: the events themselves are stored.
 */
export function gatherSightings(gate: Gate, clock: Clock, everyMs = 5_000): Sightings {
  let gathered = nothing();
  let listener: SightingListener | undefined;

  let written: Promise<unknown> = Promise.resolve();

  async function flush(): Promise<void> {
    if (gate.store().is === 'failing') return;
    const sightings = [...gathered.device.values(), ...gathered.gateway.values()];
    if (sightings.length > 0) {
      gathered = nothing();
      written = Promise.all([written, write(sightings)]);
    }
    // Also what an earlier call has taken: it is upkeep, which whoever asks now would else overtake.
    await written;
  }

  async function write(sightings: Sighting[]): Promise<void> {
    await gate.commit('seeDevices', sightings).catch(() => {
      // The store is failing, which the gate reports; newer sightings win over these.
      for (const sighting of sightings) {
        const of = gathered[sighting.of];
        of.set(sighting.id, { ...sighting, ...of.get(sighting.id) });
      }
    });
  }

  const end = clock.every(everyMs, () => void flush());
  return {
    seen(of, id, atMs) {
      listener?.(of, id, atMs);
      const known = gathered[of].get(id);
      if (known) known.seenAtMs = atMs;
      else gathered[of].set(id, { of, id, seenAtMs: atMs });
    },
    measured(deviceId, { battery, rssi }) {
      const sighting = gathered.device.get(deviceId);
      if (!sighting) return;
      if (battery !== undefined) sighting.battery = battery;
      if (rssi !== undefined) sighting.rssi = rssi;
    },
    listen(told) {
      listener = told;
    },
    flush,
    stop: end,
  };
}

function nothing(): Record<Sighting['of'], Map<string, Sighting>> {
  return { device: new Map(), gateway: new Map() };
}
