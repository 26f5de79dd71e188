import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { roles } from '@carebell/contracts/roles.ts';
import type { Role } from '@carebell/contracts/roles.ts';
import { z } from 'zod';
import { fingerprintsIn, pairProblem } from './certificates/tls-files.ts';
import type { TlsFiles, TlsTexts } from './certificates/tls-files.ts';

export type Config = {
  dataDir: string;
  /** Where the keys of sealed cells are kept. */
  dataKeyFile: string;
  http: { host: string; port: number };
  mqtt: { host: string; port: number; tlsPort: number | null };
  /** Where the hub signs in for its own test; its own MQTT port without it. */
  chainAt: { host: string; port: number } | null;
  /** Set when a certificate is given: HTTPS on the HTTP port, and MQTT on `tlsPort`. */
  tls: (TlsTexts & { files: TlsFiles; clients: 'required' | 'optional' }) | null;
  /** Addresses of proxies in front whose `X-Forwarded-…` headers are believed. */
  trustProxy: string | null;
  history: {
    /** An InfluxDB with its user, password and database; without one the history stands in the data directory. Never logged. */
    influxUrl: string | null;
    /** How long events are kept one by one. */
    days: number;
  };
  /** The address by which phones outside reach the hub, for the links in notifications. */
  publicUrl: string | null;
  /** The address of map tiles with `{z}`, `{x}` and `{y}`; screens ask no other host than the hub without it. */
  mapTiles: string | null;
  adminPassword: string | null;
  /** Roles that may do nothing before they have set up a second factor. */
  requireTotp: readonly Role[];
  timeZone: string;
  locale: 'zh-CN' | 'en';
  logLevel: (typeof logLevels)[number];
  isDemo: boolean;
  /** The instant with which a demo begins whose clock is moved by the process that started it. */
  demoClockMs: number | null;
};

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
const port = z.coerce.number().int().min(0).max(65535);
const notYet = (name: string, what: string) =>
  z.undefined({ error: `${what} is not part of this version; unset CAREBELL_${name}` }).optional();

const settings = z.object({
  DATA_DIR: z.string().min(1).default('./data'),
  DATA_KEY_FILE: z.string().min(1).optional(),
  HTTP_HOST: z.string().min(1).default('127.0.0.1'),
  HTTP_PORT: port.default(8080),
  MQTT_HOST: z.string().min(1).default('127.0.0.1'),
  MQTT_PORT: port.default(1883),
  MQTT_TLS_PORT: port.optional(),
  CHAIN_MQTT: z
    .string()
    .regex(/^.+:\d{1,5}$/, 'use host:port')
    .transform(addressOf)
    .optional(),
  TLS_CERT: readable('a PEM certificate').optional(),
  TLS_KEY: readable('a PEM private key').optional(),
  TLS_CA: readable('PEM certificates').optional(),
  TLS_CLIENTS: z.enum(['required', 'optional']).default('required'),
  TLS_REVOKED: readable('fingerprints, one on a line').optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'use an address such as "https://hub.example.org"' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  MAP_TILES: z.string().refine(isTileUrl, 'use an address such as "https://host/{z}/{x}/{y}.png"').optional(),
  ADMIN_PASSWORD: z.string().min(12, 'use at least 12 characters').max(200).optional(),
  REQUIRE_TOTP: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(roles, { error: `name roles, with commas between them: ${roles.join(', ')}` })))
    .optional(),
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'use an IANA name such as "Asia/Shanghai"')
    .default('Asia/Shanghai'),
  LOCALE: z.enum(['zh-CN', 'en']).default('zh-CN'),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  TRUST_PROXY: z.string().max(500).optional(),
  DEMO: z.enum(['0', '1']).default('0'),
  DEMO_CLOCK: z.iso.datetime({ offset: true }).optional(),
  INFLUX_URL: z.string().refine(isInfluxUrl, 'use http(s)://user:password@host:8086/database').optional(),
  HISTORY_DAYS: z.coerce.number().int().min(1).max(36_500).default(400),
  DATABASE_URL: notYet('DATABASE_URL', 'a PostgreSQL'),
  MQTT_URL: notYet('MQTT_URL', 'an external MQTT broker'),
});
const prefix = 'CAREBELL_';
/** The bridge's own settings, which may stand in one environment with the hub's. */
const bridgePrefix = 'CAREBELL_BRIDGE_';

