import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drivers } from './drivers.ts';
import { sortOut, textBytes } from './testing/feed.ts';
import { acme } from './testing/smallest-driver.ts';

const guide = readFileSync(join(import.meta.dirname, '../../docs/drivers.md'), 'utf8');

test('the smallest driver hears a press and counts the rest', () => {
  const decoder = acme.createDecoder({});
  const { taken, rejections } = sortOut([
    ...decoder.push(textBytes('BTN 7\r\nhello\nBTN')),
    ...decoder.quiet(),
  ]);
  expect(taken).toMatchObject([{ heard: { address: 'button.7', meaning: { kind: 'button.pressed' } } }]);
  expect(rejections).toEqual({ 'unknown-frame': 1, cut: 1 });
});

test('the guide shows the smallest driver as it is, and names every driver there is', () => {
  const source = readFileSync(join(import.meta.dirname, 'testing/smallest-driver.ts'), 'utf8');
  expect(guide).toContain(source.replaceAll("'../", "'./"));
  for (const { name } of drivers) expect(guide).toContain(`\n| \`${name}\``);
});

test('no two drivers have the same name', () => {
  expect(new Set(drivers.map(({ name }) => name)).size).toBe(drivers.length);
});
