import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const tickMs = 10;
const pageBytes = 4_096;

/** What the kernel counts of a process and of all below it, in MB (10⁶) and ms of processor time. */
export function memoryMb(pid: number): number {
  return Math.round((Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * pageBytes) / 1e6);
}

/** The most since the start, or since `forgetMostMemory`. */
export function mostMemoryMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round((Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024) / 1e6);
}

/** proc(5), clear_refs: 5 sets the peak to what is resident now. */
export function forgetMostMemory(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Fields 14 and 15 of proc(5)'s stat; the name in field 2 may hold spaces. */
export function cpuMs(pid: number): number {
  const fields = statOf(pid);
  return fields === undefined ? 0 : (Number(fields[11]) + Number(fields[12])) * tickMs;
}

/** All that it has started, and what those have. */
export function descendantsOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? statOf(Number(name))?.[1] : undefined;
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === root || isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow);
}

/** From field 3 on; `undefined` of one that has ended meanwhile. */
function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined;
    throw error;
  }
}

/** How many files this user's processes may open, each. */
function descriptorLimit(): number {
  const limits = readFileSync('/proc/self/limits', 'utf8');
  const [, soft = ''] = /^Max open files\s+(\S+)/m.exec(limits) ?? [];
  return soft === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(soft);
}

/** What a hub or a generator needs of them besides one for each connection. */
const spareDescriptors = 150;

/** As many connections as one process of this shell can have. */
export const mostConnections = (): number => descriptorLimit() - spareDescriptors;

/** Why so many connections cannot be had here, and what to do; `undefined`: they can. */
export function tooFewDescriptors(connections: number): string | undefined {
  if (mostConnections() >= connections) return undefined;
  const needed = connections + spareDescriptors;
  return [
    `${connections} connections need ${needed} open files of each process, and this shell allows ${descriptorLimit()}.`,
    `Say "ulimit -n ${needed}" before, or ask for ${mostConnections()} connections at most.`,
  ].join('\n');
}
