import { dirname } from 'node:path';
import { findContradictions } from './config-contradictions.ts';
import { isMapping, mergeSettings, settingsSchema } from './config-settings.ts';
import type { Flags, Settings } from './config-settings.ts';
import type { Driver, DriverOptions, LineSettings } from './drivers/driver.ts';
import { findSecret, secretVariables } from './secret.ts';
import { plainIssues, plainMessage, readYamlFile, textOfPath } from './yaml-file.ts';
import type { PropertyPath } from './yaml-file.ts';

/** One serial line. */
export type PortConfig = {
  /** Unique in this process; part of the identifiers of devices that only this port knows. */
  name: string;
  /** A device path, better one under `/dev/serial/by-id/`, or `tcp://host:port`. */
  path: string;
  /** The name of an entry of `drivers/drivers.ts`. */
  driver: string;
  /** What differs from the driver's own line settings. */
  line?: Partial<LineSettings>;
  silenceLimitMs?: number;
  /** Accepted by the driver already. */
  options: DriverOptions;
};

export type BridgeConfig = {
  hub: {
    /** `mqtt:`, `mqtts:`, `ws:` or `wss:`, without user name and password. */
    url: string;
    /** User name at the hub; with `secret` as password. */
    gatewayId: string;
    secret: string;
    /** PEM text of the authority that signed the hub's certificate. */
    tlsCa?: string;
  };
  ports: PortConfig[];
  /** Absolute; made at start if it is not there. */
  dataDir: string;
  /** Absolute. */
  deviceMapPath?: string;
  outbox: { maxBytes: number };
  logLevel: Settings['logLevel'];
};

/** What decoding needs when nothing is sent to a hub. */
export type ListeningConfig = Omit<BridgeConfig, 'hub'> & { gatewayId: string };

export type SettingsSources = {
  flags: Flags;
  environment: Readonly<Record<string, string | undefined>>;
  drivers: readonly Driver[];
};

export class BadSettings extends Error {
  readonly code = 'bad-settings';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`these settings are wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'BadSettings';
    this.problems = problems;
  }
}

/**
 * Reads flags, the file that `--config` names, and `CAREBELL_BRIDGE_*`; a flag overrides the file. Throws
 * {@link BadSettings} that names every wrong one, those of the file with line and column.
 */
export function readBridgeConfig(sources: SettingsSources): BridgeConfig {
  const { settings, raw, problems, tell } = readSettings(sources);
  const inFile = isMapping(raw) && isMapping(raw['hub']) ? raw['hub'] : {};
  for (const [key, flag] of Object.entries({ url: '--hub', gatewayId: '--gateway' })) {
    if (inFile[key] === undefined)
      problems.push(tell(['hub', key], `is missing; it can be given by ${flag}`));
  }
  const { flags, environment } = sources;
  const secret = findSecret({ flagPath: flags.secretFile, environment, inFile, file: flags.config });
  if (!secret.ok) problems.push(...secret.problems);
  const { url, gatewayId, tlsCa } = settings?.hub ?? {};
  if (!settings || problems.length > 0 || url === undefined || gatewayId === undefined || !secret.ok) {
    throw new BadSettings(problems);
  }
  const hub = { url, gatewayId, secret: secret.value, ...(tlsCa === undefined ? {} : { tlsCa }) };
  return { hub, ...withoutHub(settings) };
}

/** The same for listening without a hub: nothing that concerns the hub needs to be there. */
export function readListeningConfig(sources: SettingsSources): ListeningConfig {
  const { settings, problems } = readSettings(sources);
  if (!settings || problems.length > 0) throw new BadSettings(problems);
  return { gatewayId: settings.hub?.gatewayId ?? 'gateway', ...withoutHub(settings) };
}

type Tell = (path: PropertyPath, message: string, key?: string) => string;
type Read = { settings: Settings | null; raw: unknown; problems: string[]; tell: Tell };

function readSettings({ flags, environment, drivers }: SettingsSources): Read {
  const path = flags.config;
  const read = path === undefined ? null : readYamlFile(path);
  if (read !== null && !read.ok) throw new BadSettings(read.problems);
  const file = read?.value ?? null;
  const folder = path === undefined ? process.cwd() : dirname(path);
  const { raw, flagAt } = mergeSettings(flags, file?.value ?? {}, folder);
  const tell: Tell = (where, message, key) => {
    const origin = flagAt(where);
    if (origin !== undefined) return `${origin.flag}: ${textOfPath(origin.rest)}${message}`;
    if (file !== null) return file.problem(where, message, key);
    return `${textOfPath(key === undefined ? where : [...where, key])}${message}`;
  };
  const parsed = settingsSchema(drivers).safeParse(raw, { error: plainMessage });
  const issues = [
    ...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => plainIssues(issue))),
    ...findContradictions(raw, drivers),
  ];
  const problems = [
    ...unknownVariables(environment),
    ...issues.map((issue) => tell(issue.path, issue.message, issue.key)),
  ];
  return { settings: parsed.success ? parsed.data : null, raw, problems, tell };
}

function unknownVariables(environment: SettingsSources['environment']): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('CAREBELL_BRIDGE_') && !secretVariables.some((known) => known === name))
    .map((name) => `${name}: no such setting; ${secretVariables.join(', ')} exist`);
}

function withoutHub(settings: Settings): Omit<BridgeConfig, 'hub'> {
  const { ports, dataDir, deviceMap, outbox, logLevel } = settings;
  return {
    ports: ports.map(({ name, path, driver, line, silenceLimitMs, options }) => ({
      name: name ?? driver,
      path,
      driver,
      ...(line === undefined ? {} : { line: presentOf(line) }),
      ...(silenceLimitMs === undefined ? {} : { silenceLimitMs }),
      options,
    })),
    dataDir,
    ...(deviceMap === undefined ? {} : { deviceMapPath: deviceMap }),
    outbox,
    logLevel,
  };
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function presentOf<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
