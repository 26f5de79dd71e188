import { z } from 'zod';
import { isMapping } from './config-settings.ts';
import type { Driver, DriverOptions } from './drivers/driver.ts';
import { plainIssues } from './yaml-file.ts';
import type { PlainIssue } from './yaml-file.ts';

/**
 * What each setting for itself does not show: two ports with one name or one path, options that a driver refuses. It
 * reads settings that were not parsed yet, so that these stand in the same list as everything else that is wrong.
 */
export function findContradictions(raw: unknown, drivers: readonly Driver[]): PlainIssue[] {
  const ports = isMapping(raw) && Array.isArray(raw['ports']) ? (raw['ports'] as unknown[]) : [];
  return [...repeated(ports, nameOf, 'name'), ...repeated(ports, pathOf, 'path'), ...refused(ports, drivers)];
}

/** Without a name of its own a port is called by its driver. */
export function nameOf(port: Record<string, unknown>): unknown {
  return port['name'] ?? port['driver'];
}

function pathOf(port: Record<string, unknown>): unknown {
  return port['path'];
}

function repeated(
  ports: readonly unknown[],
  valueOf: (port: Record<string, unknown>) => unknown,
  field: string,
): PlainIssue[] {
  const values = ports.map((port) => (isMapping(port) ? valueOf(port) : undefined));
  return values.flatMap((value, index) => {
    const first = values.indexOf(value);
    if (typeof value !== 'string' || first === index) return [];
    const message = `ports[${first}] has the ${field} "${value}" already; give each port its own`;
    return [{ path: ['ports', index, field], message }];
  });
}

function refused(ports: readonly unknown[], drivers: readonly Driver[]): PlainIssue[] {
  return ports.flatMap((port, index) => {
    if (!isMapping(port)) return [];
    const driver = drivers.find(({ name }) => name === port['driver']);
    const options = port['options'] ?? {};
    return driver === undefined || !isMapping(options)
      ? []
      : problemsOf(driver, options).map((issue) => ({
          ...issue,
          path: ['ports', index, 'options', ...issue.path],
        }));
  });
}

/** A driver parses its options when it is asked for a decoder or poller, and does nothing else before it is started. */
function problemsOf(driver: Driver, options: DriverOptions): PlainIssue[] {
  try {
    if (driver.mode === 'framed') driver.createDecoder(options);
    else driver.createPoller(options, { write: () => undefined, decoded: () => undefined });
    return [];
  } catch (error) {
    if (error instanceof z.ZodError) {
      return error.issues.flatMap((issue) => plainIssues(issue));
    }
    return [{ path: [], message: error instanceof Error ? error.message : String(error) }];
  }
}
