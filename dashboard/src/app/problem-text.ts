import type { Problem } from '@carebell/contracts/http-api.ts';
import { exists } from 'i18next';
import { useTranslation } from 'react-i18next';

const instantPattern = /\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:\d\d)/;

/** What went wrong in the person's language; the hub's own words for a problem that the dashboard has none for. */
export function useProblemText(): (problem: Problem) => string {
  const { t, i18n } = useTranslation();
  return (problem) => {
    const until = instantPattern.exec(problem.detail)?.[0];
    if (problem.code.includes('locked')) {
      return until === undefined
        ? t('problem.lockedNoTime')
        : t('problem.locked', { until: new Date(until).toLocaleTimeString(i18n.language) });
    }
    const key = `problem.${problem.code}`;
    if (!exists(key)) return `${problem.title} — ${problem.detail}`;
    // The key is built from a code of the hub and was looked up on the line above.
    return t(key as 'problem.title');
  };
}
