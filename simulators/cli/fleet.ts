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
  live?: boolean;
  pace: number;
  heartbeat: number;
  from: number;
  localAddresses?: string;
};

export async function fleet(options: FleetCommandOptions, desk: Desk): Promise<ExitCode> {
  const { texts } = desk;
  const { devices, gateways = [] } = await accountsFor(options, desk);
  const gatewayOf = new Map(gateways.map((gateway) => [gateway.id, gateway]));
  const chosen = devices.slice(0, options.count).map(({ id, secret, gateway: behind }) => {
    const gateway = behind === undefined ? undefined : gatewayOf.get(behind);
    return gateway === undefined ? { id, secret } : { id, secret, gateway };
  });
  if (chosen.length === 0) throw new UsageError(texts['no-such-device']);
  const simulators = compose({ hubUrl: options.hub, seed: options.seed });
  let hasConnected = false;
  const { resolve: outOfReach, promise: reachable } = Promise.withResolvers<string>();
  const bareBytes = process.memoryUsage().rss;
  const town = simulators.fleet(chosen, {
    ...(options.localAddresses === undefined ? {} : { localAddresses: options.localAddresses.split(',') }),
    connectionsPerSecond: options.connectionsPerSecond,
    observe(_partyId, happening) {
      // Once some are connected, one that is not taken at once is a busy hub's, and tries again.
      if (happening.type === 'connected') hasConnected = true;
      if (hasConnected) return;
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
    const tookMs = (performance.now() - startedAt).toFixed(0);
    desk.print(
      town.connections === town.size
        ? texts.fleetConnected(connected, refused, tookMs)
        : texts.fleetBehind(town.size, connected, refused, tookMs),
    );
    const usedBefore = process.cpuUsage();
    const beganAt = performance.now();
    const load = {
      eventsPerSecond: options.rate,
      durationMs: options.for * 1000,
      helpShare: options.helpShare,
    };
    const { sent, accepted, repeated, puback, reassurance } = await (options.live === true
      ? town.live(
          {
            startAtMs: options.from * 3_600_000,
            pace: options.pace,
            heartbeatEveryMs: options.heartbeat * 1000 * options.pace,
            durationMs: options.for * 1000,
          },
          options.timeout * 1000,
        )
      : town.run(load, options.timeout * 1000));
    const { user, system } = process.cpuUsage(usedBefore);
    const cores = (user + system) / 1000 / (performance.now() - beganAt);
    const kilobytes = (process.memoryUsage().rss - bareBytes) / 1024 / chosen.length;
    desk.print(texts.fleetSent(sent, accepted, repeated));
    desk.print(texts.fleetCost(kilobytes.toFixed(0), cores.toFixed(2)));
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
