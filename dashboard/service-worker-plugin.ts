import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const source = new URL('service-worker.js', import.meta.url);

/** Puts the service worker beside the built page, with the names of all files that belong to the shell. */
export function serviceWorker(): Plugin {
  return {
    name: 'carebell-service-worker',
    apply: 'build',
    // Read back from the disk: the bundler drops empty chunks late, and one missing file would refuse the whole shell.
    writeBundle({ dir }) {
      if (dir === undefined) throw new Error('The dashboard is built into a directory');
      const files = readdirSync(join(dir, 'assets'))
        .map((name) => `/assets/${name}`)
        .toSorted();
      const text = readFileSync(source, 'utf8');
      const version = createHash('sha256').update(text).update(files.join('\n')).digest('hex').slice(0, 16);
      const filled = text.replace('__VERSION__', version).replace('__SHELL_FILES__', JSON.stringify(files));
      writeFileSync(join(dir, 'service-worker.js'), filled);
    },
  };
}
