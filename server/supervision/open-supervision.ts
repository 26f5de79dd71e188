import type { LiveFeed } from '../care-station/live-feed.ts';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import type { HistoryPort } from '../history/history-port.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import type { Sightings } from '../ingest/sightings.ts';
import type { Gate } from '../journal/gate.ts';
import { openChainWatch } from './chain-watch.ts';
import type { ChainWatch, ChainWatchPorts } from './chain-watch.ts';
import type { MaintenanceReads } from './maintenance-reads.ts';
import { maintenanceRoutes } from './maintenance-routes.ts';
import { watchScreens } from './screens-watch.ts';
import { watchSilence } from './silence-watch.ts';
import type { SupervisedKey } from './silence-store.ts';
import type { SupervisionReads } from './supervision-reads.ts';
import { supervisionRoutes } from './supervision-routes.ts';

export type SupervisionPorts = {
  gate: Gate;
  clock: Clock;
  directory: Directory;
  sightings: Sightings;
  reads: SupervisionReads & MaintenanceReads;
  isConnected(of: SupervisedKey['of'], id: string): boolean;
  /** The machine's own when absent. */
  chainClock: Clock | undefined;
  newSecret(): string;
  hashSecret(secret: string): string;
  connectChain: ChainWatchPorts['connect'];
  /** The live feed, once it is open. */
  feed(): Pick<LiveFeed, 'probe' | 'organisations'> | undefined;
  troubled(event: string, error: unknown): void;
};

export type Supervision = {
  chain: ChainWatch;
  routes(authorization: Authorization, history: Pick<HistoryPort, 'series'>): RouteGroup[];
  /** When devices can connect. */
  start(): void;
  stop(): Promise<void>;
};

/** All that watches the chain itself: who is silent, whether the way of an alarm is whole, whether anybody looks. */
export async function openSupervision(ports: SupervisionPorts): Promise<Supervision> {
  const { gate, clock, directory, sightings, reads, isConnected, troubled } = ports;
  const silence = watchSilence({
    gate,
    clock,
    known: await reads.known(),
    reads,
    sightings,
    isRegistered: ({ of, id }) =>
      of === 'gateway' ? directory.gateway(id) !== undefined : directory.device(id)?.isRegistered === true,
    isConnected,
    troubled,
  });
  sightings.listen(silence.heard);

  const chain = openChainWatch({
    ...ports,
    clock: ports.chainClock ?? systemClock,
    connect: ports.connectChain,
    show: (event, withinMs, answered) => ports.feed()?.probe(event, withinMs, answered) ?? 0,
  });

  const screens = watchScreens({
    gate,
    clock,
    feed: ports.feed,
    levelOf: (id) => directory.organisation(id)?.level,
    troubled,
  });

  return {
    chain,
    routes: (authorization, history) => [
      maintenanceRoutes({ authorization, commit: gate.commit, clock, reads, history }),
      supervisionRoutes({ authorization, commit: gate.commit, reads, silence, chain }),
    ],
    start: chain.start,
    async stop() {
      silence.stop();
      screens.stop();
      await chain.stop();
    },
  };
}
