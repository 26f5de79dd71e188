import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceIdSchema } from './ids.ts';
import { buildTopic, parseTopic, topicKinds } from './topics.ts';
import type { Topic } from './topics.ts';

const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/);
const topic: fc.Arbitrary<Topic> = fc.oneof(
  fc.record({
    of: fc.constant('device' as const),
    deviceId: id,
    kind: fc.constantFrom(...topicKinds.device),
  }),
  fc.record({
    of: fc.constant('gateway' as const),
    gatewayId: id,
    kind: fc.constantFrom(...topicKinds.gateway),
  }),
);

describe('topics', () => {
  it('parses every topic back that it builds', () => {
    fc.assert(
      fc.property(topic, (parsed) => {
        expect(parseTopic(buildTopic(parsed))).toEqual(parsed);
      }),
    );
  });

  it('builds every topic back that it parses', () => {
    const anyTopic = fc.oneof(
      topic.map(buildTopic),
      fc
        .tuple(fc.constantFrom('carebell/v1/', 'carebell/v2/', ''), fc.string(), fc.string(), fc.string())
        .map(([root, ...levels]) => root + levels.join('/')),
    );
    fc.assert(
      fc.property(anyTopic, (text) => {
        const parsed = parseTopic(text);
        expect(parsed === undefined ? text : buildTopic(parsed)).toBe(text);
      }),
    );
  });

  it('takes exactly the identifiers that the identifier schema takes', () => {
    fc.assert(
      fc.property(fc.oneof(id, fc.string()), (deviceId) => {
        const isTopic = parseTopic(`carebell/v1/devices/${deviceId}/event`) !== undefined;
        expect(isTopic).toBe(deviceIdSchema.safeParse(deviceId).success);
      }),
    );
  });

  it.each([
    'carebell/v1/devices/+/event',
    'carebell/v1/devices/#',
    'carebell/v1/devices/b1/event/',
    'carebell/v1/devices/b1/unknown',
    'carebell/v1/devices//event',
    'carebell/v1/gateways/g1/event',
    'carebell/v1/devices/b1/constructor',
    '$SYS/broker/clients',
  ])('does not parse %s', (text) => {
    expect(parseTopic(text)).toBeUndefined();
  });
});
