import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('.', import.meta.url));
const assets = new URL('dist/assets/', import.meta.url);
const page = new URL('dist/index.html', import.meta.url);
const isRequired = process.env['CAREBELL_REQUIRE_SERVICES'] === '1';
const isBuilt = existsSync(page) || isRequired;
if (!isBuilt) process.stderr.write('skipped: the bundle budget needs a built dashboard (npm run build)\n');

const kilobyte = 1024;

/** What a file asks for at once: its static imports, not those that it may ask for later. */
function staticImports(name: string): string[] {
  const text = readFileSync(new URL(name, assets), 'utf8');
  return [...text.matchAll(/(?:^|[;}\s])(?:import|export)[^()'"`]*?["']\.\/([^"']+\.js)["']/g)].map(
    (found) => found[1]!,
  );
}

function withImports(names: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    waiting.push(...staticImports(name));
  }
  return seen;
}

/** The built file of a source file that is loaded on its own. */
function chunk(name: string): string {
  const found = readdirSync(assets).find((file) => file.startsWith(`${name}-`) && file.endsWith('.js'));
  expect(found, `a chunk for ${name}`).toBeDefined();
  return found!;
}

describe.skipIf(!isBuilt)('the budget of the first page', () => {
  beforeAll(() => {
    if (!existsSync(page)) execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'ignore' });
  }, 120_000);

  it('is at most 350 KB of compressed JavaScript until the wall stands', () => {
    const entries = [...readFileSync(page, 'utf8').matchAll(/assets\/([^"]+\.js)"/g)].map(
      (found) => found[1]!,
    );
    const files = withImports([...entries, chunk('open-page'), chunk('Station'), chunk('zh-CN')]);
    const sizes = [...files].map((name) => gzipSync(readFileSync(new URL(name, assets))).length);
    const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / kilobyte;
    process.stderr.write(`until the wall: ${kilobytes.toFixed(0)} KB gzip in ${files.size} files\n`);
    expect(files.size).toBeGreaterThan(5);
    expect(kilobytes).toBeLessThanOrEqual(350);
  });
});