export class BadSettings extends Error {
  readonly code = 'bad-settings';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`these settings are wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'BadSettings';
    this.problems = problems;
  }
}

/** Reads `CAREBELL_*`. Throws {@link BadSettings} that names every wrong one, unknown names included. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment)
      .filter(([name, value]) => name.startsWith(prefix) && value !== undefined && value !== '')
      .filter(([name]) => !name.startsWith(bridgePrefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
  const parsed = settings.strict().safeParse(given);
  const problems = parsed.success ? [] : parsed.error.issues.flatMap(describe);
  if (parsed.success) problems.push(...contradictions(parsed.data));
  if (!parsed.success || problems.length > 0) throw new BadSettings(problems);
  const { data } = parsed;
  return {
    dataDir: resolve(data.DATA_DIR),
    dataKeyFile: resolve(data.DATA_KEY_FILE ?? join(data.DATA_DIR, 'data.key')),
    http: { host: data.HTTP_HOST, port: data.HTTP_PORT },
    mqtt: { host: data.MQTT_HOST, port: data.MQTT_PORT, tlsPort: data.MQTT_TLS_PORT ?? null },
    chainAt: data.CHAIN_MQTT ?? null,
    tls: tlsOf(data),
    trustProxy: data.TRUST_PROXY ?? null,
    history: { influxUrl: data.INFLUX_URL ?? null, days: data.HISTORY_DAYS },
    publicUrl: data.PUBLIC_URL ?? null,
    mapTiles: data.MAP_TILES ?? null,
    adminPassword: data.ADMIN_PASSWORD ?? null,
    requireTotp: data.REQUIRE_TOTP ?? [],
    timeZone: data.TIME_ZONE,
    locale: data.LOCALE,
    logLevel: data.LOG_LEVEL,
    isDemo: data.DEMO === '1',
    demoClockMs: data.DEMO_CLOCK === undefined ? null : Date.parse(data.DEMO_CLOCK),
  };
}

function describe(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) => `${prefix}${key}: no such setting; ${Object.keys(settings.shape).join(', ')} exist`,
    );
  }
  return [`${prefix}${issue.path.join('.')}: ${issue.message}`];
}

function contradictions(data: z.infer<typeof settings>): string[] {
  const problems: string[] = [];
  if ((data.TLS_CERT === undefined) !== (data.TLS_KEY === undefined)) {
    problems.push(`${prefix}TLS_CERT and ${prefix}TLS_KEY: give both or neither`);
  }
  if (data.MQTT_TLS_PORT !== undefined && data.TLS_CERT === undefined) {
    problems.push(`${prefix}MQTT_TLS_PORT: needs ${prefix}TLS_CERT and ${prefix}TLS_KEY`);
  }
  if (data.TLS_CERT !== undefined && data.TLS_KEY !== undefined)
    problems.push(...pairProblems(data.TLS_CERT.text, data.TLS_KEY.text));
  const isLocal = [data.HTTP_HOST, data.MQTT_HOST].every(isLoopback);
  if (data.DEMO === '1' && !isLocal)
    problems.push(`${prefix}DEMO: a demo has log-ins on disk and runs on 127.0.0.1 only`);
  if (data.DEMO_CLOCK !== undefined && data.DEMO !== '1')
    problems.push(`${prefix}DEMO_CLOCK: only the clock of a demo is moved`);
  return problems;
}

function pairProblems(cert: string, key: string): string[] {
  const problem = pairProblem(cert, key);
  return problem === undefined ? [] : [`${prefix}TLS_CERT, ${prefix}TLS_KEY: ${problem}`];
}

function tlsOf(data: z.infer<typeof settings>): Config['tls'] {
  const { TLS_CERT: cert, TLS_KEY: key, TLS_CA: ca, TLS_REVOKED: revoked } = data;
  if (cert === undefined || key === undefined) return null;
  return {
    cert: cert.text,
    key: key.text,
    ca: ca?.text ?? null,
    revoked: fingerprintsIn(revoked?.text ?? ''),
    files: { cert: cert.path, key: key.path, ca: ca?.path ?? null, revoked: revoked?.path ?? null },
    clients: data.TLS_CLIENTS,
  };
}

/** A setting that names a file, with the file's text. */
function readable(what: string) {
  return z.string().transform((path, context) => {
    if (existsSync(path)) return { path: resolve(path), text: readFileSync(path, 'utf8') };
    context.addIssue({ code: 'custom', message: `no file at this path; name a file with ${what}` });
    return z.NEVER;
  });
}

function addressOf(text: string): { host: string; port: number } {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port: Number(text.slice(colon + 1)) };
}

function isInfluxUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && /^https?:$/.test(url.protocol) && /^\/[\w.%-]*$/.test(url.pathname) && url.search === ''
  );
}

function isTileUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && /^https?:$/.test(url.protocol) && /\{z\}.*\{x\}.*\{y\}|\{z\}.*\{y\}.*\{x\}/.test(text)
  );
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return false;
  }
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
