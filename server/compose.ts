import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { compose as composeBroker, hashSecret, matchesSecret } from '@carebell/broker/compose.ts';
import type { ComposedBroker } from '@carebell/broker/compose.ts';
import { pino } from 'pino';
import { chainAddress, connectChainClient } from './adapters/chain-client.ts';
import { openNotificationDesk } from './adapters/notification-desk.ts';
import { openMachineClock } from './adapters/machine-clock.ts';
import { createPasswords } from './adapters/passwords.ts';
import { randomSecrets } from './adapters/random-secrets.ts';
import { openSecretKey } from './adapters/sealed-secrets.ts';
import { openStore } from './adapters/open-store.ts';
import { createReads } from './adapters/store/all-reads.ts';
import { readWaitingCommands } from './adapters/store/command-store.ts';
import { readDirectory, readPresence } from './adapters/store/directory-reads.ts';
import { writeWorkbook } from './adapters/workbook.ts';
import { recordMedicalViews } from './audit/medical-views.ts';
import { countRefusals } from './audit/refusal-counter.ts';
import { brokerConfig } from './broker-config.ts';
import { keepCertificates } from './certificates/keep-certificates.ts';
import { createAlarmBoard } from './care-station/alarm-board.ts';
import { openAlarmDesk } from './care-station/open-alarm-desk.ts';
import type { LiveFeed } from './care-station/live-feed.ts';
import { openScreens } from './care-station/open-screens.ts';
import type { Config } from './config.ts';
import { standingOf } from './demo-clock/standing.ts';
import { createClaimDesk } from './device/claim-desk.ts';
import { openDeviceOutlets } from './device/device-outlets.ts';
import { createDirectory } from './device/directory.ts';
import { recordPresence } from './device/presence-recorder.ts';
import { watchMonths } from './report/monthly-watch.ts';
import { watchDuty } from './duty/duty-watch.ts';
import { openMaintenance } from './maintenance/open-maintenance.ts';
import { runHistory } from './history/run-history.ts';
import { apiRoutes } from './http-api/api-routes.ts';
import { createHttpApp, httpLimits } from './http-api/app.ts';
import { hangsUp, hangUpAfterMs } from './http-api/http-server.ts';
import { upgradeTo } from './http-api/upgrades.ts';
import type { Hub } from './hub.ts';
import { openIdentity } from './identity/open-identity.ts';
import { createIngest } from './ingest/ingest.ts';
import type { Origin } from './ingest/receive.ts';
import { gatherSightings } from './ingest/sightings.ts';
import { gateLimits, openGate } from './journal/gate.ts';
import { keepHouse } from './journal/housekeeping.ts';
import { openSupervision } from './supervision/open-supervision.ts';
import { healthRoutes } from './supervision/health-routes.ts';
import { createMetrics } from './supervision/metrics.ts';
import { metricsRoutes } from './supervision/metrics-routes.ts';
import { openWatches } from './supervision/watches.ts';
import { readiness } from './supervision/readiness.ts';
import type { Overrides } from './overrides.ts';

export { BadSettings, readConfig } from './config.ts';
export type { Config } from './config.ts';
export type { Hub } from './hub.ts';
export { historyIn, influxdIn, viewHistory } from './adapters/history-tools.ts';
export { createMovingClock } from './moving-clock.ts';
export { replayDetection } from './detection/replay-month.ts';
export type { Overrides } from './overrides.ts';

export const version = '0.1.0';

/**
 * Puts the hub together: store, alarm path, HTTP, live feed, broker. Rejects with an error that carries a `code` when the
 * data directory is in use, unreadable or of a newer version.
 */
