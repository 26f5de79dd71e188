import { randomUUID } from 'node:crypto';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community, SignedIn } from '../community.ts';
import { eventuallyTold } from '../eventually.ts';
import { hastyClock } from '../hasty-clock.ts';
import { closeAlarm, newButton, openLookout } from '../lookout.ts';
import type { Lookout } from '../lookout.ts';
import { saidBy, timesRefused } from '../records.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectTo } from '../virtual-party.ts';

let hub: ScenarioHub;
let community: Community;
let lookout: Lookout;

beforeAll(async () => {
  hub = await startHub({ clock: hastyClock });
  community = await settle(hub);
  lookout = await openLookout(hub, community);
});
afterEach(() => lookout.expectAlarmsStillRaised());
afterAll(async () => {
  lookout.close();
  await hub.stop();
});

type Kind = 'event' | 'reading' | 'availability' | 'command/result';

/** Publishes as a device of its own; resolves at the PUBACK. */
async function say(payload: string | Buffer, kind: Kind = 'event'): Promise<SignedIn> {
  const device = await newButton(hub, community);
  const client = await connectTo(hub, device, { reconnectPeriod: 0 });
  await client.publishAsync(buildTopic({ of: 'device', deviceId: device.id, kind }), payload, { qos: 1 });
  await client.endAsync();
  return device;
}

const id = () => randomUUID();
const press = (more: object = {}) => ({ id: id(), kind: 'button.pressed', ...more });
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('a payload that is no event is acknowledged, kept as it came with the reason, and raises nothing', () => {
  const bad: [what: string, payload: string | Buffer, reason: string | RegExp, kind?: Kind][] = [
    ['nothing at all', '', /no JSON/],
    ['half an object', '{"id":"1","kind":', /no JSON/],
    ['words', 'help me', /no JSON/],
    ['a byte order mark ahead of an event', `\uFEFF${JSON.stringify(press())}`, /no JSON/],
    ['two events in one payload', JSON.stringify(press()).repeat(2), /no JSON/],
    ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28]), /no JSON/],
    ['null', 'null', 'payload: '],
    ['a number', '1', 'payload: '],
    ['a text', '"button.pressed"', 'payload: '],
    ['an empty list', '[]', 'payload: '],
    ['a list of events', JSON.stringify([press()]), 'payload: '],
    ['an empty object', '{}', 'id: '],
    ['an identifier that is a number', JSON.stringify(press({ id: 7 })), 'id: '],
    ['an empty identifier', JSON.stringify(press({ id: '' })), 'id: '],
    ['an identifier with a space', JSON.stringify(press({ id: 'a b' })), 'id: '],
    ['an identifier with a NUL', JSON.stringify(press({ id: 'a\0b' })), 'id: '],
    ['an identifier of 65 characters', JSON.stringify(press({ id: 'x'.repeat(65) })), 'id: '],
    ['no kind', JSON.stringify({ id: id() }), 'kind: '],
    ['a kind that is a list', JSON.stringify(press({ kind: ['button.pressed'] })), 'kind: '],
    ['a kind in capitals', JSON.stringify(press({ kind: 'BUTTON' })), 'kind: '],
    ['data that is a list', JSON.stringify(press({ data: ['help'] })), 'data: '],
    ['data that is a text', JSON.stringify(press({ data: 'help' })), 'data: '],
    ['a time that is a number', JSON.stringify(press({ at: Date.now() })), 'at: '],
    ['a time without a zone', JSON.stringify(press({ at: '2026-03-14T08:00:00' })), 'at: '],
    ['a day that does not exist', JSON.stringify(press({ at: '2026-02-30T08:00:00Z' })), 'at: '],
    ['a negative age', JSON.stringify(press({ ageMs: -1 })), 'ageMs: '],
    ['an age that is no number', JSON.stringify(press({ ageMs: '10' })), 'ageMs: '],
    ['an age of thousands of years', JSON.stringify(press({ ageMs: 1e14 })), 'ageMs: '],
    ['an age beyond all numbers', JSON.stringify(press()).replace('}', ',"ageMs":1e999}'), 'ageMs: '],
    [
      'an event in 17 KiB',
      JSON.stringify(press({ data: { x: 'x'.repeat(17 * 1024) } })),
      /of 17\d\d\d bytes/,
    ],
    [
      'an event as deep as it is long',
      `{"id":"${id()}","kind":"button.pressed","data":{"key":"help","x":${nested(8_000)}}}`,
      /deep/,
    ],
    ['brackets and nothing else', '['.repeat(16_000), /no JSON|deep/],
    ['a battery in words', '{"battery":"full"}', 'battery: ', 'reading'],
    ['a battery over 100 percent', '{"battery":101}', 'battery: ', 'reading'],
    ['a list of readings', '[{"battery":50}]', 'payload: ', 'reading'],
    ['a result without its command', '{"ok":true}', 'id: ', 'command/result'],
    ['an availability that is neither', 'maybe', /availability/, 'availability'],
  ];

  it.each(bad)('%s', async (_, payload, reason, kind = 'event') => {
    const device = await say(payload, kind);
    const said = (await saidBy(hub.admin, device.id)).filter(({ type }) => type !== 'availability');
    expect(said).toMatchObject([
      {
        type: 'malformed',
        kind: null,
        reason: typeof reason === 'string' ? expect.stringContaining(reason) : expect.stringMatching(reason),
        body: { topicKind: kind, bytes: Buffer.byteLength(payload) },
      },
    ]);
    const { text, base64 } = said[0]!.body as { text?: string; base64?: string };
    const kept = text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text);
    expect(kept.equals(Buffer.from(payload).subarray(0, 16 * 1024))).toBe(true);
    await eventuallyTold(async () => expect(await timesRefused(hub.admin, 'malformed', device.id)).toBe(1));
    expect([...lookout.screen.alarms.values()].filter(({ deviceId }) => deviceId === device.id)).toEqual([]);
  });
});

