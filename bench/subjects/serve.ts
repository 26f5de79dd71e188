import { once } from 'node:events';
import type { FromSubject, Ledger, Place } from '../place.ts';

export type Served = { place: Place; end(): Promise<Ledger> };

/** The life of a subject's process: it says where it is, ends when it is told to, and never outlives its parent. */
export async function serve(open: (setting: never) => Promise<Served>): Promise<void> {
  process.once('disconnect', () => process.exit(1));
  const [setting] = (await once(process, 'message')) as [never];
  const served = await open(setting);
  say({ type: 'ready', place: served.place });
  await once(process, 'message');
  say({ type: 'ended', ledger: await served.end() });
}

function say(message: FromSubject): void {
  process.send?.(message);
}
