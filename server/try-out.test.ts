import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'carebell-try-test-'));
});
afterEach(() => rmSync(scratch, { recursive: true }));

/** As `npm start -- --try` runs it, but for the flags that only shape memory. */
function tryHub(env: NodeJS.ProcessEnv) {
  return spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), '--try'], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], TMPDIR: scratch, ...env },
  });
}

describe('a hub that is only tried', () => {
  it('starts, stops, and leaves nothing behind, whatever the settings of the real one', () => {
    const dataDir = join(scratch, 'real');
    const tried = tryHub({ CAREBELL_DATA_DIR: dataDir, CAREBELL_MQTT_PORT: 'no port' });
    expect(tried).toMatchObject({ status: 0, stderr: '' });
    expect(tried.stdout).toMatch(/试运行正常 \/ starts and stops here/u);
    expect(readdirSync(scratch)).toEqual([]);
  });

  it('ends with an error where a hub cannot keep its data', () => {
    const tried = tryHub({ TMPDIR: join(scratch, 'missing') });
    expect(tried.status).not.toBe(0);
    expect(tried.stderr).toMatch(/ENOENT.*missing/u);
  });
});
