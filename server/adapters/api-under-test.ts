import { createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@carebell/contracts/roles.ts';
import { pino } from 'pino';
import { recordMedicalViews } from '../audit/medical-views.ts';
import { createAlarmBoard } from '../care-station/alarm-board.ts';
import { openAlarmDesk } from '../care-station/open-alarm-desk.ts';
import { createDirectory } from '../device/directory.ts';
import { apiRoutes } from '../http-api/api-routes.ts';
import { createHttpApp, httpLimits } from '../http-api/app.ts';
import type { HttpAppPorts } from '../http-api/app.ts';
import { createAuthorization } from '../http-api/authorization.ts';
import { runHistory } from '../history/run-history.ts';
import { createLogIn } from '../identity/log-in.ts';
import { createSessions } from '../identity/sessions.ts';
import { openGate } from '../journal/gate.ts';
import type { Gate } from '../journal/gate.ts';
import { openMaintenance } from '../maintenance/open-maintenance.ts';
import { createMovingClock } from '../moving-clock.ts';
import { maintenanceRoutes } from '../supervision/maintenance-routes.ts';
import { supervisionRoutes } from '../supervision/supervision-routes.ts';
import { callersOf, testPassword } from './api-callers-under-test.ts';
import { openNotificationDesk } from './notification-desk.ts';
import { createPasswords } from './passwords.ts';
import { randomSecrets } from './random-secrets.ts';
import { openSqliteJournal } from './sqlite/sqlite-journal.ts';
import { openSqliteReader } from './sqlite/sqlite-reader.ts';
import { readDirectory } from './store/directory-reads.ts';
import { createReads } from './store/all-reads.ts';
import { writeWorkbook } from './workbook.ts';

export { enterCommunity } from './community-under-test.ts';
export { testPassword } from './api-callers-under-test.ts';

export type ApiOverrides = Partial<Pick<HttpAppPorts, 'dashboardDir' | 'trustProxy' | 'limits'>> & {
  logLines?: string[];
  requireTotp?: readonly Role[];
};

const timeZone = 'Asia/Shanghai';
const locale = 'zh-CN';

export type ApiUnderTest = Awaited<ReturnType<typeof openApi>>;

/** The real API on a real SQLite file, with a clock that the test moves, and secrets that are hashed by marking them. */
export async function openApi(overrides: ApiOverrides = {}, failingCommit?: () => Promise<never>) {
  const dir = mkdtempSync(join(tmpdir(), 'carebell-api-'));
  const file = join(dir, 'carebell.db');
  const clock = createMovingClock();
  // The gate's watch would fall due 864,000 times in the twelve hours that a session lives.
  const unhurried = { ...clock, every: () => () => undefined };
  const gate = openGate(await openSqliteJournal(file), unhurried);
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
  const { identity, alarms, claims } = reads;
  const passwords = createPasswords();
  const newToken = () => randomBytes(32).toString('base64url');
  const troubles: string[] = [];
  const troubled = (event: string) => void troubles.push(event);
  const rolesWithCode = new Set(overrides.requireTotp);
  const sessions = createSessions({ commit, reads: identity, clock, newToken, troubled, rolesWithCode });
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
  const notifications = openNotificationDesk(
    {
      config: {
        dataDir: dir,
        timeZone,
        locale,
        publicUrl: null,
        tls: null,
        http: { host: '127.0.0.1', port: 0 },
      },
      gate: { ...gate, commit },
      clock: unhurried,
      db: reader.db,
      authorization,
      troubled,
    },
    {
      board,
      desk,
      directory,
      reads,
      refusals: { record: () => undefined },
      addresses: () => ({ http: null }),
    },
  );
  const { logLines } = overrides;
  const log = logLines
    ? pino({ level: 'debug' }, { write: (line: string) => void logLines.push(line) })
    : pino({ level: 'silent' });
  const app = await createHttpApp({
    log,
    authorization,
    recordRefusal: () => undefined,
    tls: null,
    apiRoutes: [
      ...apiRoutes({
        authorization,
        commit,
        clock,
        reads,
        directory,
        history: history.ports,
        desk,
        openAlarms: board.open,
        chain: () => ({ runs: [] }),
        sessions,
        logIn,
        passwords,
        ...secrets,
        views: recordMedicalViews({ commit, clock, troubled }),
        random: () => 0,
        workbook: writeWorkbook,
        hub: { version: '0', timeZone, locale, isDemo: false },
        mapTiles: null,
        limits,
        troubled,
      }),
      openMaintenance({ gate, clock, directory, reads, ...history.ports, troubled }).routes(authorization),
      ...notifications.apiRoutes,
      maintenanceRoutes({
        authorization,
        commit,
        clock,
        reads: reads.supervision,
        history: history.ports.history,
      }),
      supervisionRoutes({
        authorization,
        commit,
        reads: reads.supervision,
        silence: { changed: () => undefined },
        chain: { report: () => ({ state: { is: 'ok' }, runs: [], quantiles: [] }) },
      }),
    ],
    rootRoutes: [],
    dashboardDir: overrides.dashboardDir ?? join(dir, 'no-dashboard'),
    version: '0',
    limits,
    trustProxy: overrides.trustProxy ?? false,
  });
  const passwordHash = await passwords.hash(testPassword);
  await gate.commit('ensureAdministrator', { passwordHash, displayName: 'Administrator' });

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
