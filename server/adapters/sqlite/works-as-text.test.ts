import { deviceEventSchema } from '@carebell/contracts/messages.ts';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Work } from '../../journal/journal-port.ts';
import { worksFromText, worksToText } from './works-as-text.ts';

const id = fc.string({ minLength: 1, maxLength: 20 });
/** Few, so that one event after another comes from the same place. */
const place = fc.constantFrom('a', 'b');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const origin = fc.record(
  {
    deviceId: place,
    residentId: maybe(place),
    stationId: maybe(place),
    gatewayId: maybe(place),
    isKnown: fc.boolean(),
    receivedAtMs: fc.maxSafeNat(),
    isUnregistered: fc.constant(true),
  },
  { requiredKeys: ['deviceId', 'residentId', 'stationId', 'gatewayId', 'isKnown', 'receivedAtMs'] },
);
const event = fc.record(
  {
    id,
    kind: fc.string(),
    at: fc.constant('2026-11-21T08:00:00Z'),
    ageMs: fc.nat(),
    data: fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown),
    ),
  },
  { requiredKeys: ['id', 'kind'] },
);
const work: fc.Arbitrary<Work> = fc.oneof(
  fc.record({ event, origin }).map((input): Work => ({ name: 'receiveEvent', input })),
  origin.map((from): Work => ({ name: 'receiveReading', input: { reading: { battery: 80 }, origin: from } })),
  fc.constant<Work>({ name: 'indexByDevice', input: null }),
);

it('works come out of the text as they went in', () => {
  fc.assert(
    fc.property(fc.array(work), (works) => {
      expect(worksFromText(worksToText(works) ?? '')).toEqual(works);
    }),
  );
});

it('no field of an event is forgotten', () => {
  expect(Object.keys(deviceEventSchema.shape)).toEqual(['id', 'kind', 'at', 'ageMs', 'data']);
});

it('a batch with bytes in it is not made text', () => {
  const from = {
    deviceId: 'x',
    residentId: null,
    stationId: null,
    gatewayId: null,
    isKnown: true,
    receivedAtMs: 0,
  };
  const malformed: Work = {
    name: 'receiveMalformed',
    input: { payload: new Uint8Array([1]), reason: 'no JSON', origin: from, topicKind: 'event' },
  };
  expect(worksToText([malformed])).toBeUndefined();
});
