import { useTranslation } from 'react-i18next';
import { useRetests } from './commissioning-query.ts';
import './commissioning.css';

/** That a device, or devices of a dwelling, must be tested again, and why; nothing when all stands as it was tested. */
export function RetestMark({ about }: { about: { deviceId: string } | { dwellingId: string } }) {
  const { t } = useTranslation();
  const { data } = useRetests(about);
  if (data === undefined || data.items.length === 0) return null;
  return (
    <ul className="retest-marks" data-testid="retests">
      {data.items.map(({ deviceId, deviceName, reasons, needs }) => (
        <li key={deviceId}>
          <strong>⟳ {t('commissioning.retest')}</strong>
          {!('deviceId' in about) && ` ${deviceName === '' ? deviceId : deviceName}`}:{' '}
          {reasons.map((reason) => t(`commissioning.retestReasons.${reason}`)).join(', ')} ·{' '}
          {t(`commissioning.retestNeeds.${needs}`)}
        </li>
      ))}
    </ul>
  );
}
