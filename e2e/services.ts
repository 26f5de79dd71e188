import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs that tests use where a machine has them, by the names under which they may be found. */
const programs = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome'],
  mosquitto_pub: ['mosquitto_pub'],
  influxd: ['influxd'],
  socat: ['socat'],
  strace: ['strace'],
  prlimit: ['prlimit'],
} as const;
export type Service = keyof typeof programs;

/**
 * The path of a program, or `undefined` with one line that says so: its tests are skipped then. With
 * `CAREBELL_REQUIRE_SERVICES=1` a missing one is an error, so that nothing passes by having been skipped.
 */
export function serviceOrSkip(name: Service): string | undefined {
  const path = programs[name].flatMap((file) => onPath(file) ?? []).at(0);
  if (path !== undefined) return path;
  if (process.env['CAREBELL_REQUIRE_SERVICES'] === '1') {
    throw new Error(`${name} is required (CAREBELL_REQUIRE_SERVICES=1) and is not on the PATH`);
  }
  process.stderr.write(`skipped: ${name} is not on the PATH\n`);
  return undefined;
}

function onPath(file: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, file)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    // Not there, or not for us: looked for elsewhere.
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
