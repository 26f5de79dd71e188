import { join, resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { chooseLanguage } from '../cli/texts.ts';
import type { Language } from '../cli/texts.ts';

export type DemoSettings = {
  dataDir: string;
  accountsPath: string;
  /** 0 asks for any free port. */
  httpPort: number;
  mqttPort: number;
  logLevel: string;
  seed: string;
  pace: number;
  /** Days before now to be filled; 0: none. */
  historyDays: number;
  /** Days that the community lives at the hub before it lives on; 0: none. */
  monthDays: number;
  /** The midnight with which they end, as a date; `null`: now. */
  monthUntil: string | null;
  timeZone: string;
  isQuiet: boolean;
  language: Language;
};

export type SettingsRead =
  { ok: true; settings: DemoSettings } | { ok: false; exitCode: 0 | 2; lines: string[] };

/** The hub forgets readings after a quarter of a year. */
const mostHistoryDays = 90;
const mostMonthDays = 92;

/** Settings of the hub that a demo on this machine alone has no use for, and must not carry to a real hub. */
const unfit = ['DATABASE_URL', 'MQTT_URL', 'TLS_CERT', 'TLS_KEY', 'TLS_CA', 'MQTT_TLS_PORT'];

export function readDemoSettings(argv: readonly string[], env: NodeJS.ProcessEnv): SettingsRead {
  const lines: string[] = [];
  const keep = (text: string) => lines.push(text.trimEnd());
  const program = new Command('npm run demo --')
    .description(
      '安铃演示：一个枢纽、一个示例社区和活动的虚拟设备 · the hub with a sample community and living devices',
    )
    .addOption(new Option('--seed <text>', '随机种子 · seed of what happens by chance').default('carebell'))
    .addOption(
      new Option('--pace <times>', '快慢倍数 · how many times faster').argParser(positive).default(1),
    )
    .addOption(
      new Option('--history <days>', '先写入过去的日子，例如 30d · fill the days before now, such as 30d')
        .argParser(days)
        .default(0, 'none'),
    )
    .addOption(
      new Option('--days <days>', '先过这么多天的日子 · first live so many days, such as 30')
        .argParser(monthDays)
        .default(0, 'none')
        .conflicts('history'),
    )
    .addOption(
      new Option(
        '--until <date>',
        '这些天到哪一天零点为止，例如 2026-11-01 · the midnight with which these days end, such as 2026-11-01',
      ).argParser(date),
    )
    .addOption(new Option('--quiet', '不自动呼救 · no alarms by itself').default(false))
    .addOption(new Option('--lang <language>', '语言 · language').choices(['zh-CN', 'en']))
    .exitOverride()
    .configureOutput({ writeOut: keep, writeErr: keep });
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return { ok: false, exitCode: error.exitCode === 0 ? 0 : 2, lines };
    throw error;
  }
  const problems = unfit
    .map((name) => `CAREBELL_${name}`)
    .filter((name) => (env[name] ?? '') !== '')
    .map(
      (name) =>
        `${name}: 演示只用本机的自带数据库和端口，请先取消这个变量 · the demo runs on this machine alone; unset it`,
    );
  const port = (name: string, fallback: number) => {
    const text = env[name] ?? '';
    if (text !== '' && !/^\d{1,5}$/.test(text)) problems.push(`${name}: 0–65535`);
    return text === '' ? fallback : Number(text);
  };
  const dataDir = env['CAREBELL_DATA_DIR'] ?? './data';
  const given = program.opts<{
    seed: string;
    pace: number;
    history: number;
    days: number;
    until?: string;
    quiet: boolean;
  }>();
  if (given.until !== undefined && given.days === 0) problems.push('--until: --days 30 --until 2026-11-01');
  const settings: DemoSettings = {
    dataDir: resolve(dataDir),
    accountsPath: join(dataDir, 'demo-accounts.json'),
    httpPort: port('CAREBELL_HTTP_PORT', 8080),
    mqttPort: port('CAREBELL_MQTT_PORT', 1883),
    logLevel: env['CAREBELL_LOG_LEVEL'] ?? 'warn',
    seed: given.seed,
    pace: given.pace,
    historyDays: given.history,
    monthDays: given.days,
    monthUntil: given.until ?? null,
    timeZone: env['CAREBELL_TIME_ZONE'] ?? 'Asia/Shanghai',
    isQuiet: given.quiet,
    language: chooseLanguage(argv, env),
  };
  return problems.length === 0 ? { ok: true, settings } : { ok: false, exitCode: 2, lines: problems };
}

function days(text: string): number {
  const value = Number(/^([1-9]\d{0,2})d$/.exec(text)?.[1]);
  if (!(value <= mostHistoryDays)) throw new InvalidArgumentError(`1d–${mostHistoryDays}d`);
  return value;
}

function monthDays(text: string): number {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > mostMonthDays) throw new InvalidArgumentError(`1–${mostMonthDays}`);
  return value;
}

function date(text: string): string {
  const isDate = /^20\d\d-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
  if (!isDate) throw new InvalidArgumentError('2026-11-01');
  return text;
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('> 0');
  return value;
}
