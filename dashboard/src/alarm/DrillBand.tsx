import { useTranslation } from 'react-i18next';

/** Stands on everything that is practice, in both languages: by word, hatching and frame, so that nobody takes it for real. */
export function DrillBand() {
  return (
    <span className="drill-band" data-testid="drill-band">
      <b>演练 DRILL</b>
    </span>
  );
}

/** Across a whole page, with what to do and what not. */
export function DrillNotice() {
  const { t } = useTranslation();
  return (
    <p className="drill-band" data-large="true" data-testid="drill-notice">
      <b>演练 DRILL · {t('mark.drillHint')}</b>
    </p>
  );
}
