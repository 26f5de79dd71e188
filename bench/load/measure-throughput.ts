import { loadShape } from '../load-shape.ts';
import type { Place } from '../place.ts';
import { openEventFlow } from './event-flow.ts';
import { millisecondsPass, until } from './waiting.ts';

export type ThroughputResult = {
  perSecond: number;
  /** All of the run, warm-up included. */
  acknowledged: number;
  /** How much of one core the load generator used itself. */
  generatorCores: number;
};

/** As many events as the subject acknowledges: each connection has the same number in flight at all times. */
export async function measureThroughput(
  place: Place,
  { warmUpSeconds, seconds }: { warmUpSeconds: number; seconds: number },
): Promise<ThroughputResult> {
  const flows = await Promise.all(place.sensors.map(async (sensor) => openEventFlow(place.mqttPort, sensor)));
  const acknowledged = (): number => flows.reduce((sum, flow) => sum + flow.acknowledged(), 0);
  let isRunning = true;
  for (const flow of flows) {
    flow.onAcknowledged((count) => {
      if (isRunning) flow.send(count);
    });
    flow.send(loadShape.inFlight);
  }
  await millisecondsPass(warmUpSeconds * 1000);

  const before = { atMs: performance.now(), acknowledged: acknowledged(), cpu: process.cpuUsage() };
  await millisecondsPass(seconds * 1000);
  const count = acknowledged() - before.acknowledged;
  const elapsedMs = performance.now() - before.atMs;
  const { user, system } = process.cpuUsage(before.cpu);

  isRunning = false;
  await until(() => flows.every((flow) => flow.inFlight() === 0), 10_000, 'every event to be acknowledged');
  const all = acknowledged();
  for (const flow of flows) flow.close();
  return {
    perSecond: (count * 1000) / elapsedMs,
    acknowledged: all,
    generatorCores: (user + system) / 1000 / elapsedMs,
  };
}
