import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';

export type FileWatch = {
  /** The file as it is now counts as known; to be called before it is read, so that no change falls between. */
  seen(): void;
  stop(): void;
};

/**
 * Tells when a file is no longer as it was seen, by looking at it: this also sees files that editors replace by
 * another, that come and go, and that lie in network folders. (`fs.watchFile` takes its first look some time after it
 * is called, and misses what changed before.)
 */
export function watchFile(path: string, everyMs: number, changed: () => void): FileWatch {
  let known = '';
  let isLooking = false;
  const timer = setInterval(() => void look(), everyMs).unref();

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    const before = known;
    const found = await stat(path, { bigint: true }).catch((error: unknown) => error);
    isLooking = false;
    const now = presenceOf(() => {
      if (found instanceof Error) throw found;
      return found as Identity;
    });
    if (now === before || before !== known) return;
    known = now;
    changed();
  }

  return {
    seen() {
      known = presenceOf(() => statSync(path, { bigint: true }));
    },
    stop: () => clearInterval(timer),
  };
}

type Identity = { dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint; ctimeNs: bigint };

function identityOf({ dev, ino, size, mtimeNs, ctimeNs }: Identity): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

/** What cannot be looked at has a presence too: why it cannot. */
function presenceOf(look: () => Identity): string {
  try {
    return identityOf(look());
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return String(error.code);
  }
}
