import { describe, expect, it } from 'vitest';
import { withSensorExchanged } from './exchanged-sensor.ts';
import { newWatch } from './watch.ts';
import type { Sensor, Watch } from './watch.ts';

const door: Sensor = {
  type: 'door-sensor',
  room: 'hall',
  place: 'entrance',
  heardMs: 900,
  beatMs: 800,
  beatGapMs: 50,
  offMs: 850,
  actMs: 700,
  actKind: 'door.opened',
  runMs: 700,
  changedMs: 700,
  openMs: 700,
  canClose: true,
  late: { byMs: 5, sinceMs: 1 },
};
const before: Watch = {
  ...newWatch(1),
  sensors: { old: door, bed: { ...door, type: 'bed-sensor' } },
  opened: { atMs: 700, receivedMs: 701, deviceId: 'old' },
  bed: { isIn: true, atMs: 3, deviceId: 'bed' },
};

describe('a sensor that is exchanged', () => {
  it('leaves its last signs to the new one, and takes its own word with it', () => {
    const after = withSensorExchanged(before, 'old', {
      id: 'new',
      type: 'door-sensor',
      room: '卫生间',
      name: '',
    });
    expect(Object.keys(after.sensors)).toEqual(['bed', 'new']);
    expect(after.sensors['new']).toMatchObject({
      actMs: 700,
      place: 'bathroom',
      openMs: null,
      offMs: null,
      beatMs: null,
      late: null,
    });
    expect(after.opened?.deviceId).toBe('new');
    expect(after.bed).toEqual(before.bed);
  });

  it('leaves nothing when none comes in its place', () => {
    expect(withSensorExchanged(before, 'bed', null)).toMatchObject({ bed: null, sensors: { old: door } });
    expect(withSensorExchanged(before, 'stranger', null)).toBe(before);
  });
});
