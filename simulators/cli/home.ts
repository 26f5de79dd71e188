import { compose } from '../compose.ts';
import { furnish, liveDays } from '../home/household.ts';
import { seededRandom } from '../random.ts';
import { fasterTime, systemTime } from '../time.ts';
import { elapsed } from './attendance.ts';
import { exitCodes, UsageError } from './desk.ts';
import type { Desk, ExitCode } from './desk.ts';
import { accountsFor } from './device-choice.ts';
import type { CommonOptions } from './device-choice.ts';

export type HomeOptions = CommonOptions & {
  from: number;
  hours: number;
  pace: number;
  seed: string;
  timeout: number;
};

const hourMs = 3_600_000;

export async function home(options: HomeOptions, desk: Desk): Promise<ExitCode> {
  const { texts } = desk;
  const { devices } = await accountsFor(options, desk);
  const resident = options.resident ?? devices.find(({ type }) => type === 'door-sensor')?.resident ?? null;
  const owned = devices.filter((device) => resident !== null && device.resident === resident);
  if (resident === null || owned.length === 0) throw new UsageError(texts['no-such-resident']);

  const simulators = compose({ hubUrl: options.hub, seed: options.seed });
  const household = owned.map((account) => furnish(simulators, account));
  const counts = { sent: 0, accepted: 0 };
  const failed = new AbortController();
  for (const { account, device } of household) {
    device.observe((happening) => {
      if (happening.type === 'sent' && happening.transmission === 1) counts.sent += 1;
      if (happening.type === 'accepted') {
        counts.accepted += 1;
        desk.print(`${account.id} ${happening.kind} · ${texts.accepted(happening.pubackMs.toFixed(1))}`);
      }
      if (happening.type === 'disconnected' && happening.end.reason !== 'lost' && !failed.signal.aborted) {
        const { end } = happening;
        desk.printError(
          end.reason === 'refused'
            ? `${account.id}: ${texts.refused(end.code)}`
            : texts.unreachable(options.hub, end.code),
        );
        failed.abort();
      }
    });
    device.start();
  }
  desk.print(texts.dayBegins(resident, household.length));
  const time = fasterTime(systemTime, options.pace);
  const endDays = liveDays(household, {
    time,
    random: seededRandom(`${options.seed}:${resident}`),
    startAtMs: options.from * hourMs,
    observe: ({ atMs, act, deviceId }) => desk.print(`${timeOfDay(atMs)} ${deviceId} ${act}`),
  });
  await elapsed((options.hours * hourMs) / options.pace, desk.interrupted, failed.signal);
  endDays();
  const deadline = AbortSignal.timeout(options.timeout * 1000);
  while (
    household.some(({ device }) => device.state().waiting > 0) &&
    !deadline.aborted &&
    !failed.signal.aborted
  ) {
    await elapsed(50, deadline);
  }
  await simulators.stop();
  desk.print(texts.dayEnds(counts.accepted, counts.sent));
  return failed.signal.aborted || counts.accepted < counts.sent ? exitCodes.notAccepted : exitCodes.accepted;
}

function timeOfDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(11, 16);
}
