import { createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@carebell/contracts/roles.ts';
import { pino } from 'pino';
import { alarmRoutes } from '../alarm/alarm-routes.ts';
import { auditRoutes } from '../audit/audit-routes.ts';
import { recordMedicalViews } from '../audit/medical-views.ts';
import { createAlarmBoard } from '../care-station/alarm-board.ts';
import { levelRoutes } from '../board/level-routes.ts';
import { openAlarmDesk } from '../care-station/open-alarm-desk.ts';
import { maySee } from '../care-station/audience.ts';
import { organisationRoutes } from '../care-station/organisation-routes.ts';
import { nightRoutes } from '../detection/night-routes.ts';
import { ruleRoutes } from '../detection/rule-routes.ts';
import { commissioningRoutes } from '../commissioning/commissioning-routes.ts';
import { createDirectory } from '../device/directory.ts';
import { deviceRoutes } from '../device/device-routes.ts';
import { dispatchRoutes } from '../dispatch/dispatch-routes.ts';
import { createHttpApp, httpLimits } from '../http-api/app.ts';
import type { HttpAppPorts } from '../http-api/app.ts';
import { createAuthorization } from '../http-api/authorization.ts';
import { allHistoryRoutes } from '../history/all-history-routes.ts';
import { drillRoutes } from '../drill/drill-routes.ts';
import { dutyRoutes } from '../duty/duty-routes.ts';
import { guidedRoutes } from '../handling/guided-routes.ts';
import { scriptRoutes } from '../handling/script-routes.ts';
import { evidenceRoutes } from '../evidence/evidence-routes.ts';
import { runHistory } from '../history/run-history.ts';
import { createLogIn } from '../identity/log-in.ts';
import { secondFactorRoutes } from '../identity/second-factor-routes.ts';
import { sessionRoutes } from '../identity/session-routes.ts';
import { createSessions } from '../identity/sessions.ts';
import { tokenRoutes } from '../identity/token-routes.ts';
import { userRoutes } from '../identity/user-routes.ts';
import { channelRoutes } from '../notification/channel-routes.ts';
import { notificationRoutes } from '../notification/notification-routes.ts';
import { ownAddressRoutes } from '../notification/own-address-routes.ts';
import { userAddressRoutes } from '../notification/user-address-routes.ts';
import { openGate } from '../journal/gate.ts';
import type { Gate } from '../journal/gate.ts';
import { createMovingClock } from '../moving-clock.ts';
import { policyRoutes } from '../escalation/policy-routes.ts';
import { storedReportRoutes } from '../report/stored-report-routes.ts';
import { reportRoutes } from '../report/report-routes.ts';
import { absenceRoutes } from '../resident/absence-routes.ts';
import { requestRoutes } from '../service-request/request-routes.ts';
import { serviceRoutes } from '../service-request/service-routes.ts';
import { reviewRoutes } from '../review/review-routes.ts';
import { registryRoutes } from '../resident/registry-routes.ts';
import { searchRoutes } from '../search/search-routes.ts';
import { maintenanceRoutes } from '../supervision/maintenance-routes.ts';
import { supervisionRoutes } from '../supervision/supervision-routes.ts';
import { openMaintenance } from '../maintenance/open-maintenance.ts';
import { unknownRoutes } from '../unknown-device/unknown-routes.ts';
import { testModeRoutes } from '../test-mode/test-mode-routes.ts';
import { transferRoutes } from '../transfer/transfer-routes.ts';
import { virtualDeviceRoutes } from '../virtual-device/virtual-device-routes.ts';
import { callersOf, testPassword } from './api-callers-under-test.ts';
import { openChannel } from './channels/open-channel.ts';
import { pushKeys } from './notification-desk.ts';
import { createPasswords } from './passwords.ts';
import { openSecretKey } from './sealed-secrets.ts';
import { randomSecrets } from './random-secrets.ts';
import { newRecordId } from './sqlite/record-id.ts';
import { openSqliteJournal } from './sqlite/sqlite-journal.ts';
import { openSqliteReader } from './sqlite/sqlite-reader.ts';
import { readDirectory } from './store/directory-reads.ts';
import { createReads } from './store/all-reads.ts';
import { createDispatchReads } from './store/dispatch-reads.ts';
import { createNotificationReads } from './store/notification-reads.ts';
import { writeWorkbook } from './workbook.ts';
import { allVisitRoutes } from '../visit/all-visit-routes.ts';

export { enterCommunity } from './community-under-test.ts';
export { testPassword } from './api-callers-under-test.ts';

export type ApiOverrides = Partial<Pick<HttpAppPorts, 'dashboardDir' | 'trustProxy' | 'limits'>> & {
  logLines?: string[];
};

export type ApiUnderTest = Awaited<ReturnType<typeof openApi>>;

/** The real API on a real SQLite file, with a clock that the test moves, and secrets that are hashed by marking them. */
export async function openApi(overrides: ApiOverrides = {}, failingCommit?: () => Promise<never>) {
  const dir = mkdtempSync(join(tmpdir(), 'carebell-api-'));
  const file = join(dir, 'carebell.db');
  const clock = createMovingClock();
  // The gate's watch would fall due 864,000 times in the twelve hours that a session lives.
  const gate = openGate(await openSqliteJournal(file), { ...clock, every: () => () => undefined });
  const historySetting = {
    store: 'sqlite',
    file: join(dir, 'history.db'),
    days: 400,
    zoneMs: 28_800_000,
  } as const;
  const reader = await openSqliteReader(file, historySetting);
  const directory = createDirectory();
  directory.take(await readDirectory(reader.db, 'all'));
  gate.listen({ committed: ({ directory: rows }) => void (rows && directory.take(rows)) });

  const commit: Gate['commit'] = (name, input) => failingCommit?.() ?? gate.commit(name, input);
  const reads = createReads(reader.db);
  const { registry, identity, alarms, handling, claims } = reads;
  const passwords = createPasswords();
  const newToken = () => randomBytes(32).toString('base64url');
  const troubles: string[] = [];
  const troubled = (event: string) => void troubles.push(event);
  const sessions = createSessions({ commit, reads: identity, clock, newToken, troubled });
  const authorization = createAuthorization({
    authenticate: sessions.authenticate,
    organisations: () => directory.organisations(),
  });
  const sign = (purpose: string, text: string) =>
    createHmac('sha256', purpose).update(text).digest('base64url');
  const logIn = createLogIn({ commit, reads: identity, passwords, sessions, clock, newToken, sign });
  const limits = { ...httpLimits, requestsPerMinute: 100_000, loginsPerMinute: 100_000, ...overrides.limits };
  const history = runHistory({
    history: { ...reader.history, ...reads.history },
    config: { history: { influxUrl: null, days: historySetting.days } },
    gate,
    clock,
    journalSeq: 0,
    told: troubled,
  });
  const secrets = { ...randomSecrets, hashSecret: (secret: string) => `hash of ${secret}` };
  const board = createAlarmBoard(gate, directory, clock, { open: [], cursor: 0 });
  const desk = openAlarmDesk({ gate, board, directory, reads: { alarms, identity } });
  const detection = { authorization, commit, clock, reads, timeZone: 'Asia/Shanghai' };
  const { logLines } = overrides;
  const key = openSecretKey(join(dir, 'secret.key'));
  const log = logLines
    ? pino({ level: 'debug' }, { write: (line: string) => void logLines.push(line) })
    : pino({ level: 'silent' });
  const app = await createHttpApp({
    log,
    authorization,
    recordRefusal: () => undefined,
    tls: null,
    apiRoutes: [
      sessionRoutes({
        authorization,
        logIn,
        sessions,
        organisationName: (id) => directory.organisation(id)?.name ?? '',
        hub: { version: '0', timeZone: 'Asia/Shanghai', locale: 'zh-CN', isDemo: false },
        clock,
        loginsPerMinute: limits.loginsPerMinute,
      }),
      registryRoutes({
        authorization,
        commit,
        reads: registry,
        views: recordMedicalViews({ commit, clock, troubled }),
        ownAlarm: () => null,
      }),
      absenceRoutes({
        authorization,
        commit,
        reads: { absences: reads.absences, registry },
        views: recordMedicalViews({ commit, clock, troubled }),
      }),
      ...allVisitRoutes({
        authorization,
        commit,
        clock,
        directory,
        reads: { visits: reads.visits, registry },
        views: recordMedicalViews({ commit, clock, troubled }),
        timeZone: 'Asia/Shanghai',
        workbook: writeWorkbook,
      }),
      virtualDeviceRoutes({ authorization, commit, ...secrets }),
      deviceRoutes({
        authorization,
        commit,
        reads: registry,
        ...secrets,
        clock,
        claims,
      }),
      unknownRoutes({
        authorization,
        commit,
        clock,
        reads: { unknown: reads.unknown, registry },
      }),
      organisationRoutes({ authorization, commit, reads: registry }),
      userRoutes({ authorization, commit, reads: identity, passwords, sessions, newPassword: newToken }),
      secondFactorRoutes({
        authorization,
        commit,
        reads: identity,
        logIn,
        sessions,
        clock,
        ...randomSecrets,
      }),
      userAddressRoutes({
        authorization,
        commit,
        reads: createNotificationReads(reader.db),
        findUser: identity.user,
      }),
      ownAddressRoutes({
        authorization,
        commit,
        clock,
        reads: createNotificationReads(reader.db),
        lineage: directory.lineage,
        newId: newRecordId,
        openChannel: ({ id, kind, settings, sealed }) =>
          openChannel(kind, { settings, secrets: key.unseal(id, sealed) }, clock.now),
        locale: 'zh-CN',
      }),
      channelRoutes({
        authorization,
        commit,
        clock,
        reads: createNotificationReads(reader.db),
        key,
        newId: newRecordId,
        pushKeys,
        openChannel: ({ id, kind, settings, sealed }) =>
          openChannel(kind, { settings, secrets: key.unseal(id, sealed) }, clock.now),
      }),
      alarmRoutes({
        authorization,
        desk,
        reads: alarms,
        registry,
        handling,
        views: recordMedicalViews({ commit, clock, troubled }),
        open: board.open,
        stations: (scope) => (scope === 'all' ? 'all' : [...scope]),
      }),
      notificationRoutes({
        authorization,
        commit,
        reads: createNotificationReads(reader.db),
        newId: newRecordId,
        visible: desk.visible,
      }),
      dispatchRoutes({ authorization, commit, clock, desk, reads: createDispatchReads(reader.db) }),
      guidedRoutes({
        authorization,
        desk,
        commit,
        clock,
        reads: { registry, handling },
        timeZone: 'Asia/Shanghai',
        troubled,
      }),
      scriptRoutes({ authorization, commit, reads: { registry, handling } }),
      ruleRoutes(detection),
      nightRoutes({ ...detection, history: reader.history, openAlarms: board.open }),
      policyRoutes({
        authorization,
        commit,
        clock,
        reads: { registry, escalation: reads.escalation },
      }),
      reviewRoutes({
        authorization,
        commit,
        reads: { reviews: reads.reviews, alarms: reads.alarms },
      }),
      dutyRoutes({
        authorization,
        commit,
        clock,
        reads: { registry, duty: reads.duty },
        timeZone: 'Asia/Shanghai',
      }),
      requestRoutes({
        authorization,
        commit,
        clock,
        directory,
        reads: reads.requests,
        timeZone: 'Asia/Shanghai',
      }),
      serviceRoutes({ authorization, commit, reads: { registry, requests: reads.requests } }),
      auditRoutes({ authorization, reads: reads.audit, directory, clock }),
      testModeRoutes({ authorization, commit, clock, desk, reads: reads.testModes }),
      commissioningRoutes({
        authorization,
        commit,
        clock,
        reads: reads.commissionings,
        chain: () => ({ runs: [] }),
        hub: { version: '0' },
      }),
      drillRoutes({ authorization, commit, reads: reads.drills, random: () => 0 }),
      storedReportRoutes({
        authorization,
        commit,
        reads: reads.monthly,
        workbook: writeWorkbook,
      }),
      reportRoutes({
        authorization,
        commit,
        clock,
        directory,
        reads,
        timeZone: 'Asia/Shanghai',
        workbook: writeWorkbook,
      }),
      ...levelRoutes({
        ...detection,
        directory,
        reads,
        openAlarms: board.open,
        mapTiles: null,
      }),
      evidenceRoutes({
        authorization,
        clock,
        ...history.ports,
        reads: { registry, evidence: reads.evidence },
        async visible({ organisationId }, alarmId) {
          const alarm = await reads.alarms.view(alarmId);
          return alarm && maySee(organisationId, alarm, directory) ? alarm : undefined;
        },
      }),
      maintenanceRoutes({
        authorization,
        commit,
        clock,
        reads: reads.supervision,
        history: history.ports.history,
      }),
      openMaintenance({
        gate,
        clock,
        directory,
        reads: { jobs: reads.jobs, supervision: reads.supervision },
        history: history.ports.history,
        troubled,
      }).routes(authorization),
      supervisionRoutes({
        authorization,
        commit,
        reads: reads.supervision,
        silence: { changed: () => undefined },
        chain: { report: () => ({ state: { is: 'ok' }, runs: [], quantiles: [] }) },
      }),
      searchRoutes({ authorization, reads: reads.search }),
      transferRoutes({ authorization, commit, ...secrets, reads: reads.exports }),
      tokenRoutes({ authorization, commit, reads: identity, sessions, clock, newToken }),
      ...allHistoryRoutes({
        authorization,
        commit,
        clock,
        directory,
        timeZone: 'Asia/Shanghai',
        reads: { registry, history: reads.history, alarms: reads.alarms },
        ...history.ports,
      }),
    ],
    rootRoutes: [],
    dashboardDir: overrides.dashboardDir ?? join(dir, 'no-dashboard'),
    version: '0',
    limits,
    trustProxy: overrides.trustProxy ?? false,
  });
  const passwordHash = await passwords.hash(testPassword);
  await gate.commit('ensureAdministrator', { passwordHash });

  const { call, as } = callersOf(app);

  return {
    app,
    call,
    as,
    clock,
    gate,
    claims,
    db: reader.db,
    file,
    sessions,
    directory,
    troubles,
    async addUser(name: string, role: Role, organisationId: string): Promise<string> {
      const user = { name, displayName: name, role, organisationId, passwordHash };
      const outcome = await commit('createUser', { actorId: 'test', user });
      if (!outcome.ok) throw new Error(outcome.reason);
      return outcome.userId;
    },
    async close(): Promise<void> {
      await app.close();
      await history.stop();
      await gate.stop();
      await reader.close();
      rmSync(dir, { recursive: true });
    },
  };
}
