import type { DutyShift } from '@carebell/contracts/duty.ts';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { HubRefusal } from '../api/hub-api.ts';
import type { DutyAccess } from './duty-query.ts';
import { dayBefore } from './week-layout.ts';

type Props = {
  shift: DutyShift;
  day: string;
  duty: DutyAccess;
  isDisabled: boolean;
  send: (work: () => Promise<HubRefusal | undefined>) => Promise<void>;
};

/** Takes a shift away: a repeated one on this day, from this day on, or altogether. */
export function ShiftRemoval({ shift, day, duty, isDisabled, send }: Props) {
  const { t } = useTranslation();
  const { id, version, exceptDays, firstDay } = shift;
  const all = () => duty.remove(id);
  const thisDay = async () => {
    const refused = await duty.change(id, { exceptDays: [...exceptDays, day], version });
    // It was the last of its days.
    return refused?.code === 'reference-mismatch' ? all() : refused;
  };
  const fromHere = () => (day <= firstDay ? all() : duty.change(id, { lastDay: dayBefore(day), version }));
  const isRepeated = shift.weekdays.length > 0;
  const button = (text: string, work: typeof all, name: string) => (
    <Button danger disabled={isDisabled} data-testid={name} onClick={() => void send(work)}>
      {text}
    </Button>
  );
  if (!isRepeated) return button(t('duty.remove'), all, 'remove-shift');
  return (
    <fieldset className="shift-removal">
      <legend>{t('duty.remove')}</legend>
      {button(t('duty.onlyThisDay'), thisDay, 'remove-day')}
      {button(t('duty.fromHere'), fromHere, 'remove-from-here')}
      {button(t('duty.altogether'), all, 'remove-shift')}
    </fieldset>
  );
}
