import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const repository = join(import.meta.dirname, '..');
export const hubMain = 'server/main.ts';

/** What `npm start` gives to Node before the hub's own file, so that the hub measured is the hub that people run. */
export function hubFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const [node, ...words] = scripts.start.split(' ');
  const at = words.indexOf(hubMain);
  if (node !== 'node' || at < 0) throw new Error(`"start" in package.json is not "node … ${hubMain}"`);
  return words.slice(0, at);
}
