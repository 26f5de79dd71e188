import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { deviceIdSchema } from '@carebell/contracts/ids.ts';
import { z } from 'zod';
import type { Driver } from './drivers/driver.ts';
import type { PropertyPath } from './yaml-file.ts';

/** What the command line can say; the rest of the settings needs a file. */
export type Flags = {
  config?: string | undefined;
  port?: string | undefined;
  driver?: string | undefined;
  name?: string | undefined;
  baud?: string | undefined;
  hub?: string | undefined;
  gateway?: string | undefined;
  secretFile?: string | undefined;
  tlsCa?: string | undefined;
  dataDir?: string | undefined;
  deviceMap?: string | undefined;
  logLevel?: string | undefined;
};

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
const text = z.string().min(1).max(4096);
const positive = z.coerce.number().int().min(1);

/** The configuration file, with the flags laid over it. */
export function settingsSchema(drivers: readonly Driver[]) {
  const known = new Set(drivers.map(({ name }) => name));
  return z.strictObject({
    hub: z
      .strictObject({
        url: text.superRefine((url, context) => {
          const message = hubUrlProblem(url);
          if (message !== null) context.addIssue({ code: 'custom', message });
        }),
        gatewayId: deviceIdSchema,
        secret: z.string().min(1).max(200),
        secretFile: text,
        tlsCa: text.transform((path, context) => {
          if (existsSync(path)) return readFileSync(path, 'utf8');
          context.addIssue({ code: 'custom', message: `no file ${path}; name a file with PEM certificates` });
          return z.NEVER;
        }),
      })
      .partial()
      .optional(),
    ports: z
      .array(
        z.strictObject({
          name: z
            .string()
            .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,23}$/, 'use 1–24 letters, digits, "_" or "-"')
            .optional(),
          path: text.superRefine((path, context) => {
            const message = portPathProblem(path);
            if (message !== null) context.addIssue({ code: 'custom', message });
          }),
          driver: text.refine((name) => known.has(name), {
            error: `no such driver; ${[...known].join(', ')} exist`,
          }),
          line: z
            .strictObject({
              baudRate: positive.max(4_000_000),
              dataBits: z.literal([7, 8]),
              parity: z.enum(['none', 'even', 'odd']),
              stopBits: z.literal([1, 2]),
            })
            .partial()
            .optional(),
          /** Up to 24.8 days: what a timer can hold. */
          silenceLimitMs: positive.min(1000).max(2_147_483_647).optional(),
          options: z.record(z.string(), z.unknown()).default({}),
        }),
        {
          error: (issue) =>
            issue.input === undefined ? 'is missing; it can be given by --port and --driver' : undefined,
        },
      )
      .min(1, 'name at least one port'),
    dataDir: text.default(resolve('data/bridge')),
    deviceMap: text.optional(),
    outbox: z.strictObject({ maxBytes: byteCount().default(256 * 1024 * 1024) }).prefault({}),
    logLevel: z.enum(logLevels).default('info'),
  });
}
export type Settings = z.output<ReturnType<typeof settingsSchema>>;

/**
 * Lays the flags over what the file says; `--port` stands for a list with that one port. Paths in the file count from
 * the file's folder. `flagAt` tells which flag a place of the result came from, and where in it.
 */
