import { useTranslation } from 'react-i18next';

const definedNumbers = [
  'cases',
  'open',
  'tests',
  'within60s',
  'within180s',
  'onSite',
  'falseAlarms',
  'requests',
  'care',
  'organisations',
  'hops',
  'missed',
  'devices',
  'slow',
  'satisfaction',
  'residents',
  'missedCount',
  'heard',
  'lowBattery',
  'tested',
  'loggedIn',
  'screens',
  'visitRate',
  'requestsAsked',
] as const;
export type DefinedNumber = (typeof definedNumbers)[number];

/** How a number is counted, one click away from where it stands. */
export function Definition({ of }: { of: DefinedNumber }) {
  const { t } = useTranslation();
  return (
    <details className="definition not-for-print" data-testid={`definition-${of}`}>
      <summary aria-label={t('numbers.howCounted', { name: t(`numbers.name.${of}`) })}>?</summary>
      <p>{t(`numbers.define.${of}`)}</p>
    </details>
  );
}
