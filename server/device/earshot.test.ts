import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDirectory } from './directory.ts';
import type { DeviceEntry, GatewayEntry } from './directory.ts';

const gateway = (id: string, stationId: string): GatewayEntry => ({ id, stationId, secretHash: '' });
const device = (deviceId: string, more: Partial<DeviceEntry> = {}): DeviceEntry => ({
  deviceId,
  type: 'button',
  name: '',
  heardAs: null,
  signals: {},
  secretHash: null,
  residentId: null,
  residentName: null,
  residentPhone: null,
  dwellingId: null,
  address: null,
  stationId: null,
  stationName: null,
  gatewayId: 'g1',
  isRegistered: true,
  ...more,
});
const rows = (devices: DeviceEntry[], gateways: GatewayEntry[] = []) => ({
  devices,
  gateways,
  services: [],
  organisations: null,
});
const gateways = [gateway('g1', 'a'), gateway('g2', 'a'), gateway('g3', 'b')];

describe('what the gateways of a station hear', () => {
  it('is every device behind one of them, under its own name and the one it is heard as', () => {
    const { take, earshot } = createDirectory();
    take(rows([device('d1', { heardAs: 'Code.0F' }), device('d2', { gatewayId: 'g3' })], gateways));
    expect(earshot.listOf('a').map(({ id }) => id)).toEqual(['d1']);
    for (const name of ['d1', 'code.0f', 'CODE.0F']) expect(earshot.heardAt('a', name)?.deviceId).toBe('d1');
    expect(earshot.heardAt('b', 'code.0f')).toBeUndefined();
    expect(earshot.heardAt('a', 'd2')).toBeUndefined();
  });

  it('is nothing that nobody registered, and nothing that signs in itself', () => {
    const { take, earshot } = createDirectory();
    take(rows([device('d1', { isRegistered: false }), device('d2', { gatewayId: null })], gateways));
    expect(earshot.listOf('a')).toEqual([]);
    expect(earshot.heardAt('a', 'd1')).toBeUndefined();
  });

  it.each<[string, DeviceEntry[], GatewayEntry[], string[]]>([
    ['a new device', [device('d2')], [], ['a']],
    ['another role', [device('d1', { signals: { '*': { kind: 'door.opened' } } })], [], ['a']],
    ['another code', [device('d1', { heardAs: 'code.1' })], [], ['a']],
    ['another type', [device('d1', { type: 'terminal' })], [], ['a']],
    ['another gateway of the station', [device('d1', { gatewayId: 'g2' })], [], ['a']],
    ['a gateway of another station', [device('d1', { gatewayId: 'g3' })], [], ['a', 'b']],
    ['no gateway any more', [device('d1', { gatewayId: null })], [], ['a']],
    ['a gateway that moved', [], [gateway('g1', 'b')], ['a', 'b']],
    ['a new gateway', [], [gateway('g4', 'a')], []],
    ['a device that a gateway heard', [device('x', { isRegistered: false })], [], []],
    ['another name, room and resident', [device('d1', { name: 'n', residentId: 'r' })], [], []],
  ])('is told anew where it changed: %s', (_, devices, moved, stations) => {
    const { take } = createDirectory();
    take(rows([device('d1')], gateways));
    expect([...take(rows(devices, moved)).stations].toSorted((a, b) => (a < b ? -1 : 1))).toEqual(stations);
  });

  it('follows any changes in any order', () => {
    const anyGateway = fc.record({
      id: fc.constantFrom('g1', 'g2', 'g3'),
      stationId: fc.constantFrom('a', 'b', 'c'),
      secretHash: fc.constant(''),
    });
    const anyDevice = fc
      .record({
        deviceId: fc.constantFrom('d1', 'd2', 'd3', 'd4'),
        gatewayId: fc.constantFrom('g1', 'g2', 'g3', null),
        heardAs: fc.constantFrom('x', 'X', 'y', null),
        isRegistered: fc.boolean(),
      })
      .map(({ deviceId, ...more }) => device(deviceId, more));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.array(anyDevice), fc.array(anyGateway))), (commits) => {
        const directory = createDirectory();
        const devices = new Map<string, DeviceEntry>();
        const stations = new Map<string, string>();
        for (const [changedDevices, changedGateways] of commits) {
          directory.take(rows(changedDevices, changedGateways));
          for (const each of changedDevices) devices.set(each.deviceId, each);
          for (const each of changedGateways) stations.set(each.id, each.stationId);
          for (const station of ['a', 'b', 'c']) {
            const heard = [...devices.values()].filter(
              ({ isRegistered, gatewayId }) => isRegistered && stations.get(gatewayId ?? '') === station,
            );
            const ids = new Set(heard.map(({ deviceId }) => deviceId));
            expect(new Set(directory.earshot.listOf(station).map(({ id }) => id))).toEqual(ids);
            const asX = heard.filter(({ heardAs }) => heardAs?.toLowerCase() === 'x');
            expect(directory.earshot.heardAt(station, 'x') !== undefined).toBe(asX.length > 0);
          }
        }
      }),
    );
  });
});
