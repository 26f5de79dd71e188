import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const repository = join(import.meta.dirname, '..');
export const hubMain = 'server/main.ts';

export const bridgeMain = 'gateway-firmware-bridge/main.ts';

/** What `npm start` gives to Node before the hub's own file, so that the hub measured is the hub that people run. */
export const hubFlags = (): string[] => nodeFlags('start', hubMain);

/** The same of any script of package.json. */
export function nodeFlags(script: 'start' | 'bridge', main: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    scripts: Record<typeof script, string>;
  };
  const [node, ...words] = scripts[script].split(' ');
  const at = words.indexOf(main);
  if (node !== 'node' || at < 0) throw new Error(`"${script}" in package.json is not "node … ${main}"`);
  return words.slice(0, at);
}
