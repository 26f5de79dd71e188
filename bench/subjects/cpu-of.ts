import { readFileSync } from 'node:fs';

/** Fields 14 and 15 of proc(5)'s stat, in ticks of 10 ms; the name in field 2 may hold spaces. */
export function cpuMsOf(pid: number | undefined): number | null {
  if (process.platform !== 'linux') return null;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
