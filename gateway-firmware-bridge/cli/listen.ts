import { pino } from 'pino';
import type { ListeningConfig } from '../config.ts';
import { createDryRun } from '../dry-run.ts';
import type { DryRun, Overheard } from '../dry-run.ts';
import { driverNamed } from '../drivers/drivers.ts';
import { openDeviceMap } from '../live-device-map.ts';
import type { LiveDeviceMap } from '../live-device-map.ts';
import { recordedWire } from '../recording-wire.ts';
import { createRecordedTime } from '../replay.ts';
import type { OpenWire } from '../wire.ts';
import { UsageError, exitCodes, untilInterrupted } from './desk.ts';
import type { Desk, ExitCode } from './desk.ts';
import { linesOf } from './lines.ts';

/** Shows what the ports say until it is interrupted. */
export async function listen(config: ListeningConfig, openWire: OpenWire, desk: Desk): Promise<ExitCode> {
  const { texts, clock } = desk;
  const map = openMap(config, desk);
  const account = createAccount(desk, () => timeOfDay(clock.now()));
  const run = createDryRun({
    config,
    driverNamed,
    map,
    clock,
    openWire,
    overheard: account.take,
  });
  desk.print(texts.listening(config.ports.map(({ name, path }) => `${name} (${path})`).join(', ')));
  run.start();
  await untilInterrupted(desk);
  return end(run, map, account.summary, desk);
}

/** Shows what a recording says, in its own time: the lines are the same at every speed. */
export async function listenToRecording(
  config: ListeningConfig,
  recording: { file: string; speed: number },
  desk: Desk,
): Promise<ExitCode> {
  const { texts, clock } = desk;
  const [port] = config.ports;
  if (port === undefined || config.ports.length > 1) throw new UsageError(texts.oneRecordingPort);
  const map = openMap(config, desk);
  const time = createRecordedTime();
  const account = createAccount(desk, () => (time.monotonic() / 1000).toFixed(3).padStart(10));
  let run: DryRun | undefined;
  const problem = await new Promise<unknown>((resolve) => {
    desk.interrupted.addEventListener('abort', () => resolve(null), { once: true });
    run = createDryRun({
      // A recording may be silent for days between two lines; that is no reason to begin it again.
      config: { ...config, ports: [{ ...port, silenceLimitMs: Number.MAX_SAFE_INTEGER }] },
      driverNamed,
      map,
      clock: time,
      openWire: recordedWire({ ...recording, clock, time, ended: resolve }),
      overheard: account.take,
    });
    desk.print(texts.replaying(recording.file));
    run.start();
  });
  // A frame that the recording ends in the middle of is given up, as by a line that has fallen silent.
  time.moveTo(time.monotonic() + 60_000);
  const code = await end(run, map, account.summary, desk);
  if (problem instanceof Error) throw problem;
  return code;
}

async function end(
  run: DryRun | undefined,
  map: LiveDeviceMap,
  summary: (repetitions: number) => string,
  desk: Desk,
): Promise<ExitCode> {
  await run?.stop();
  await map.stop();
  desk.print(summary(run?.repetitions() ?? 0));
  return exitCodes.ended;
}

/** Follows the file, and knows what the hub said last to the bridge that uses the same directory; leaves that as it is. */
function openMap({ deviceMapPath, dataDir, gatewayId, ports }: ListeningConfig, desk: Desk): LiveDeviceMap {
  const map = openDeviceMap({
    path: deviceMapPath,
    dataDir,
    gatewayId,
    portNames: ports.map(({ name }) => name),
    log: pino({ level: 'silent' }),
    isKept: false,
  });
  const tell = () => {
    const problems = map.problems();
    if (problems.length > 0) desk.printError(desk.texts.badMap(problems));
    else if (deviceMapPath !== undefined) desk.print(desk.texts.mapRead(map.deviceIds().length));
  };
  tell();
  map.observe(tell);
  desk.onReload(() => void map.reload());
  return map;
}

function createAccount({ texts, print }: Desk, now: () => string) {
  const counts = { event: 0, reading: 0, rejected: 0 };
  return {
    take(portName: string, item: Overheard): void {
      if (item.of === 'event' || item.of === 'reading' || item.of === 'rejected') counts[item.of] += 1;
      for (const line of linesOf(item, texts)) print(`${now()}  ${portName}  ${line}`);
    },
    summary: (repetitions: number) =>
      texts.summary(counts.event, counts.reading, repetitions, counts.rejected),
  };
}

function timeOfDay(atMs: number): string {
  const at = new Date(atMs);
  return `${at.toTimeString().slice(0, 8)}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}
