import type { DeviceEvent } from '@carebell/contracts/messages.ts';
import { describe, expect, it } from 'vitest';
import { createBridge } from './bridge.ts';
import { createDeviceMap } from './device-map.ts';
import type { Heard } from './drivers/driver.ts';
import { driverNamed } from './drivers/drivers.ts';
import type { Line } from './line.ts';
import { createRepeats } from './repeats.ts';
import { createMovingClock } from './testing/moving-clock.ts';

function bridgeWith(mapped: { id: string; heardAs: string[]; type?: string }[] = []) {
  const clock = createMovingClock();
  const kept: { deviceId: string; event: DeviceEvent }[] = [];
  const readings: string[] = [];
  const announced: string[] = [];
  const devices = [...mapped];
  const map = () =>
    createDeviceMap({
      local: devices.map((device) => ({ signals: {}, ...device })),
      hub: [],
      gatewayId: 'g1',
      portNames: ['radio', 'radar'],
    });
  const bridge = createBridge({
    gatewayId: 'g1',
    clock,
    map: {
      deviceBehind: (heardId) => map().deviceBehind(heardId),
      resolve: (...heard) => map().resolve(...heard),
      target: (deviceId) => map().target(deviceId),
      deviceIds: () => map().deviceIds(),
      onlyOn: (portName) => map().onlyOn(portName),
    },
    repeats: createRepeats(),
    outbox: {
      add(deviceId, event) {
        kept.push({ deviceId, event });
        return Promise.resolve(true);
      },
      addReading: (deviceId) => void readings.push(deviceId),
    },
    announce: (deviceId, availability) => void announced.push(`${deviceId} ${availability}`),
    told: () => undefined,
  });
  const line = (name: string, driverName: string): Line => {
    const made = { name, driver: driverNamed(driverName)!, order: () => undefined } as unknown as Line;
    bridge.attach(made);
    return made;
  };
  return {
    bridge,
    clock,
    kept,
    readings,
    announced,
    devices,
    radio: line('radio', 'rflink'),
    radar: line('radar', 'mr60fda1'),
  };
}

const fall: Heard = { of: 'signal', address: 'radar', signal: 'fall', meaning: { kind: 'fall.detected' } };
const code: Heard = { of: 'signal', address: 'rf433.ev1527.0f749', signal: 'key.4' };

describe('what is heard', () => {
  it('is one event for all repetitions of a frame, and a new one after a pause', () => {
    const { bridge, clock, kept, radio } = bridgeWith();
    for (let frame = 0; frame < 20; frame += 1) {
      void bridge.heard(radio, code);
      clock.pass(100);
    }
    expect(kept).toHaveLength(1);
    clock.pass(2_000);
    void bridge.heard(radio, code);
    expect(kept).toHaveLength(2);
    expect(new Set(kept.map(({ event }) => event.id)).size).toBe(2);
    expect(bridge.counts()).toMatchObject({ events: 2, repeats: 19 });
  });

  it('goes on from before a restart as the same press', () => {
    const { bridge, kept, radio } = bridgeWith();
    bridge.rememberPresses(['rf433.ev1527.0f749 key.4']);
    void bridge.heard(radio, code);
    expect(kept).toEqual([]);
  });

  it('of a code that nobody entered is forwarded with its signal, under its own name', () => {
    const { bridge, kept, radio } = bridgeWith();
    void bridge.heard(radio, code);
    expect(kept).toMatchObject([
      { deviceId: 'rf433.ev1527.0f749', event: { kind: 'code.received', data: { signal: 'key.4' } } },
    ]);
  });

  it('on a wire carries the names of gateway and port, for another radar has the same address', () => {
    const { bridge, kept, radar } = bridgeWith();
    void bridge.heard(radar, fall);
    expect(kept).toMatchObject([{ deviceId: 'g1.radar.radar', event: { kind: 'fall.detected' } }]);
  });

  it('keeps a number of the device itself apart from another device’s', () => {
    const { bridge, kept, radio } = bridgeWith();
    for (const address of ['lora.1', 'lora.2', 'lora.1']) {
      void bridge.heard(radio, { of: 'event', address, event: { id: '7', kind: 'button.pressed' } });
    }
    expect(kept.map(({ deviceId }) => deviceId)).toEqual(['lora.1', 'lora.2']);
    expect(kept.map(({ event }) => event.id)).toEqual([
      expect.stringMatching(/^7@[0-9a-f]{8}$/),
      expect.stringMatching(/^7@[0-9a-f]{8}$/),
    ]);
    expect(kept[0]!.event.id).not.toBe(kept[1]!.event.id);
  });

  it.each([
    ['data too long for the hub', { id: 'e1', kind: 'button.pressed', data: { text: 'x'.repeat(17_000) } }],
    ['an identifier that the hub would refuse', { id: 'e 1', kind: 'button.pressed' }],
    ['a kind that is none', { id: 'e1', kind: 'Knopf gedrückt' }],
  ])('with %s is still forwarded', (_, event) => {
    const { bridge, kept, radio } = bridgeWith();
    void bridge.heard(radio, { of: 'event', address: 'lora.1', event });
    expect(kept).toHaveLength(1);
    expect(kept[0]!.event.kind).toMatch(/^(button\.pressed|code\.received)$/);
    expect(bridge.counts().unfit).toBe(1);
  });
});

describe('a device on a wire that somebody entered', () => {
  it('is online when it is heard, offline when its line is not, and told again when the hub is back', () => {
    const { bridge, announced, radar, clock } = bridgeWith([{ id: 'bathroom', heardAs: ['g1.radar.radar'] }]);
    void bridge.heard(radar, fall);
    clock.pass(5_000);
    void bridge.heard(radar, fall);
    bridge.lineChanged('radar', false);
    bridge.announceAll();
    bridge.lineChanged('radar', true);
    clock.pass(5_000);
    void bridge.heard(radar, fall);
    expect(announced).toEqual(['bathroom online', 'bathroom offline', 'bathroom offline', 'bathroom online']);
  });

  it('is offline when its line is not there, though only an earlier process has heard it', () => {
    const { bridge, announced } = bridgeWith([
      { id: 'bathroom', heardAs: ['G1.radar.radar'] },
      { id: 'pendant', heardAs: ['rf433.ev1527.0f749'] },
      { id: 'both', heardAs: ['g1.radar.other', 'rf433.ev1527.00001'] },
      { id: 'elsewhere', heardAs: ['g2.radar.radar'] },
    ]);
    bridge.lineChanged('radar', false);
    bridge.lineChanged('radio', false);
    bridge.lineChanged('radar', false);
    expect(announced).toEqual(['bathroom offline']);
    bridge.announceAll();
    expect(announced).toEqual(['bathroom offline', 'bathroom offline']);
  });

  it('while its line is not there is offline at once, and is not spoken of when it is no longer entered', () => {
    const { bridge, announced, devices } = bridgeWith();
    bridge.lineChanged('radar', false);
    devices.push({ id: 'bathroom', heardAs: ['g1.radar.radar'] });
    bridge.mapChanged();
    bridge.mapChanged();
    expect(announced).toEqual(['bathroom offline']);
    devices.pop();
    bridge.mapChanged();
    bridge.announceAll();
    expect(announced).toEqual(['bathroom offline']);
  });
});
