import { Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { durationOf, durationUnits, enteredOf, wholeUnitOf } from './duration.ts';
import type { DurationUnit } from './duration.ts';

type Props = {
  id: string;
  label: string;
  ms: number;
  error: string | undefined;
  isDisabled: boolean;
  /** In which it may be entered, the smallest first. */
  units?: readonly DurationUnit[];
  onChange: (ms: number) => void;
};

/** A length of time as a number and its unit. */
export function DurationInput({ id, label, ms, error, isDisabled, units = durationUnits, onChange }: Props) {
  const { t } = useTranslation();
  const [unit, setUnit] = useState<DurationUnit>(() => {
    const whole = wholeUnitOf(ms);
    return units.includes(whole) ? whole : (units[0] ?? whole);
  });
  const [entered, setEntered] = useState(() => enteredOf(ms, unit));
  return (
    <div className="field duration" data-field={id}>
      <label htmlFor={id}>{label}</label>
      <span className="duration-inputs">
        <Input
          id={id}
          inputMode="numeric"
          value={entered}
          disabled={isDisabled}
          aria-invalid={error !== undefined}
          {...(error === undefined ? {} : { status: 'error' as const, 'aria-describedby': `${id}-error` })}
          onChange={(event) => {
            setEntered(event.target.value);
            onChange(durationOf(event.target.value, unit));
          }}
        />
        <Select<DurationUnit>
          value={unit}
          aria-label={t('policy.unitOf', { field: label })}
          disabled={isDisabled}
          options={units.map((value) => ({ value, label: t(`durationUnit.${value}`) }))}
          onChange={(chosen) => {
            setUnit(chosen);
            onChange(durationOf(entered, chosen));
          }}
        />
      </span>
      <FieldComplaint id={id} error={error} />
    </div>
  );
}

export function FieldComplaint({ id, error }: { id: string; error: string | undefined }) {
  if (error === undefined) return null;
  return (
    <span className="field-error" id={`${id}-error`} role="alert">
      {error}
    </span>
  );
}
