import type { GatewayHealth } from '@carebell/contracts/messages.ts';
import type { Clock } from './clock.ts';
import type { LineCounts } from './line.ts';
import type { OutboxCounts } from './outbox.ts';

export type HealthSources = {
  version: string;
  uptimeMs: number;
  lines: readonly { name: string; counts: LineCounts }[];
  outbox: OutboxCounts;
  bridge: { events: number; unfit: number; repeats: number };
  commands: { commands: number; repeated: number; failed: number; unreadable: number };
  connections: number;
  unreadableMessages: number;
  freeDiskMb: number | undefined;
  memoryMb: number;
  deviceMapProblems: number;
};

/** The bridge's own state by flat names: numbers that only grow, numbers that stand, and words. */
export function healthOf(sources: HealthSources): GatewayHealth {
  const { outbox, bridge, commands } = sources;
  const health: GatewayHealth = {
    version: sources.version,
    uptimeSeconds: Math.floor(sources.uptimeMs / 1000),
    memoryMb: sources.memoryMb,
    hubConnections: sources.connections,
    hubMessagesUnreadable: sources.unreadableMessages,
    events: bridge.events,
    eventsMadeToFit: bridge.unfit,
    repeats: bridge.repeats,
    queueLength: outbox.waiting,
    queueAlarms: outbox.alarmsWaiting,
    queueBytes: outbox.bytes,
    accepted: outbox.accepted,
    notAccepted: outbox.refused,
    readingsGivenWay: outbox.readingsGivenWay,
    eventsGivenWay: outbox.eventsGivenWay,
    damagedLines: outbox.damagedLines,
    notStored: outbox.notStored,
    disk: outbox.notStored > 0 ? 'failing' : 'ok',
    commands: commands.commands,
    commandsRepeated: commands.repeated,
    commandsFailed: commands.failed,
    commandsUnreadable: commands.unreadable,
    deviceMapProblems: sources.deviceMapProblems,
    portsOpen: sources.lines.filter(({ counts }) => counts.isOpen).length,
    portsDeaf: sources.lines.filter(({ counts }) => counts.isDeaf).length,
  };
  if (sources.freeDiskMb !== undefined) health['diskFreeMb'] = sources.freeDiskMb;
  for (const { name, counts } of sources.lines) {
    const of = (what: string) => `port.${name}.${what}`;
    health[of('open')] = counts.isOpen;
    health[of('deaf')] = counts.isDeaf;
    health[of('opened')] = counts.opened;
    health[of('frames')] = counts.frames;
    health[of('bytesIn')] = counts.bytesIn;
    health[of('bytesOut')] = counts.bytesOut;
    if (counts.silentUnits > 0) health[of('silentUnits')] = counts.silentUnits;
    if (counts.firmware !== '') health[of('firmware')] = counts.firmware.slice(0, 200);
    for (const [reason, times] of Object.entries(counts.rejected)) health[of(`rejected.${reason}`)] = times;
  }
  return health;
}

const everyMs = 60_000;
/** Changes that come together are told together. */
const gatherMs = 500;

export type HealthReports = { changed(): void; stop(): void };

/** Reports each minute, and soon after something has changed. */
export function reportHealth(clock: Clock, report: () => void): HealthReports {
  let cancel: (() => void) | undefined;
  const end = clock.every(everyMs, report);
  return {
    changed() {
      cancel ??= clock.after(gatherMs, () => {
        cancel = undefined;
        report();
      });
    },
    stop() {
      end();
      cancel?.();
    },
  };
}
