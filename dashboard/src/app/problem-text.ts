import { exists } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { HubRefusal } from '../api/hub-api.ts';

/** What went wrong in the person's language; the hub's own words for a problem that the dashboard has none for. */
export function useProblemText(): (problem: HubRefusal) => string {
  const { t } = useTranslation();
  return (problem) => {
    const key = `problem.${problem.code}`;
    if (!exists(key)) return `${problem.title} — ${problem.detail}`;
    const minutes = Math.max(1, Math.ceil((problem.retryAfterSeconds ?? 0) / 60));
    // The key is built from a code of the hub and was looked up on the line above.
    return t(key as 'problem.account-locked', { minutes });
  };
}
