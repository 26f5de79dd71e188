import { useState } from 'react';
import type { FormEvent } from 'react';
import type { HubRefusal } from '../api/hub-api.ts';
import { useProblemText } from '../app/problem-text.ts';
import { useSending } from './use-sending.ts';

type Schema<T, Parsed> = {
  safeParse: (raw: unknown) => Parsed & ({ success: true; data: T } | { success: false });
};

/** What is edited until it is saved: as it stands, what its schema says of it, and how it is sent. */
export function useDraft<T extends object, Parsed>(
  start: T,
  schema: Schema<T, Parsed>,
  save: (finished: T) => Promise<HubRefusal | undefined>,
) {
  const problemText = useProblemText();
  const [draft, setDraft] = useState(start);
  const { refusal, isSending, forget, send } = useSending();
  const parsed = schema.safeParse(draft);
  return {
    draft,
    parsed,
    /** Why the hub did not take it. */
    problem: refusal && problemText(refusal),
    isSending,
    change(changes: Partial<T>): void {
      setDraft((before) => ({ ...before, ...changes }));
      forget();
    },
    submit(event: FormEvent): void {
      event.preventDefault();
      if (parsed.success) void send(() => save(parsed.data));
    },
  };
}
