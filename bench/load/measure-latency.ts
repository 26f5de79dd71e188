import { buildTopic } from '@carebell/contracts/topics.ts';
import { loadShape } from '../load-shape.ts';
import type { Place } from '../place.ts';
import { pressPacket } from './button.ts';
import { openEventFlow } from './event-flow.ts';
import { connectMqtt } from './mqtt-connection.ts';
import { openScreen } from './screen.ts';
import { millisecondsPass, until } from './waiting.ts';

export type LatencyResult = {
  /** Press to live feed, of every press after the warm-up. */
  latenciesMs: number[];
  backgroundPerSecond: number;
  acknowledged: number;
};

/** A steady background of events; among them presses, each of another button, from the socket's write to the screen. */
export async function measureLatency(
  place: Place,
  { warmUpSeconds, seconds }: { warmUpSeconds: number; seconds: number },
): Promise<LatencyResult> {
  const { backgroundPerSecond, pressesPerSecond } = loadShape;
  const pressedAtMs = new Map<string, number>();
  const latencyMs = new Map<string, number>();
  const screen = await openScreen(place.feed, (deviceId) => {
    const atMs = pressedAtMs.get(deviceId);
    if (atMs !== undefined) latencyMs.set(deviceId, performance.now() - atMs);
  });
  const flows = await Promise.all(place.sensors.map(async (sensor) => openEventFlow(place.mqttPort, sensor)));
  const buttons = await Promise.all(
    place.buttons.map(async (button) => {
      const connection = await connectMqtt(place.mqttPort, button);
      await connection.subscribe(buildTopic({ of: 'device', deviceId: button.id, kind: 'command' }), 1);
      return { deviceId: button.id, connection };
    }),
  );

  const startedAtMs = performance.now();
  let sent = 0;
  const background = setInterval(() => {
    const due = ((performance.now() - startedAtMs) * backgroundPerSecond) / 1000;
    for (; sent < due; sent++) flows[sent % flows.length]?.send(1);
  }, 2);
  const between = 1000 / pressesPerSecond;
  for (const [index, { deviceId, connection }] of buttons.entries()) {
    const packet = pressPacket(deviceId, 0);
    // 37 has no factor in common with 100, so that presses fall at every place between two ticks of the background.
    setTimeout(
      () => {
        pressedAtMs.set(deviceId, performance.now());
        connection.socket.write(packet);
      },
      index * between + ((index * 37) % 100) * (between / 100),
    );
  }
  await millisecondsPass((warmUpSeconds + seconds) * 1000 + between);
  clearInterval(background);
  const elapsedMs = performance.now() - startedAtMs;
  const isQuiet = (): boolean =>
    latencyMs.size === buttons.length && flows.every((flow) => flow.inFlight() === 0);
  await until(isQuiet, 10_000, 'every press to reach the screen');
  screen.close();
  for (const flow of flows) flow.close();
  for (const { connection } of buttons) connection.socket.destroy();

  const warmUp = Math.round(warmUpSeconds * pressesPerSecond);
  return {
    latenciesMs: buttons.slice(warmUp).map(({ deviceId }) => latencyMs.get(deviceId) ?? Number.NaN),
    backgroundPerSecond: (sent * 1000) / elapsedMs,
    acknowledged: sent + buttons.length,
  };
}
