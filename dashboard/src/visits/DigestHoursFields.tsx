import type { DigestHours, VisitSettingsPatch } from '@carebell/contracts/visit-frequencies.ts';
import { useTranslation } from 'react-i18next';

type Props = {
  own: VisitSettingsPatch['digestHours'];
  inherited: DigestHours;
  onChange: (hours: DigestHours | undefined) => void;
};

/** When the people of an organisation are told what visits are overdue; until when a message that is late may come. */
export function DigestHoursFields({ own, inherited, onChange }: Props) {
  const { t } = useTranslation();
  const hours = own ?? inherited;
  return (
    <>
      <p className="dim">{t('visitPlan.digestHint')}</p>
      <label className="visit-switch">
        <input
          type="checkbox"
          checked={own !== undefined}
          data-testid="digest-own"
          onChange={(event) => onChange(event.target.checked ? inherited : undefined)}
        />
        <span>
          {own === undefined
            ? t('visitPlan.inherit', { value: `${inherited.from} – ${inherited.until}` })
            : t('visitPlan.ownHours')}
        </span>
      </label>
      {own !== undefined &&
        (['from', 'until'] as const).map((end) => (
          <label key={end}>
            <span>{t(`visitPlan.digest.${end}`)}</span>
            <input
              required
              type="time"
              className="plain-input"
              data-testid={`digest-${end}`}
              value={hours[end]}
              onChange={(event) => onChange({ ...hours, [end]: event.target.value })}
            />
          </label>
        ))}
    </>
  );
}