export async function compose(config: Config, overrides: Overrides = {}): Promise<Hub> {
  const clock = overrides.clock ?? openMachineClock(overrides.machineTime);
  const log = overrides.log ?? pino({ level: config.logLevel });
  const troubled = (event: string, error: unknown): void => log.error({ err: error }, event);

  const { journal, reader, generatedDataKey, lock } = await openStore(config, clock, troubled);
  const gate = openGate(journal, clock, { ...gateLimits, ...overrides.gateLimits });

  const directory = createDirectory();
  directory.take(await readDirectory(reader.db, 'all'));
  const core = { gate, clock, directory, troubled };
  // First of all listeners: who hears of a commit finds the memory as the commit left it.
  gate.listen({
    committed: ({ directory: rows }) => {
      if (!rows) return;
      const { accounts, stations } = directory.take(rows);
      for (const { kind, id } of accounts) broker.disconnect(kind, id, 'secret-renewed');
      deviceLists.changedAt(stations);
    },
  });

  const reads = createReads(reader.db);
  const board = createAlarmBoard(gate, directory, clock, {
    open: await reads.alarms.list({ phase: 'open', stationIds: 'all', limit: 1_000_000 }),
    cursor: await reads.alarms.lastSeq(),
  });
  const refusals = countRefusals(gate, clock);
  const sightings = gatherSightings(gate, clock);
  const watches = openWatches({
    ...core,
    board,
    timeZone: config.timeZone,
    reads,
    chain: () => supervision.chain.report(),
    troubled,
  });
  const months = watchMonths({ ...core, reads, timeZone: config.timeZone });
  const duty = watchDuty(gate, clock, config.timeZone, troubled);

  const passwords = createPasswords();
  const { sessions, logIn, authorization, generatedAdminPassword } = await openIdentity({
    ...core,
    reads: reads.identity,
    passwords,
    newToken: randomSecrets.newToken,
    sign: openSecretKey(join(config.dataDir, 'secret.key')).sign,
    ...config,
    troubled,
  });
  const desk = openAlarmDesk({ gate, board, directory, reads });

  // Declared before whoever may ask for it while the hub still opens.
  let feed: LiveFeed | undefined;
  let isListening = false;
  let isStopping = false;
  const state = () =>
    readiness({ store: gate.store(), isListening, isStopping, chain: supervision.chain.state() });

  const supervision = await openSupervision({
    ...core,
    chainClock: overrides.chainClock,
    sightings,
    reads: reads.supervision,
    isConnected: (of, id) => broker.isConnected(of, id),
    ...randomSecrets,
    hashSecret,
    connectChain: (account) =>
      connectChainClient({ ...chainAddress(config, addresses().mqtt), account, troubled }),
    feed: () => feed,
    troubled,
  });
  const broker: ComposedBroker = composeBroker(brokerConfig(config, overrides.broker), {
    now: clock.now,
    after: (overrides.connectionClock ?? clock).after,
    findAccount: (name) => supervision.chain.account(name) ?? directory.account(name),
    isRetired: (name) => directory.device(name)?.isRetired === true,
    claims: createClaimDesk({
      commit: gate.commit,
      reads: reads.claims,
      ...randomSecrets,
      hashSecret,
      matchesSecret,
      recordRefusal: (refusal) => refusals.record(refusal),
      troubled,
    }),
    deviceHome: directory.home,
    devicesBehind: directory.earshot.devicesBehind,
    intake: supervision.chain.intake(createIngest({ gate, directory, sightings, eventStored, ...watches })),
    recordRefusal: ({ count, ...refusal }) => refusals.record(refusal, count),
    presenceChanged: recordPresence(gate, directory, troubled, sightings.seen),
    commandSubscribed: (deviceId) => outbox.subscribed(deviceId),
    deviceListSubscribed: (gatewayId) => deviceLists.subscribed(gatewayId),
    knownPresence: () => presence,
    log,
  });
  const presence = await readPresence(reader.db);
  const { accepted, deviceLists, outbox } = openDeviceOutlets({
    ...core,
    broker,
    readWaiting: (deviceId) => readWaitingCommands(reader.db, deviceId),
    recordRefusal: (refusal) => refusals.record(refusal),
  });

  function eventStored({ deviceId, gatewayId }: Origin, eventId: string): void {
    board.stored(deviceId, eventId);
    if (gatewayId !== null) accepted.add(gatewayId, eventId);
  }

  const history = runHistory({
    history: { ...reader.history, ...reads.history },
    config,
    gate,
    clock,
    journalSeq: board.cursor(),
    limits: overrides.followerLimits,
    told: (event, details) => log.warn(details, event),
  });

  const maintenance = openMaintenance({ ...core, reads, ...history.ports });

  const addresses: Hub['addresses'] = () => ({
    http: (app.server.address() as AddressInfo | null)?.port ?? null,
    mqtt: broker.addresses().tcp,
    mqttTls: broker.addresses().tls,
  });
  const notifications = openNotificationDesk(
    { config, gate, clock, db: reader.db, authorization, troubled },
    { board, desk, directory, reads, refusals, addresses },
  );
  const metrics = createMetrics({
    gate,
    refusals,
    board,
    broker,
    history,
    screens: () => feed?.screens() ?? 0,
    chain: supervision.chain,
    ...watches,
    notifications: notifications.reads,
  });
  const app = await createHttpApp({
    log,
    authorization,
    tls: config.tls,
    recordRefusal: (refusal) => refusals.record(refusal),
    apiRoutes: [
      ...apiRoutes({
        authorization,
        commit: gate.commit,
        clock,
        reads,
        directory,
        history: history.ports,
        desk,
        openAlarms: board.open,
        chain: supervision.chain.report,
        sessions,
        logIn,
        passwords,
        ...randomSecrets,
        views: recordMedicalViews({ commit: gate.commit, clock, troubled }),
        random: Math.random,
        workbook: writeWorkbook,
        hashSecret,
        hub: { version, timeZone: config.timeZone, locale: config.locale, isDemo: config.isDemo },
        mapTiles: config.mapTiles,
        limits: httpLimits,
        troubled,
      }),
      maintenance.routes(authorization),
      ...notifications.apiRoutes,
      ...supervision.routes(authorization, history.ports.history),
    ],
    rootRoutes: [
      healthRoutes({ readiness: state }),
      metricsRoutes({ authorization, text: metrics.text }),
      ...notifications.rootRoutes,
    ],
    dashboardDir: overrides.dashboardDir ?? join(import.meta.dirname, '..', 'dashboard', 'dist'),
    version,
    imageOrigin: config.mapTiles === null ? null : new URL(config.mapTiles).origin,
    limits: httpLimits,
    trustProxy: config.trustProxy ?? false,
  });
  const closeHttp = hangsUp(app, hangUpAfterMs);
  const certificates = keepCertificates(config.tls, { clock, app, broker, log });
  const housekeeping = keepHouse(gate, clock, troubled);

  return {
    generatedAdminPassword,
    generatedDataKey,
    addresses,
    standing: standingOf({ gate, board, history, notifications }),
    async start() {
      await app.ready();
      feed = openScreens(app.server, {
        ...core,
        board,
        reads: reads.alarms,
        desk,
        limits: httpLimits,
        sessions,
        chain: supervision.chain.state,
        recordRefusal: (refusal) => refusals.record(refusal),
      });
      app.server.on('upgrade', upgradeTo({ mqtt: broker.handleUpgrade }));
      await app.listen({ host: config.http.host, port: config.http.port });
      await duty.start();
      await watches.start();
      await notifications.start();
      await broker.start();
      isListening = true;
      supervision.start();
      log.info(addresses(), 'hub.started');
    },
    async stop() {
      isStopping = true;
      await supervision.stop();
      await broker.stop();
      await notifications.stop();
      const working = [maintenance, deviceLists, outbox, watches, duty, months, board, sightings];
      for (const ended of [...working, refusals, housekeeping, certificates]) ended.stop();
      await sightings.flush();
      await refusals.flush();
      await closeHttp(() => feed?.stop());
      await history.stop();
      await gate.stop();
      await reader.close();
      lock.release();
      log.info({}, 'hub.stopped');
    },
  };
}
