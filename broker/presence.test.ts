import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Presence } from './presence.ts';

const device = { of: 'device', id: 'b1' } as const;

describe('presence', () => {
  it('is online while any connection lives, in whatever order old ones end', () => {
    const presence = new Presence();
    expect(presence.connected(device, 1, 10)).toMatchObject({
      availability: 'online',
      cause: 'connected',
      atMs: 10,
    });
    expect(presence.connected(device, 2, 20)).toBeUndefined();
    expect(presence.closed(device, 1, 'taken-over', 30)).toBeUndefined();
    expect(presence.closed(device, 1, 'taken-over', 31)).toBeUndefined();
    expect(presence.availability(device)).toBe('online');
    expect(presence.closed(device, 2, 'connection-lost', 40)).toMatchObject({
      availability: 'offline',
      cause: 'connection-lost',
    });
  });

  it('survives any storm of take-overs: online exactly when a connection lives', () => {
    const step = fc.record({ connection: fc.integer({ min: 1, max: 6 }), isOpening: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const presence = new Presence();
        const open = new Set<number>();
        const told: string[] = [];
        for (const { connection, isOpening } of steps) {
          const change = isOpening
            ? presence.connected(device, connection, 0)
            : presence.closed(device, connection, 'connection-lost', 0);
          if (isOpening) open.add(connection);
          else open.delete(connection);
          if (change !== undefined) told.push(change.availability);
          expect(presence.isConnected(device)).toBe(open.size > 0);
          expect(told.at(-1) ?? 'offline').toBe(open.size > 0 ? 'online' : 'offline');
        }
        // Every change is told once: the words alternate.
        expect(told.every((word, index) => word !== told[index - 1])).toBe(true);
      }),
    );
  });

  it('takes the word of the newest connection only', () => {
    const presence = new Presence();
    presence.connected(device, 1, 0);
    presence.connected(device, 2, 0);
    expect(presence.announced(device, 'offline', { connection: 1 }, 0)).toBeUndefined();
    expect(presence.announced(device, 'offline', { connection: 2 }, 0)).toMatchObject({ cause: 'announced' });
    presence.closed(device, 2, 'disconnected', 0);
    expect(presence.announced(device, 'online', { connection: 2 }, 0)).toBeUndefined();
  });

  it('takes the word of a gateway unless the device is connected itself', () => {
    const presence = new Presence();
    expect(presence.announced(device, 'online', 'gateway', 0)).toMatchObject({ availability: 'online' });
    expect(presence.announced(device, 'online', 'gateway', 0)).toBeUndefined();
    presence.connected(device, 1, 0);
    expect(presence.announced(device, 'offline', 'gateway', 0)).toBeUndefined();
  });

  it('declares offline after a restart what was online and did not come back', () => {
    const presence = new Presence();
    const gateway = { of: 'gateway', id: 'g1' } as const;
    const behind = { of: 'device', id: 's1' } as const;
    const lost = { of: 'device', id: 'b2' } as const;
    for (const party of [device, gateway, behind, lost]) presence.seed(party, 'online');
    presence.seed({ of: 'device', id: 'b3' }, 'offline');
    presence.connected(device, 1, 5);
    presence.connected(gateway, 2, 5);
    const changes = presence.endGrace((party) => party.id === 's1', 100);
    expect(changes).toEqual([{ ...lost, availability: 'offline', atMs: 100, cause: 'hub-restarted' }]);
    expect(presence.endGrace(() => false, 200)).toEqual([]);
  });

  it('forgets nobody who is connected', () => {
    const presence = new Presence();
    presence.connected(device, 1, 0);
    presence.forget(device);
    expect(presence.availability(device)).toBe('online');
    presence.closed(device, 1, 'disconnected', 0);
    presence.forget(device);
    expect(presence.availability(device)).toBeUndefined();
  });
});
