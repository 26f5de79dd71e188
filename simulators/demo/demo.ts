import { randomInt } from 'node:crypto';
import { writeAccounts } from '../accounts.ts';
import type { Accounts } from '../accounts.ts';
import { ApiProblem, logIn } from './api-client.ts';
import { sampleCommunity } from './community.ts';
import type { Community } from './community.ts';
import { enterDemoVisits } from './demo-visits.ts';
import { enterMonth } from './month/enter-month.ts';
import { withMonthPeople } from './month/month-people.ts';
import { inWords, openSeededHub, whenAborted } from './open-hub.ts';
import { enterPast } from './past/enter-past.ts';
import { midnightBefore } from './past/local-day.ts';
import { claimPort, readGround } from './preconditions.ts';
import type { DemoSettings } from './settings.ts';
import { startScreen } from './start-screen.ts';
import { demoTextsIn } from './texts.ts';
import { createTown } from './town-life.ts';

export type DemoSurroundings = {
  env: NodeJS.ProcessEnv;
  print: (line: string) => void;
  printError: (line: string) => void;
  /** The person or the system asks the demo to end. */
  interrupted: AbortSignal;
};

const adminName = 'admin';

/** Runs the demo until it is interrupted, and answers with the exit code of the process. */
export async function runDemo(settings: DemoSettings, surroundings: DemoSurroundings): Promise<0 | 2> {
  const { dataDir, accountsPath } = settings;
  const { env, print, printError, interrupted } = surroundings;
  const texts = demoTextsIn(settings.language);
  const refuse = (line: string): 2 => {
    printError(line);
    return 2;
  };

  const ground = await readGround(dataDir, accountsPath);
  if (!ground.ok) {
    return refuse(
      ground.reason === 'not-a-demo'
        ? texts.notADemo(dataDir)
        : texts.badAccounts(accountsPath, ground.detail),
    );
  }
  const http = await claimPort(settings.httpPort);
  if (!http.ok) return refuse(texts.portTaken('CAREBELL_HTTP_PORT', settings.httpPort, http.reason));
  const mqtt = await claimPort(settings.mqttPort);
  if (!mqtt.ok) return refuse(texts.portTaken('CAREBELL_MQTT_PORT', settings.mqttPort, mqtt.reason));

  const community = settings.monthDays > 0 ? withMonthPeople(sampleCommunity()) : sampleCommunity();
  const accounts = withUsers(ground.accounts, community);
  const admin = accounts.users.find(({ name }) => name === adminName);
  if (admin === undefined) return refuse(texts.badAccounts(accountsPath, adminName));
  // Before the hub makes its database: a demo that was interrupted must find its passwords, and itself, again.
  await writeAccounts(accountsPath, accounts);

  const httpUrl = `http://127.0.0.1:${http.port}`;
  const hubUrl = `mqtt://127.0.0.1:${mqtt.port}`;
  const hubEnv = {
    ...env,
    CAREBELL_DEMO: '1',
    CAREBELL_DATA_DIR: dataDir,
    CAREBELL_HTTP_HOST: '127.0.0.1',
    CAREBELL_HTTP_PORT: String(http.port),
    CAREBELL_MQTT_HOST: '127.0.0.1',
    CAREBELL_MQTT_PORT: String(mqtt.port),
    CAREBELL_LOG_LEVEL: settings.logLevel,
    CAREBELL_ADMIN_PASSWORD: admin.password,
  };
  const opening = {
    httpUrl,
    community,
    accounts,
    accountsPath,
    adminName,
    texts,
    print,
    refuse,
    interrupted,
  };
  if (settings.monthDays > 0) {
    const openHub = (clockMs: number) =>
      openSeededHub({
        ...opening,
        env: { ...hubEnv, CAREBELL_DEMO_CLOCK: new Date(clockMs).toISOString() },
      });
    const month = await enterMonth({ ...opening, settings, hubUrl, openHub }, texts);
    if (month.is === 'refused') return refuse(month.line);
    if (month.is === 'hub-failed') return month.exitCode;
    if (month.is === 'interrupted') return 0;
  }
  const opened = await openSeededHub({ ...opening, env: hubEnv });
  if (!opened.ok) return opened.exitCode;
  const { hub } = opened;

  const { seed, pace, isQuiet, historyDays, timeZone } = settings;
  // A month that was lived has its own.
  if (settings.monthDays === 0) {
    const leader = accounts.users.find(({ role }) => role === 'supervisor') ?? admin;
    try {
      await enterDemoVisits(await logIn(httpUrl, leader), community, { nowMs: Date.now(), timeZone });
    } catch (error) {
      await hub.stop();
      if (error instanceof ApiProblem) return refuse(texts.apiProblem(error.message));
      throw error;
    }
  }
  if (historyDays > 0) {
    print(texts.past(historyDays));
    const supervisor = accounts.users.find(({ role }) => role === 'supervisor') ?? admin;
    const operator = () => logIn(httpUrl, supervisor);
    const wish = { dataDir, hubUrl, seed, timeZone, isQuiet, print, interrupted, operator };
    try {
      await enterPast({ ...wish, days: historyDays, accounts: accounts.devices }, texts);
    } catch (error) {
      await hub.stop();
      return refuse(texts.pastFailed(error instanceof Error ? error.message : String(error)));
    }
  }
  const town = createTown({
    hubUrl,
    accounts: accounts.devices,
    seed,
    pace,
    isQuiet,
    ...(historyDays + settings.monthDays > 0
      ? { startAtMs: Date.now() - midnightBefore(Date.now(), timeZone) }
      : {}),
  });
  const screen = { accounts, accountsPath, httpPort: http.port, mqttPort: mqtt.port, isQuiet };
  for (const line of startScreen(screen, texts)) print(line);
  const life = town.start();

  const end = await Promise.race([hub.exited, whenAborted(interrupted)]);
  if (end === 'interrupted') print(texts.stopping);
  await Promise.all([town.stop(), life]);
  await hub.stop();
  if (end !== 'interrupted') return refuse(texts.hubEnded(inWords(end)));
  print(texts.stopped);
  return 0;
}

/** The accounts of an earlier start, or new ones with passwords for everyone and no device yet. */
function withUsers(earlier: Accounts | undefined, community: Community): Accounts {
  if (earlier !== undefined) return earlier;
  const station = (id: string) =>
    community.organisations.find((place) => place.id === id && place.level === 'station')?.name ?? null;
  return {
    users: [
      { name: adminName, password: newPassword(), role: 'administrator', station: null },
      ...community.users.map(({ name, role, organisationId }) => ({
        name,
        password: newPassword(),
        role,
        station: station(organisationId),
      })),
    ],
    devices: [],
  };
}

/** Three groups of four from 31 letters and digits that nobody confuses: 31^12 is about 2^59. */
function newPassword(): string {
  const letters = '23456789abcdefghjkmnpqrstuvwxyz';
  const group = () => Array.from({ length: 4 }, () => letters.charAt(randomInt(letters.length))).join('');
  return [group(), group(), group()].join('-');
}
