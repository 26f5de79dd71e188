import { buildTopic } from '@carebell/contracts/topics.ts';
import { loadShape } from '../load-shape.ts';
import type { Gateway, Place } from '../place.ts';
import { pressPacket } from './button.ts';
import { connectMqtt } from './mqtt-connection.ts';
import { openScreen } from './screen.ts';
import { until } from './waiting.ts';

export type AlarmsResult = { perSecond: number; alarms: number };

/** The part of the presses that only warms up. */
const warmUpPart = 0.2;
const limitMs = 120_000;

/**
 * Help presses of distinct residents as fast as they are acknowledged, with a screen that shows every alarm. The
 * buttons hear what their residents are told.
 */
export async function measureAlarms(place: Place): Promise<AlarmsResult> {
  const shown = new Set<string>();
  const screen = await openScreen(place.feed, (deviceId) => void shown.add(deviceId));
  const gateways = await Promise.all(
    place.gateways.map(async (gateway) => openGateway(place.mqttPort, gateway)),
  );
  const all = place.gateways.reduce((sum, { buttonIds }) => sum + buttonIds.length, 0);
  const warmUps = Math.floor(all * warmUpPart);

  async function press(alarms: number): Promise<void> {
    for (const gateway of gateways) gateway.press(Math.ceil(alarms / gateways.length));
    const isDone = (): boolean => gateways.every((gateway) => gateway.isAcknowledged());
    await until(isDone, limitMs, 'every press to be acknowledged');
  }
  await press(warmUps);
  const startedAtMs = performance.now();
  const before = gateways.reduce((sum, gateway) => sum + gateway.pressed(), 0);
  await press(all - warmUps);
  const endedAtMs = Math.max(...gateways.map((gateway) => gateway.acknowledgedAtMs()));
  await until(() => shown.size === all, limitMs, 'every alarm to reach the screen');

  screen.close();
  for (const gateway of gateways) gateway.close();
  return { perSecond: ((all - before) * 1000) / (endedAtMs - startedAtMs), alarms: shown.size };
}

async function openGateway(port: number, gateway: Gateway) {
  const connection = await connectMqtt(port, gateway);
  await connection.subscribe(buildTopic({ of: 'device', deviceId: '+', kind: 'command' }), 1);
  let pressed = 0;
  let acknowledged = 0;
  let acknowledgedAtMs = 0;
  let goal = 0;

  function pressNext(): void {
    const deviceId = gateway.buttonIds[pressed];
    if (deviceId === undefined || pressed === goal) return;
    connection.socket.write(pressPacket(deviceId, pressed++));
  }
  connection.onPuback(() => {
    acknowledged++;
    acknowledgedAtMs = performance.now();
    pressNext();
  });
  return {
    press(count: number): void {
      goal = Math.min(goal + count, gateway.buttonIds.length);
      for (let index = 0; index < loadShape.inFlight; index++) pressNext();
    },
    pressed: () => pressed,
    isAcknowledged: () => acknowledged === goal,
    acknowledgedAtMs: () => acknowledgedAtMs,
    close: () => void connection.socket.destroy(),
  };
}
