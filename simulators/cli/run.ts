import { writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { mqttPath } from '@carebell/contracts/topics.ts';
import { ApiProblem } from '../demo/api-client.ts';
import type { ApiClient } from '../demo/api-client.ts';
import { openAlarmDesk } from '../scenario/alarm-desk.ts';
import type { AlarmDesk } from '../scenario/alarm-desk.ts';
import { readScenario } from '../scenario/read-scenario.ts';
import { brokenResult, hasPassed, junitReport, resultTable } from '../scenario/report.ts';
import { runScenario } from '../scenario/run-scenario.ts';
import type { ScenarioResult } from '../scenario/run-scenario.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';
import {
  openTestPlace,
  openTestStation,
  putUnderTest,
  readRights,
  retireTestPlace,
} from '../scenario/test-place.ts';
import type { TestPlace } from '../scenario/test-place.ts';
import { systemTime } from '../time.ts';
import { exitCodes, UsageError } from './desk.ts';
import type { Desk, ExitCode } from './desk.ts';
import { enter } from './enter.ts';

export type RunCommandOptions = {
  speed: number;
  seed: string;
  hub: string;
  mqtt?: string;
  token?: string;
  user?: string;
  station?: string;
  junit?: string;
  json?: boolean;
  accounts: string;
};

/** Plays the scenario files side by side. Exit code 0: all expectations were met; 1: not all; 2: it could not begin. */
export async function runScenarios(
  files: readonly string[],
  options: RunCommandOptions,
  desk: Desk,
): Promise<ExitCode> {
  const texts = desk.texts.run;
  const scenarios = await readAll(files, desk);
  const hubUrl = options.hub.replace(/\/+$/, '');
  const say = (line: string) => (options.json === true ? desk.printError(line) : desk.print(line));
  try {
    const api = await enter(hubUrl, options, desk);
    const rights = await readRights(api);
    const { user, hub } = rights.session;
    if (!rights.ok) throw new UsageError(texts.noRights(user.name, user.role, rights.missing));
    const stationId = options.station ?? (await openTestStation(api, user.organisationId));
    say(texts.begins(scenarios.length, hubUrl, stationId));
    say(texts.speedNote(options.speed));
    const startedAtMs = systemTime.now();
    const results = await playAll(scenarios, {
      api,
      stationId,
      timeZone: hub.timeZone,
      hubUrl,
      options,
      desk,
      say,
    });
    if (options.json === true)
      desk.print(JSON.stringify(results.map((result) => ({ ...result, passed: hasPassed(result) }))));
    else for (const line of resultTable(results)) desk.print(line);
    if (options.junit !== undefined) await writeFile(options.junit, junitReport(results));
    const passed = results.filter(hasPassed).length;
    say('');
    say(texts.ends(passed, results.length, ((systemTime.now() - startedAtMs) / 1_000).toFixed(0)));
    say(texts.cleaned);
    return passed === results.length ? exitCodes.accepted : exitCodes.notAccepted;
  } catch (error) {
    if (error instanceof ApiProblem) throw new UsageError(texts.refused(error.message));
    if (error instanceof TypeError && error.message === 'fetch failed')
      throw new UsageError(texts.unreachable(hubUrl, codeOf(error.cause)));
    throw error;
  }
}

async function readAll(files: readonly string[], { texts }: Desk): Promise<Scenario[]> {
  const scenarios: Scenario[] = [];
  const complaints: string[] = [];
  for (const file of files) {
    const read = await readScenario(file);
    if (read.ok) scenarios.push(read.scenario);
    else complaints.push(...read.complaints.map(({ line, message }) => texts.run.bad(file, line, message)));
  }
  const twice = scenarios.find(
    ({ name }, index) => scenarios.findIndex((other) => other.name === name) !== index,
  );
  if (twice !== undefined) complaints.push(texts.run.sameName(twice.name));
  if (complaints.length > 0) throw new UsageError(complaints.join('\n'));
  return scenarios;
}

type Stage = {
  api: ApiClient;
  stationId: string;
  timeZone: string;
  hubUrl: string;
  options: RunCommandOptions;
  desk: Desk;
  say(line: string): void;
};

async function playAll(scenarios: readonly Scenario[], stage: Stage): Promise<ScenarioResult[]> {
  const { api, stationId, timeZone, hubUrl, options, desk } = stage;
  const broken = new AbortController();
  const interrupted = AbortSignal.any([desk.interrupted, broken.signal]);
  const mqttUrl = options.mqtt ?? `${hubUrl.replace(/^http/, 'ws')}${mqttPath}`;
  const alarmDesk = await openAlarmDesk(api, stationId, () => broken.abort());
  const runWord = randomBytes(6).toString('hex');
  try {
    const wish = { stationId, nowMs: systemTime.now(), timeZone, isUsed: alarmDesk.wasAlarmed };
    const places = await Promise.all(scenarios.map((scenario) => openTestPlace(api, { ...wish, scenario })));
    const tested = places.filter((_, index) => scenarios[index]?.isTest === true);
    const endTest = await putUnderTest(
      api,
      tested.flatMap(({ dwellingIds }) => dwellingIds),
    );
    const results = await Promise.all(
      scenarios.map((scenario, index) =>
        playOne(scenario, places[index], alarmDesk, stage, { interrupted, mqttUrl, runWord }),
      ),
    );
    await endTest();
    return results;
  } finally {
    alarmDesk.stop();
  }
}

async function playOne(
  scenario: Scenario,
  place: TestPlace | undefined,
  alarmDesk: AlarmDesk,
  { api, options, timeZone, say }: Stage,
  { interrupted, mqttUrl, runWord }: { interrupted: AbortSignal; mqttUrl: string; runWord: string },
): Promise<ScenarioResult> {
  const beganAtMs = systemTime.now();
  try {
    if (place === undefined) throw new Error(`the scenario ${scenario.name} has no place`);
    const result = await runScenario(scenario, place, alarmDesk, {
      hubUrl: mqttUrl,
      time: systemTime,
      seed: options.seed,
      speed: options.speed,
      timeZone,
      runWord,
      interrupted,
      progress: (line) => say(`${scenario.name}  ${line}`),
    });
    await retireTestPlace(api, scenario, place);
    return result;
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    // The others go on, and clean up after themselves.
    return brokenResult(scenario, error.message, systemTime.now() - beganAtMs);
  }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
}
