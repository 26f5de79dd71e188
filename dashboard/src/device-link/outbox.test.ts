import { expect, it } from 'vitest';
import { nextReassurance } from './device-link.ts';
import { mqttUrl } from './open-link.ts';
import { createOutbox, eventMessage } from './outbox.ts';

function shelf(text: string | null = null) {
  const kept = { text };
  return { kept, read: () => kept.text, write: (written: string) => void (kept.text = written) };
}
const event = (id: string, kind: 'button.pressed' | 'motion.detected', happenedAtMs = 0) => ({
  id,
  kind,
  happenedAtMs,
});

it('a press outlives a reload, until it is acknowledged', () => {
  const store = shelf();
  createOutbox(store, () => 0).add(event('a', 'button.pressed'));
  const reloaded = createOutbox(store, () => 1_000);
  expect(reloaded.waiting()).toEqual([event('a', 'button.pressed')]);
  reloaded.accept('a');
  expect(createOutbox(store, () => 1_000).waiting()).toEqual([]);
});

it('a call goes before what is routine, and never gives way to it', () => {
  const outbox = createOutbox(shelf(), () => 0);
  for (let index = 0; index < 300; index += 1) outbox.add(event(`m${index}`, 'motion.detected'));
  outbox.add(event('call', 'button.pressed'));
  for (let index = 300; index < 600; index += 1) outbox.add(event(`m${index}`, 'motion.detected'));
  const waiting = outbox.waiting();
  expect(waiting[0]?.id).toBe('call');
  expect(waiting).toHaveLength(201);
  expect(waiting.at(-1)?.id).toBe('m599');
});

it('a press of the day before, and what cannot be read, are not sent', () => {
  const store = shelf(JSON.stringify([event('old', 'button.pressed')]));
  expect(createOutbox(store, () => 25 * 3_600_000).waiting()).toEqual([]);
  expect(createOutbox(shelf('{'), () => 0).waiting()).toEqual([]);
});

it('each transmission says anew how long ago it was', () => {
  const pressed = { ...event('a', 'button.pressed', 1_000), details: { key: 'help' } };
  expect(JSON.parse(eventMessage(pressed, 61_000))).toEqual({
    id: 'a',
    kind: 'button.pressed',
    ageMs: 60_000,
    data: { key: 'help' },
  });
});

it('reassurance goes forward only, and anew with another alarm', () => {
  const answered = { alarmId: 'a', state: 'answered' } as const;
  expect(nextReassurance(answered, { alarmId: 'a', state: 'received' })).toEqual(answered);
  expect(nextReassurance(answered, { alarmId: 'b', state: 'received' }).state).toBe('received');
});

it('the MQTT port for browsers stands beside the page', () => {
  expect(mqttUrl({ protocol: 'https:', host: 'hub.example.org' })).toBe('wss://hub.example.org/mqtt');
  expect(mqttUrl({ protocol: 'http:', host: '127.0.0.1:8080' })).toBe('ws://127.0.0.1:8080/mqtt');
});
