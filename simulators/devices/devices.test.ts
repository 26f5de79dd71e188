import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deviceEventSchema } from '@carebell/contracts/messages.ts';
import { compose } from '../compose.ts';
import type { Simulators } from '../compose.ts';
import { startTestBroker } from '../testing/broker.ts';
import type { TestBroker } from '../testing/broker.ts';
import { createHandTime } from '../testing/hand-time.ts';
import type { HandTime } from '../testing/hand-time.ts';

/** A hand that moves the clock by minutes leaves no time for a PUBACK. */
const patient = { pubackLimitMs: 3_600_000 };
const account = { id: 'dev-1', secret: 'secret-1' };
let broker: TestBroker;
let time: HandTime;
let simulators: Simulators;

beforeEach(async () => {
  broker = await startTestBroker();
  time = createHandTime();
  simulators = compose({ hubUrl: broker.url }, { time });
});
afterEach(async () => {
  await simulators.stop();
  await broker.close();
});

const said = () =>
  broker.bodies('/event').map((body) => {
    const { kind, data } = deviceEventSchema.parse(body);
    return data === undefined ? kind : `${kind} ${Object.values(data).join(' ')}`;
  });
const saying = (...expected: string[]) => vi.waitFor(() => expect(said()).toEqual(expected));

test('a fall is first suspected and counts as a fall when the cancel window has passed', async () => {
  const detector = simulators.fallDetector(account, patient);
  detector.start();
  const { outcome } = detector.fall();
  await saying('fall.suspected');
  time.advance(19_999);
  expect(said()).toEqual(['fall.suspected']);
  time.advance(1);
  expect(await outcome).toMatchObject({ outcome: 'detected' });
  await saying('fall.suspected', 'fall.detected');
});

test('the wearer cancels a suspected fall within the window, and afterwards takes back what was reported', async () => {
  const detector = simulators.fallDetector(account, { ...patient, cancelWindowMs: 10_000 });
  detector.start();
  const { outcome } = detector.fall();
  time.advance(9_999);
  detector.cancel();
  expect(await outcome).toMatchObject({ outcome: 'cancelled' });
  time.advance(60_000);
  await saying('fall.suspected', 'fall.cleared');
  detector.cancel();
  await saying('fall.suspected', 'fall.cleared', 'button.cancelled help');
});

test('a second fall within the window belongs to the first', async () => {
  const detector = simulators.fallDetector(account, patient);
  detector.start();
  expect(detector.fall()).toBe(detector.fall());
  time.advance(20_000);
  await saying('fall.suspected', 'fall.detected');
});

test('every key of a terminal and every way to press it is told', async () => {
  const terminal = simulators.terminal(account);
  terminal.start();
  terminal.press('help', 'long');
  terminal.press('registration');
  terminal.press('taxi', 'double');
  terminal.press('meal');
  terminal.press('advice');
  terminal.cancel('taxi');
  const expected = [
    'button.pressed help long',
    'button.pressed registration short',
    'button.pressed taxi double',
    'button.pressed meal short',
    'button.pressed advice short',
    'button.cancelled taxi',
  ];
  await vi.waitFor(() => expect(said()).toEqual(expected));
});

test('a motion sensor reports the begin and the end of movement, not each step', async () => {
  const sensor = simulators.motionSensor(account, { ...patient, holdMs: 30_000 });
  sensor.start();
  sensor.sense();
  time.advance(20_000);
  expect(sensor.sense()).toBeUndefined();
  time.advance(29_999);
  await saying('motion.detected');
  time.advance(1);
  await saying('motion.detected', 'motion.cleared');
});

test('door, bed and smoke are told as they happen', async () => {
  const door = simulators.doorSensor({ id: 'door-1', secret: '' });
  const bed = simulators.bedSensor({ id: 'bed-1', secret: '' });
  const smoke = simulators.smokeDetector({ id: 'smoke-1', secret: '' });
  for (const device of [door, bed, smoke]) device.start();
  const moments = [
    () => door.open(),
    () => door.close(),
    () => bed.leave(),
    () => bed.enter(),
    () => smoke.detect(),
    () => smoke.clear(),
    () => smoke.test(),
  ];
  for (const moment of moments) await moment().delivery;
  expect(said()).toEqual([
    'door.opened',
    'door.closed',
    'bed.left',
    'bed.entered',
    'smoke.detected',
    'smoke.cleared',
    'test.pressed',
  ]);
});
