import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchFile } from './file-watch.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watch-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a file that is changed at once after it was seen, replaced, removed and put back is told each time', async () => {
  const path = join(folder, 'devices.yaml');
  const changed = vi.fn<() => void>();
  const told = (times: number) => vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(times));
  writeFileSync(path, 'one');
  const watch = watchFile(path, 10, changed);
  watch.seen();
  writeFileSync(path, 'two');
  await told(1);
  writeFileSync(`${path}~`, 'two');
  renameSync(`${path}~`, path);
  await told(2);
  rmSync(path);
  await told(3);
  writeFileSync(path, 'two');
  watch.seen();
  writeFileSync(path, 'four');
  await told(4);
  watch.stop();
});
