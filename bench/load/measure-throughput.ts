import { loadShape } from '../load-shape.ts';
import type { Place } from '../place.ts';
import { openEventFlow } from './event-flow.ts';
import type { EventFlow } from './event-flow.ts';
import { followLines } from './stored-lines.ts';
import { millisecondsPass, until } from './waiting.ts';

export type ThroughputResult = {
  perSecond: number;
  /** All of the run, warm-up included: by PUBACK, or where that says nothing by what the file of events has. */
  acknowledged: number;
  /** How much of one core the load generator used itself. */
  generatorCores: number;
};

const lookEveryMs = 1;
/** Packets in one write where a file and not the connection says that there is room. */
const atOnce = 8;

/**
 * As many events as the subject takes. Each connection has the same number in flight at all times; in flight is what has not
 * been acknowledged, or, where that means nothing and a file tells what is stored, what does not stand in the file.
 */
export async function measureThroughput(
  place: Place,
  { warmUpSeconds, seconds }: { warmUpSeconds: number; seconds: number },
): Promise<ThroughputResult> {
  const flows = await Promise.all(place.sensors.map(async (sensor) => openEventFlow(place.mqttPort, sensor)));
  const lines = place.eventsFile === undefined ? null : followLines(place.eventsFile);
  const acknowledged = (): number =>
    lines ? lines.count() : flows.reduce((sum, flow) => sum + flow.acknowledged(), 0);
  let isRunning = true;
  let sent = 0;
  let turn = 0;
  const all = loadShape.inFlight * flows.length;
  const send = (flow: EventFlow | undefined, count: number): void => {
    sent += count;
    flow?.send(count);
  };
  for (const flow of flows) {
    flow.onAcknowledged((count) => {
      if (isRunning && lines === null) send(flow, count);
    });
    send(flow, loadShape.inFlight);
  }
  const looking = setInterval(() => {
    if (!isRunning || lines === null) return;
    for (let free = all - (sent - lines.count()); free > 0; free -= atOnce)
      send(flows[turn++ % flows.length], Math.min(free, atOnce));
  }, lookEveryMs);
  await millisecondsPass(warmUpSeconds * 1000);

  const before = { atMs: performance.now(), acknowledged: acknowledged(), cpu: process.cpuUsage() };
  await millisecondsPass(seconds * 1000);
  const count = acknowledged() - before.acknowledged;
  const elapsedMs = performance.now() - before.atMs;
  const { user, system } = process.cpuUsage(before.cpu);

  isRunning = false;
  clearInterval(looking);
  const isQuiet = (): boolean => acknowledged() === sent && flows.every((flow) => flow.inFlight() === 0);
  await until(isQuiet, 10_000, 'every event to be acknowledged');
  lines?.close();
  for (const flow of flows) flow.close();
  return {
    perSecond: (count * 1000) / elapsedMs,
    acknowledged: sent,
    generatorCores: (user + system) / 1000 / elapsedMs,
  };
}
