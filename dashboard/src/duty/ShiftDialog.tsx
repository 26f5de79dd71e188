import type { DutyWeek } from '@carebell/contracts/duty.ts';
import { Button, Checkbox, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HubRefusal } from '../api/hub-api.ts';
import { Field } from '../app/Field.tsx';
import { useProblemText } from '../app/problem-text.ts';
import type { DutyAccess } from './duty-query.ts';
import { ShiftRemoval } from './ShiftRemoval.tsx';
import type { ShiftDraft, ShiftValues } from './shift-draft.ts';
import { weekday } from './week-layout.ts';

type Props = { draft: ShiftDraft; week: DutyWeek; duty: DutyAccess; onDone: () => void };

/** 2024-01-01 was a Monday. */
const dayNames = [1, 2, 3, 4, 5, 6, 7].map((number) => ({ number, day: `2024-01-0${number}` }));

/** A shift that is new, or changed on all its days or on one of them. */
export function ShiftDialog({ draft, week, duty, onDone }: Props) {
  const { t, i18n } = useTranslation();
  const problemText = useProblemText();
  const { shift, day } = draft;
  const isRepeated = shift !== undefined && shift.weekdays.length > 0;
  const [values, setValues] = useState<ShiftValues>(draft.values);
  const [onlyDay, setOnlyDay] = useState(isRepeated);
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const set = (change: Partial<ShiftValues>) => setValues({ ...values, ...change });
  const isWeekly = values.weekdays.length > 0;
  const isOfOneDay = isRepeated && onlyDay;

  async function send(work: () => Promise<HubRefusal | undefined>): Promise<void> {
    setSending(true);
    setProblem(undefined);
    const refused = await work();
    setSending(false);
    if (refused === undefined) onDone();
    else setProblem(textOf(refused));
  }
  function textOf(refused: HubRefusal): string {
    if (refused.code !== 'shift-overlaps') return problemText(refused);
    const [, time = ''] = /"(.+)"/.exec(refused.errors?.[0]?.message ?? '') ?? [];
    return t('duty.overlaps', { time });
  }
  function save(): Promise<HubRefusal | undefined> {
    if (shift === undefined) return duty.enter(values);
    if (!isOfOneDay) return duty.change(shift.id, { ...values, version: shift.version });
    const { userId, begins, ends } = values;
    return duty.enter({ userId, begins, ends, firstDay: day, insteadOf: { shiftId: shift.id, day } });
  }

  return (
    <Modal
      open
      centered
      width={560}
      footer={null}
      title={
        shift === undefined
          ? t('duty.new')
          : t('duty.change', { day: weekday(day, i18n.language, { month: 'numeric', day: 'numeric' }) })
      }
      onCancel={onDone}
    >
      <form
        className="shift-form"
        data-testid="shift-form"
        onSubmit={(event) => {
          event.preventDefault();
          void send(save);
        }}
      >
        <Field label={t('duty.who')}>
          <select
            className="plain-input"
            required
            data-testid="shift-who"
            value={values.userId}
            onChange={(event) => set({ userId: event.target.value })}
          >
            <option value="">{t('duty.choose')}</option>
            {week.people.map(({ id, displayName }) => (
              <option key={id} value={id}>
                {displayName}
              </option>
            ))}
          </select>
        </Field>
        <div className="shift-times">
          <Field label={t('duty.begins')}>
            <input
              type="time"
              className="plain-input"
              required
              data-testid="shift-begins"
              value={values.begins}
              onChange={(event) => set({ begins: event.target.value })}
            />
          </Field>
          <Field label={t('duty.ends')}>
            <input
              type="time"
              className="plain-input"
              required
              data-testid="shift-ends"
              value={values.ends}
              onChange={(event) => set({ ends: event.target.value })}
            />
          </Field>
          <span className="dim shift-night">{values.ends <= values.begins && t('duty.nextDay')}</span>
        </div>
        {isRepeated && (
          <Radio.Group
            className="shift-scope"
            value={onlyDay}
            onChange={(event) => setOnlyDay(event.target.value === true)}
            options={[
              { value: true, label: t('duty.onlyThisDay') },
              { value: false, label: t('duty.everyTime') },
            ]}
          />
        )}
        {!isOfOneDay && (
          <>
            <Field label={t(isWeekly ? 'duty.firstDay' : 'duty.day')}>
              <input
                type="date"
                className="plain-input"
                required
                data-testid="shift-day"
                value={values.firstDay}
                onChange={(event) => set({ firstDay: event.target.value })}
              />
            </Field>
            <fieldset>
              <legend>{t('duty.repeats')}</legend>
              <Checkbox.Group
                value={values.weekdays}
                onChange={(weekdays) => set({ weekdays: weekdays.toSorted((a, b) => a - b) })}
                options={dayNames.map(({ number, day: named }) => ({
                  value: number,
                  label: weekday(named, i18n.language),
                }))}
              />
              <p className="dim">{t(isWeekly ? 'duty.repeatsHint' : 'duty.onceHint')}</p>
            </fieldset>
            {isWeekly && (
              <Field label={t('duty.lastDay')}>
                <input
                  type="date"
                  className="plain-input"
                  min={values.firstDay}
                  value={values.lastDay ?? ''}
                  onChange={(event) =>
                    set({ lastDay: event.target.value === '' ? null : event.target.value })
                  }
                />
              </Field>
            )}
          </>
        )}
        {problem !== undefined && (
          <p className="warning" role="alert">
            {problem}
          </p>
        )}
        <div className="shift-foot">
          <Button type="primary" htmlType="submit" loading={isSending} data-testid="save-shift">
            {t('duty.save')}
          </Button>
          {shift !== undefined && (
            <ShiftRemoval shift={shift} day={day} duty={duty} isDisabled={isSending} send={send} />
          )}
        </div>
      </form>
    </Modal>
  );
}
