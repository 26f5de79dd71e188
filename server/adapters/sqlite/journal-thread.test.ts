import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const script = `
  import { registerHooks } from 'node:module';
  const packages = new Set();
  registerHooks({
    load(url, context, next) {
      const [, name] = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url) ?? [];
      if (name) packages.add(name);
      return next(url, context);
    },
  });
  for (const file of JSON.parse(process.argv[1])) await import(file);
  console.log([...packages].join());`;

it('the thread of the journal loads no library but the query builder: each costs its memory once more there', async () => {
  const files = ['../../journal/works.ts', './changes.ts', './sqlite-transaction.ts'].map(
    (file) => new URL(file, import.meta.url).href,
  );
  const args = ['--input-type=module', '--eval', script, JSON.stringify(files)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout.trim()).toBe('kysely');
});
