import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { WordOrCode } from '../app/WordOrCode.tsx';
import type { useKeptVisits } from './visit-queries.ts';

/** What is on this phone only, so that nobody believes it to be entered. */
export function KeptNotice({ keeping }: { keeping: ReturnType<typeof useKeptVisits> }) {
  const { t } = useTranslation();
  const { kept, drop, send } = keeping;
  if (kept.length === 0) return null;
  const waiting = kept.filter(({ why }) => why === null);
  return (
    <section className="visit-kept" aria-live="polite" data-testid="visits-kept">
      {waiting.length > 0 && (
        <div>
          <strong>{t('visit.kept', { n: waiting.length })}</strong>
          <p className="dim">{t('visit.keptHint')}</p>
          <Button onClick={() => void send()}>{t('visit.sendNow')}</Button>
        </div>
      )}
      {kept.map(({ visit, residentName, why }) =>
        why === null ? null : (
          <p key={visit.id}>
            {residentName}: {t('visit.refused')} <WordOrCode path={`problem.${why}`} />{' '}
            <Button size="small" onClick={() => drop(visit.id)}>
              {t('visit.discard')}
            </Button>
          </p>
        ),
      )}
    </section>
  );
}
