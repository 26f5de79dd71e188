import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { zhCNRegistry } from './zh-CN-registry.ts';
import { zhCN } from './zh-CN.ts';

type Tree = { [key: string]: string | Tree };

function keysOf(tree: Tree, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${path}${key}`] : keysOf(value, `${path}${key}.`),
  );
}

const source = fileURLToPath(new URL('..', import.meta.url));
const text = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.') && !name.startsWith('i18n'))
  .map((name) => readFileSync(join(source, name), 'utf8'))
  .join('\n');

const keys = new Set([...keysOf(zhCN), ...keysOf(zhCNRegistry)]);
const asked = [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map((found) => found[1]!);
const written = new Set([...text.matchAll(/'([\w-]+(?:\.[\w-]+)+)'/g)].map((found) => found[1]!));
/** Keys that are put together: all that begins as the template does, and ends as it does, counts as used. */
const templates = [...text.matchAll(/`([\w-]+\.[\w.-]*)\$\{[^`]*?\}([\w.-]*)`/g)].map((found) => ({
  begin: found[1]!,
  end: found[2]!,
}));

describe('the texts that the pages ask for', () => {
  it('all exist', () => {
    expect(asked.filter((key) => !keys.has(key))).toEqual([]);
  });

  it('are all the texts there are', () => {
    const unused = [...keys].filter(
      (key) =>
        !written.has(key) && !templates.some(({ begin, end }) => key.startsWith(begin) && key.endsWith(end)),
    );
    expect(unused).toEqual([]);
  });
});
