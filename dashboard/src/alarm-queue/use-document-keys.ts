import { useEffect, useEffectEvent } from 'react';

/** Hears every key of the page while it is shown; `before` all who hear keys in the usual order. */
export function useDocumentKeys(answer: (event: KeyboardEvent) => void, before = false): void {
  const onKey = useEffectEvent(answer);
  useEffect(() => {
    document.addEventListener('keydown', onKey, { capture: before });
    return () => document.removeEventListener('keydown', onKey, { capture: before });
  }, [before]);
}
