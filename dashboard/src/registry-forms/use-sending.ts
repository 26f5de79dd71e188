import { useState } from 'react';
import type { HubRefusal } from '../api/hub-api.ts';

/** What a form knows of its way to the hub: whether it is being sent, and why it was refused. */
export function useSending() {
  const [refusal, setRefusal] = useState<HubRefusal>();
  const [isSending, setSending] = useState(false);
  return {
    refusal,
    isSending,
    /** Something was changed, so what the hub said no longer speaks of it. */
    forget: () => setRefusal(undefined),
    async send(save: () => Promise<HubRefusal | undefined>): Promise<void> {
      setSending(true);
      setRefusal(await save());
      setSending(false);
    },
  };
}
