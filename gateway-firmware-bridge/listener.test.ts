import { expect, test, vi } from 'vitest';
import { createDeviceMap } from './device-map.ts';
import type { Decoded, Driver, FramedDriver, PolledDriver } from './drivers/driver.ts';
import { createListener } from './listener.ts';
import type { Overheard } from './listener.ts';
import { createRecordedTime } from './replay.ts';

/** Each byte is a key of one sender; 0 begins a frame that the next byte completes, 0xff asks for an answer. */
const byteRadio: FramedDriver = {
  name: 'byte-radio',
  about: '',
  line: { baudRate: 9600 },
  addressScope: 'port',
  silenceLimitMs: 60_000,
  mode: 'framed',
  frameGapMs: 50,
  onOpen: [new Uint8Array([1])],
  keepAlive: { bytes: new Uint8Array([2]), everyMs: 1000 },
  createDecoder() {
    let isOpen = false;
    return {
      push: (bytes) =>
        [...bytes].flatMap((byte): Decoded[] => {
          const wasOpen = isOpen;
          isOpen = byte === 0;
          if (isOpen) return [];
          if (byte === 0xff) return [{ of: 'reply', bytes: new Uint8Array([6]) }];
          const reading = { of: 'reading', address: 'node.5', reading: { rssi: -70 } } as const;
          return [
            {
              of: 'heard',
              heard: wasOpen ? reading : { of: 'signal', address: 'node.5', signal: `key.${byte}` },
            },
          ];
        }),
      quiet() {
        const wasOpen = isOpen;
        isOpen = false;
        return wasOpen ? [{ of: 'rejected', reason: 'cut', bytes: new Uint8Array([0]), length: 1 }] : [];
      },
    };
  },
};

function listen(driver: Driver) {
  const time = createRecordedTime();
  const written: number[][] = [];
  const heard: Overheard[] = [];
  const hub = [
    {
      id: 'btn-1',
      type: 'button',
      heardAs: 'gw-1.radio.node.5',
      signals: {},
    },
  ];
  const listener = createListener({
    driver,
    options: {},
    portName: 'radio',
    gatewayId: 'gw-1',
    map: createDeviceMap({ local: [], hub, gatewayId: 'gw-1', portNames: ['radio'] }),
    clock: time,
    write: (bytes) => written.push([...bytes]),
    overheard: (item) => heard.push(item),
  });
  return { time, written, heard, listener };
}
const sender = { deviceId: 'btn-1', heardId: 'gw-1.radio.node.5', isMapped: true };

test('bytes become the event that the hub would be told, once for all repetitions', () => {
  const { listener, heard, time } = listen(byteRadio);
  for (let frame = 0; frame < 3; frame += 1) {
    listener.push(new Uint8Array([4]));
    time.moveTo(time.monotonic() + 100);
  }
  expect(heard).toEqual([
    { of: 'event', kind: 'button.pressed', data: { key: 'help', signal: 'key.4' }, ...sender },
    { of: 'repetition' },
    { of: 'repetition' },
  ]);
});

test('readings pass; a frame that is not completed in time is given up, and one that is, is not', () => {
  const { listener, heard, time } = listen(byteRadio);
  listener.push(new Uint8Array([0]));
  time.moveTo(49);
  listener.push(new Uint8Array([7]));
  expect(heard).toEqual([{ of: 'reading', reading: { rssi: -70 }, ...sender }]);
  listener.push(new Uint8Array([0]));
  time.moveTo(200);
  expect(heard.at(-1)).toMatchObject({ of: 'rejected', reason: 'cut' });
});

test('the firmware is told at the start what it must be told, kept alive and answered', () => {
  const { listener, written, time } = listen(byteRadio);
  listener.opened();
  listener.push(new Uint8Array([0xff]));
  time.moveTo(2500);
  listener.closed();
  time.moveTo(9000);
  expect(written).toEqual([[1], [6], [2], [2]]);
});

test('a bus is asked in turns from its opening to its closing', () => {
  const stop = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const bus: PolledDriver = {
    name: 'bus',
    about: '',
    line: { baudRate: 9600 },
    addressScope: 'port',
    silenceLimitMs: 1000,
    mode: 'polled',
    createPoller: (_options, line) => ({
      start: () => line.write(new Uint8Array([1, 2])),
      push: ([byte = 0]) =>
        line.decoded([{ of: 'heard', heard: { of: 'signal', address: 'node.5', signal: `key.${byte}` } }]),
      stop,
    }),
  };
  const { listener, written, heard } = listen(bus);
  listener.opened();
  listener.push(new Uint8Array([3]));
  listener.closed();
  expect(written).toEqual([[1, 2]]);
  expect(heard).toMatchObject([{ of: 'event', kind: 'button.pressed', data: { signal: 'key.3' } }]);
  expect(stop).toHaveBeenCalledOnce();
});
