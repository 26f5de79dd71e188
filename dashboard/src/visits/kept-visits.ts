import { newVisitSchema } from '@carebell/contracts/visits.ts';
import type { NewVisit } from '@carebell/contracts/visits.ts';
import { z } from 'zod';

/** A visit that was written down and is not at the hub yet. `why`: the hub did not accept it, and somebody must look. */
export type KeptVisit = { visit: NewVisit & { id: string }; residentName: string; why: string | null };

export type KeptVisits = {
  get(): readonly KeptVisit[];
  subscribe(listener: () => void): () => void;
  keep(kept: KeptVisit): void;
  drop(id: string): void;
  /** Sends what waits, one after another, and stops at the first that does not get through. */
  send(post: (visit: NewVisit) => Promise<Sent>): Promise<void>;
};
/** `later`: no network, or a hub that cannot store at the moment. */
export type Sent = { is: 'sent' } | { is: 'later' } | { is: 'refused'; why: string };

const storedSchema = z.array(
  z.object({
    visit: newVisitSchema.extend({ id: z.string() }),
    residentName: z.string(),
    why: z.string().nullable(),
  }),
);

/**
 * Keeps visits in the browser until the hub has them, so that one made in a cellar without network is not lost with the page.
 * Each carries the identifier under which the hub enters it once, however often it is sent.
 */
export function createKeptVisits(storage: Pick<Storage, 'getItem' | 'setItem'>, userId: string): KeptVisits {
  const key = `carebell.visits.${userId}`;
  const listeners = new Set<() => void>();
  let kept: readonly KeptVisit[] = read();
  let isSending = false;

  function read(): readonly KeptVisit[] {
    let raw: unknown;
    try {
      raw = JSON.parse(storage.getItem(key) ?? '[]');
    } catch {
      return [];
    }
    const parsed = storedSchema.safeParse(raw);
    return parsed.success ? parsed.data : [];
  }
  function write(next: readonly KeptVisit[]): void {
    kept = next;
    storage.setItem(key, JSON.stringify(kept));
    for (const listener of listeners) listener();
  }

  return {
    get: () => kept,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    keep: (one) => write([...kept.filter(({ visit }) => visit.id !== one.visit.id), one]),
    drop: (id) => write(kept.filter(({ visit }) => visit.id !== id)),
    async send(post) {
      if (isSending) return;
      isSending = true;
      try {
        for (const { visit, why } of kept) {
          if (why !== null) continue;
          const sent = await post(visit);
          if (sent.is === 'later') return;
          if (sent.is === 'sent') write(kept.filter((one) => one.visit.id !== visit.id));
          else write(kept.map((one) => (one.visit.id === visit.id ? { ...one, why: sent.why } : one)));
        }
      } finally {
        isSending = false;
      }
    },
  };
}
