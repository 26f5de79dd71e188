import { useTranslation } from 'react-i18next';

/** Stands on everything that came in test mode, in both languages: by word, bars and frame. It is treated as real. */
export function TestMark() {
  const { t } = useTranslation();
  return (
    <span className="test-mark" data-testid="test-mark">
      <b>测试 TEST · {t('mark.testReal')}</b>
    </span>
  );
}

/** Across a whole page, with what to do. */
export function TestNotice() {
  const { t } = useTranslation();
  return (
    <p className="test-mark" data-large="true" data-testid="test-notice">
      <b>测试模式 TEST MODE · {t('mark.testHint')}</b>
    </p>
  );
}
