import type { ServiceHours } from '@carebell/contracts/service-catalogue.ts';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';

type Props = {
  hours: readonly ServiceHours[];
  isDisabled: boolean;
  onChange: (hours: ServiceHours[]) => void;
};

/** When the service is to be had; without any line, at any time. */
export function HoursFields({ hours, isDisabled, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset disabled={isDisabled}>
      <legend>{t('service.hours')}</legend>
      {hours.length === 0 && <p className="dim">{t('service.always')}</p>}
      {hours.map((one, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines have no other name, and only the last one comes or goes
        <div key={at} className="service-row">
          <Input
            aria-label={t('service.weekdays')}
            title={t('service.weekdays')}
            value={one.weekdays.join('')}
            onChange={(event) =>
              onChange(hours.with(at, { ...one, weekdays: weekdaysOf(event.target.value) }))
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

function weekdaysOf(text: string): number[] {
  const days = text.replaceAll(/[^1-7]/g, '');
  return [...new Set(days)].map(Number).toSorted((a, b) => a - b);
}
