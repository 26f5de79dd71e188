import type { Api } from '../api.ts';
import { cpuMs, memoryMb } from './usage.ts';

export type HubFigures = {
  memoryMb: number;
  /** Of it, the room for new objects of the main thread: V8 widens it under load up to a limit and takes it back, so it tells of no leak. */
  youngMb: number;
  /** Of one core, since the figures were taken last. */
  cores: number;
  /** What the hub says it has committed. */
  works: number;
};

/** Takes figures of a hub again and again, from the kernel and from `/metrics`. */
export function openHubFigures(pid: number, url: string, { cookie }: Pick<Api, 'cookie'>) {
  let last = { atMs: performance.now(), cpuMs: cpuMs(pid) };
  return async (): Promise<HubFigures> => {
    const text = await (await fetch(`${url}/metrics`, { headers: { cookie, connection: 'close' } })).text();
    const value = (name: string): number =>
      Number(new RegExp(`^carebell_${name} (\\S+)$`, 'm').exec(text)?.[1]);
    const now = { atMs: performance.now(), cpuMs: cpuMs(pid) };
    const cores = (now.cpuMs - last.cpuMs) / (now.atMs - last.atMs);
    last = now;
    return {
      memoryMb: memoryMb(pid),
      youngMb: Math.round(value('heap_young_bytes') / 1e6),
      cores,
      works: value('journal_works'),
    };
  };
}
