import { readdir, readFile } from 'node:fs/promises';
import { getPriority, setPriority } from 'node:os';

/** How much nicer than the main thread: a tenth of its share where both want the same core. */
const nicerBy = 10;
const nicest = 19;
/** The threads of this process. */
const tasks = '/proc/self/task';
/** As Node names them for the kernel: one compiles and collects, the others hash passwords, read files, look up hosts. */
const helpers: ReadonlySet<string> = new Set(['V8Worker', 'libuv-worker']);

/**
 * A press passes the main thread and the journal's, and sleeps between. Whatever else of this process is awake then, the
 * scheduler may let go first on the same core for some milliseconds, while another core is idle; a nicer thread hardly
 * ever gets in front. Linux counts niceness by thread, other systems by process, so only there.
 *
 * The calling thread, or the one with this number. Returns why it may not, if it may not: everything works as before then.
 */
export function giveWay(thread = 0): Error | null {
  if (process.platform !== 'linux') return null;
  const niceness = Math.min(getPriority(process.pid) + nicerBy, nicest);
  try {
    if (getPriority(thread) < niceness) setPriority(thread, niceness);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** So for the threads that Node has started by itself; those for files and passwords it starts for the first file that is read here. */
export async function letHelpersGiveWay(troubled: (event: string, error: unknown) => void): Promise<void> {
  if (process.platform !== 'linux') return;
  try {
    for (const thread of await readdir(tasks)) {
      const refused = (await isHelper(thread)) ? giveWay(Number(thread)) : null;
      if (refused) troubled('threads.give-no-way', refused);
    }
  } catch (error) {
    troubled('threads.give-no-way', error);
  }
}

async function isHelper(thread: string): Promise<boolean> {
  const name = await readFile(`${tasks}/${thread}/comm`, 'utf8');
  return helpers.has(name.trim());
}
