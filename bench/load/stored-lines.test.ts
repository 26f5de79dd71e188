import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { followLines } from './stored-lines.ts';

it('counts the lines of a file that grows, a line that is not finished when it is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carebell-lines-'));
  const file = join(folder, 'events');
  writeFileSync(file, '');
  const lines = followLines(file);
  expect(lines.count()).toBe(0);
  appendFileSync(file, 'one\ntwo\nthr');
  expect(lines.count()).toBe(2);
  appendFileSync(file, 'ee\n');
  expect(lines.count()).toBe(3);
  appendFileSync(file, 'a line\n'.repeat(400_000));
  expect(lines.count()).toBe(400_003);
  lines.close();
  rmSync(folder, { recursive: true });
});
