import type { ServiceHours } from '@carebell/contracts/service-catalogue.ts';
import { Button, Checkbox, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { weekdayName } from './hours-text.ts';

const weekdays = [1, 2, 3, 4, 5, 6, 7];

type Props = {
  hours: readonly ServiceHours[];
  isDisabled: boolean;
  onChange: (hours: ServiceHours[]) => void;
};

/** When the service is to be had; without any line, at any time. */
export function HoursFields({ hours, isDisabled, onChange }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <fieldset disabled={isDisabled}>
      <legend>{t('service.hours')}</legend>
      {hours.length === 0 && <p className="dim">{t('service.always')}</p>}
      {hours.map((one, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines have no other name, and only the last one comes or goes
        <div key={at} className="service-row">
          <Checkbox.Group
            aria-label={t('service.weekdays')}
            value={one.weekdays}
            options={weekdays.map((value) => ({ value, label: weekdayName(value, i18n.language) }))}
            onChange={(chosen) =>
              onChange(hours.with(at, { ...one, weekdays: chosen.toSorted((x, y) => x - y) }))
            }
          />
          <Input
            type="time"
            aria-label={t('service.fromTime')}
            value={one.from}
            onChange={(event) => onChange(hours.with(at, { ...one, from: event.target.value }))}
          />
          <Input
            type="time"
            aria-label={t('service.untilTime')}
            value={one.until}
            onChange={(event) => onChange(hours.with(at, { ...one, until: event.target.value }))}
          />
          <Button danger onClick={() => onChange(hours.toSpliced(at, 1))}>
            {t('service.remove')}
          </Button>
        </div>
      ))}
      <Button
        onClick={() => onChange([...hours, { weekdays: [1, 2, 3, 4, 5], from: '08:00', until: '18:00' }])}
      >
        + {t('service.addHours')}
      </Button>
    </fieldset>
  );
}