export function mergeSettings(
  flags: Flags,
  file: unknown,
  folder: string,
): { raw: unknown; flagAt: (path: PropertyPath) => Origin | undefined } {
  if (!isMapping(file)) return { raw: file, flagAt: () => undefined };
  const fromFile = (value: unknown) => (typeof value === 'string' ? resolve(folder, value) : value);
  const hub = isMapping(file['hub'])
    ? withChanged(file['hub'], { tlsCa: fromFile, secretFile: fromFile })
    : file['hub'];
  const raw: Record<string, unknown> = {
    ...withChanged(file, { dataDir: fromFile, deviceMap: fromFile }),
    hub,
  };
  const origins = new Map<string, string>();
  const lay = (target: Record<string, unknown>, key: string, flag: string, at: string, value?: unknown) => {
    if (value === undefined) return;
    target[key] = value;
    origins.set(at, flag);
  };
  const hubFlags: Record<string, unknown> = isMapping(hub) ? { ...hub } : {};
  lay(hubFlags, 'url', '--hub', 'hub.url', flags.hub);
  lay(hubFlags, 'gatewayId', '--gateway', 'hub.gatewayId', flags.gateway);
  lay(hubFlags, 'tlsCa', '--tls-ca', 'hub.tlsCa', flags.tlsCa);
  if (origins.size > 0 || isMapping(hub)) raw['hub'] = hubFlags;
  if (raw['hub'] === undefined) delete raw['hub'];
  lay(raw, 'dataDir', '--data-dir', 'dataDir', flags.dataDir && resolve(flags.dataDir));
  lay(raw, 'deviceMap', '--device-map', 'deviceMap', flags.deviceMap && resolve(flags.deviceMap));
  lay(raw, 'logLevel', '--log-level', 'logLevel', flags.logLevel);
  const portFlags = [flags.port, flags.driver, flags.name, flags.baud].some((value) => value !== undefined);
  if (portFlags) {
    const port: Record<string, unknown> = {};
    raw['ports'] = [port];
    for (const at of ['ports.0.path', 'ports.0.driver', 'ports.0.name', 'ports.0.line.baudRate']) {
      origins.set(at, flagOfPortField[at] ?? '--port');
    }
    lay(port, 'path', '--port', 'ports.0.path', flags.port);
    lay(port, 'driver', '--driver', 'ports.0.driver', flags.driver);
    lay(port, 'name', '--name', 'ports.0.name', flags.name);
    lay(port, 'line', '--baud', 'ports.0.line.baudRate', flags.baud && { baudRate: flags.baud });
    origins.set('ports.0', '--port');
  }
  return { raw, flagAt: (path) => nearest(origins, path) };
}

const flagOfPortField: Record<string, string> = {
  'ports.0.path': '--port',
  'ports.0.driver': '--driver',
  'ports.0.name': '--name',
  'ports.0.line.baudRate': '--baud',
};

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Origin = { flag: string; rest: PropertyPath };

function nearest(origins: ReadonlyMap<string, string>, path: PropertyPath): Origin | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const flag = origins.get(path.slice(0, length).map(String).join('.'));
    if (flag !== undefined) return { flag, rest: path.slice(length) };
  }
  return undefined;
}

function withChanged(
  mapping: Record<string, unknown>,
  changes: Record<string, (value: unknown) => unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(mapping).map(([key, value]) => [key, changes[key]?.(value) ?? value]),
  );
}

function hubUrlProblem(url: string): string | null {
  if (!URL.canParse(url)) return 'use an address such as mqtt://127.0.0.1:1883';
  const { protocol, username, password, hostname } = new URL(url);
  if (!['mqtt:', 'mqtts:', 'ws:', 'wss:'].includes(protocol)) return 'use mqtt://, mqtts://, ws:// or wss://';
  if (hostname === '') return 'names no host';
  return username === '' && password === '' ? null : 'leave user name and password out; see secretFile';
}

function portPathProblem(path: string): string | null {
  if (!path.includes('://')) return null;
  const parsed = URL.canParse(path) ? new URL(path) : null;
  const isTcp = parsed?.protocol === 'tcp:' && parsed.hostname !== '' && parsed.port !== '';
  return isTcp ? null : 'use a device path or tcp://host:port';
}

const units = { KB: 1e3, MB: 1e6, GB: 1e9 } as const;

/** A number of bytes, or "500 MB". */
function byteCount() {
  const bytes = z.number().int().min(1_000_000, 'use at least 1 MB');
  return z
    .union([z.number(), z.string().regex(/^\d+ ?[KMG]B$/, 'use bytes, or text such as "500 MB"')])
    .transform((value) => {
      if (typeof value === 'number') return value;
      const unit = value.slice(-2) as keyof typeof units;
      return Number.parseInt(value, 10) * units[unit];
    })
    .pipe(bytes);
}
