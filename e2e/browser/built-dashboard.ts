import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../dashboard/', import.meta.url));
const dist = join(root, 'dist');

/** Where the built dashboard lies; builds it if nobody has. */
export function builtDashboard(): string {
  if (existsSync(join(dist, 'index.html'))) return dist;
  const building = mkdtempSync(join(root, '.building-'));
  try {
    const arguments_ = ['run', 'build', '--', '--outDir', building, '--emptyOutDir'];
    execFileSync('npm', arguments_, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    // Two test files may build at once; whoever is first puts it in place.
    if (!existsSync(dist)) renameSync(building, dist);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  return dist;
}