describe('a doubtful press is a call for help', () => {
  const bytes = (data: string | Buffer) =>
    Buffer.concat([
      Buffer.from(`{"id":"${id()}","kind":"button.pressed","data":{"key":`),
      Buffer.from(data),
      Buffer.from('}}'),
    ]);
  it.each([
    ['without data', Buffer.from(JSON.stringify(press()))],
    ['without a key', Buffer.from(JSON.stringify(press({ data: {} })))],
    ['with a key that nobody knows', bytes('"sos"')],
    ['with a key that every object has', bytes('"constructor"')],
    ['with a key that is a number', bytes('3')],
    ['with a key that is an object', bytes('{"help":true}')],
    ['with a key that is null', bytes('null')],
    ['with a key that is no UTF-8', bytes(Buffer.from([0x22, 0xff, 0xc3, 0x22]))],
    ['with a NUL and half a surrogate pair', bytes('"\\u0000\\ud800"')],
    ['with a poisoned prototype', bytes('"x","__proto__":{"key":"taxi"}')],
    ['with fields that nobody knows', Buffer.from(JSON.stringify(press({ sos: true, __v: 2 })))],
  ])('%s', async (_, payload) => {
    const device = await say(payload);
    const alarm = await lookout.alarmOf(device.id);
    expect(alarm).toMatchObject({ kind: 'help', priority: 'emergency', presses: 1, isLate: false });
    await closeAlarm(hub, alarm.id);
  });
});

it('an event of a kind that nobody knows is stored and shown to installers, and raises nothing', async () => {
  const device = await say(JSON.stringify({ id: id(), kind: 'shoe.untied', data: { left: true } }));
  const { installer } = community;
  expect((await saidBy(installer, device.id)).filter(({ type }) => type === 'event')).toMatchObject([
    { kind: 'shoe.untied', isKindKnown: false, body: { data: { left: true } } },
  ]);
  expect((await hub.admin.get(`/alarms?phase=all&deviceId=${device.id}`)).body).toMatchObject({ items: [] });
});

describe('the time of a press', () => {
  const hourMs = 3_600_000;
  const at = (agoMs: number) => ({ at: new Date(Date.now() - agoMs).toISOString() });
  it.each([
    ['an hour in the future is not believed', at(-hourMs), 0, false, 'clock-ahead'],
    ['in the year 9999 is not believed', { at: '9999-12-31T23:59:59Z' }, 0, false, 'clock-ahead'],
    ['two minutes in the future is now', at(-2 * 60_000), 0, false, undefined],
    ['in 1970 is a clock that was never set', { at: '1970-01-01T00:00:07Z' }, 0, false, 'clock-not-set'],
    ['ten seconds ago is believed', at(10_000), 10_000, false, undefined],
    ['three days ago is late, and an alarm all the same', at(72 * hourMs), 72 * hourMs, true, undefined],
    ['with another offset is the same instant', offsetTime(hourMs), hourMs, true, undefined],
    ['told as an age of ten seconds', { ageMs: 10_000 }, 10_000, false, undefined],
    ['told as an age of ten minutes', { ageMs: 600_000 }, 600_000, true, undefined],
    [
      'told as an age of 399 days is late as well',
      { ageMs: 399 * 24 * hourMs },
      399 * 24 * hourMs,
      true,
      undefined,
    ],
  ])('%s', async (_, time, agoMs, isLate, doubt) => {
    const device = await say(JSON.stringify(press({ data: { key: 'help' }, ...time })));
    const alarm = await lookout.alarmOf(device.id);
    expect(alarm.isLate).toBe(isLate);
    const [event] = (await saidBy(hub.admin, device.id)).filter(({ type }) => type === 'event');
    const distanceMs = Date.parse(event!.receivedAt) - Date.parse(alarm.pressedAt) - agoMs;
    expect(distanceMs).toBeGreaterThanOrEqual(0);
    expect(distanceMs).toBeLessThan(agoMs === 0 || 'ageMs' in time ? 1 : 60_000);
    expect((event!.body as { doubt?: string }).doubt).toBe(doubt);
    await closeAlarm(hub, alarm.id);
  });

  function offsetTime(agoMs: number): { at: string } {
    const local = new Date(Date.now() - agoMs + 8 * hourMs).toISOString().replace('Z', '+08:00');
    return { at: local };
  }
});

it('one press that is sent fifty times is one alarm with one press, and 49 duplicates are counted', async () => {
  const device = await newButton(hub, community);
  const client = await connectTo(hub, device);
  const payload = JSON.stringify(press({ data: { key: 'help' } }));
  const topic = buildTopic({ of: 'device', deviceId: device.id, kind: 'event' });
  await Promise.all(Array.from({ length: 50 }, () => client.publishAsync(topic, payload, { qos: 1 })));
  const alarm = await lookout.alarmOf(device.id);
  expect(alarm).toMatchObject({ presses: 1, version: 2 });
  await eventuallyTold(async () => expect(await timesRefused(hub.admin, 'duplicate', device.id)).toBe(49));
  const { body } = await hub.admin.get<{ items: unknown[] }>(`/alarms?phase=all&deviceId=${device.id}`);
  expect(body.items).toHaveLength(1);
  await closeAlarm(hub, alarm.id);
  await client.endAsync();
});
