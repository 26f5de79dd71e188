import { compose } from '../compose.ts';
import type { Latencies } from '../fleet/figures.ts';
import { exitCodes, UsageError } from './desk.ts';
import type { Desk, ExitCode } from './desk.ts';
import { accountsFor } from './device-choice.ts';
import type { CommonOptions } from './device-choice.ts';

export type FleetCommandOptions = CommonOptions & {
  count?: number;
  rate: number;
  for: number;
  helpShare: number;
  connectionsPerSecond: number;
  seed: string;
  timeout: number;
};

export async function fleet(options: FleetCommandOptions, desk: Desk): Promise<ExitCode> {
  const { texts } = desk;
  const { devices } = await accountsFor(options, desk);
  const chosen = devices.slice(0, options.count);
  if (chosen.length === 0) throw new UsageError(texts['no-such-device']);
  const simulators = compose({ hubUrl: options.hub, seed: options.seed });
  const { resolve: outOfReach, promise: reachable } = Promise.withResolvers<string>();
  const town = simulators.fleet(chosen, {
    connectionsPerSecond: options.connectionsPerSecond,
    observe(_deviceId, happening) {
      if (happening.type !== 'disconnected' || happening.end.reason !== 'unreachable') return;
      outOfReach(texts.unreachable(options.hub, happening.end.code));
    },
  });
  desk.interrupted.addEventListener('abort', () => void town.stop());
  try {
    const startedAt = performance.now();
    const connection = await Promise.race([town.connect(), reachable]);
    if (typeof connection === 'string') {
      desk.printError(connection);
      return exitCodes.notAccepted;
    }
    const { connected, refused } = connection;
    desk.print(texts.fleetConnected(connected, refused, (performance.now() - startedAt).toFixed(0)));
    const load = {
      eventsPerSecond: options.rate,
      durationMs: options.for * 1000,
      helpShare: options.helpShare,
    };
    const { sent, accepted, repeated, puback, reassurance } = await town.run(load, options.timeout * 1000);
    desk.print(texts.fleetSent(sent, accepted, repeated));
    desk.print(`PUBACK      ${latencyLine(puback)}`);
    desk.print(`reassurance ${latencyLine(reassurance)}`);
    return accepted === sent && refused === 0 ? exitCodes.accepted : exitCodes.notAccepted;
  } finally {
    await simulators.stop();
  }
}

function latencyLine({ count, p50, p95, p99, max }: Latencies): string {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return `${count} · p50 ${ms(p50)} · p95 ${ms(p95)} · p99 ${ms(p99)} · max ${ms(max)}`;
}
