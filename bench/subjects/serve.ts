import { once } from 'node:events';
import type { FromSubject, Ledger, Place } from '../place.ts';

export type Served = {
  place: Place;
  end(): Promise<Ledger>;
  /** Processor time so far, if it is not that of this process. */
  cpuMs?(): number | null;
};

/** The life of a subject's process: it says where it is, ends when it is told to, and never outlives its parent. */
export async function serve(open: (setting: never) => Promise<Served>): Promise<void> {
  process.once('disconnect', () => process.exit(1));
  const [setting] = (await once(process, 'message')) as [never];
  const served = await open(setting);
  say({ type: 'ready', place: served.place });
  const cpuMs = (): number | null => (served.cpuMs ? served.cpuMs() : ownCpuMs());
  const before = cpuMs();
  await once(process, 'message');
  const after = cpuMs();
  const used = before === null || after === null ? null : after - before;
  say({ type: 'ended', ledger: await served.end(), cpuMs: used });
}

function say(message: FromSubject): void {
  process.send?.(message);
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
