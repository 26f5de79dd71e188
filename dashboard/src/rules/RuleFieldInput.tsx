import { Checkbox, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { DurationInput, FieldComplaint } from '../escalation/DurationInput.tsx';
import { durationText } from '../escalation/duration-text.ts';
import type { WrongField } from './rule-draft.ts';
import { firstOf } from './rule-fields.ts';
import type { RuleField } from './rule-fields.ts';

const minuteMs = 60_000;
/** What stands in a field again when "none" is taken back. */
const again: Record<string, unknown> = {
  inBedAfterMinutes: firstOf.inactivity.inBedAfterMinutes,
  by: firstOf['not-back'].by,
};

type Props = {
  id: string;
  field: RuleField;
  value: unknown;
  wrong: WrongField | undefined;
  isDisabled: boolean;
  onChange: (value: unknown) => void;
};

/** One number or time of a rule, with what is wrong about it and what to enter instead. */
export function RuleFieldInput({ id, field, value, wrong, isDisabled, onChange }: Props) {
  const { t } = useTranslation();
  const label = t(`rule.field.${field.name as 'from'}`);
  const error = useWrongText(field, wrong);
  const isNone = 'none' in field && value === null;
  const problem = error === undefined ? {} : { status: 'error' as const, 'aria-describedby': `${id}-error` };
  const none = 'none' in field && (
    <Checkbox
      checked={isNone}
      disabled={isDisabled}
      onChange={({ target }) => onChange(target.checked ? null : again[field.name])}
    >
      {t(`rule.without.${field.name as 'by'}`)}
    </Checkbox>
  );
  if (field.is === 'minutes' && !isNone)
    return (
      <div className="rule-field" data-field={field.name}>
        <DurationInput
          id={id}
          label={label}
          ms={Number(value) * minuteMs}
          units={['min', 'h', 'd']}
          error={error}
          isDisabled={isDisabled}
          onChange={(ms) => onChange(ms / minuteMs)}
        />
        {none}
      </div>
    );
  return (
    <div className="field rule-field" data-field={field.name}>
      <label htmlFor={id}>{label}</label>
      {field.is === 'choice' && (
        <Select
          id={id}
          value={value}
          disabled={isDisabled}
          options={field.of.map((one) => ({ value: one, label: t(`kind.${one as 'wandering'}`) }))}
          onChange={onChange}
        />
      )}
      {field.is === 'time' && !isNone && (
        <Input
          id={id}
          type="time"
          value={String(value)}
          disabled={isDisabled}
          {...problem}
          onChange={(event) => onChange(event.target.value.slice(0, 5))}
        />
      )}
      {field.is === 'number' && (
        <Input
          id={id}
          inputMode={field.isWhole ? 'numeric' : 'decimal'}
          defaultValue={String(value)}
          disabled={isDisabled}
          {...problem}
          onChange={({ target }) => onChange(target.value.trim() === '' ? Number.NaN : Number(target.value))}
        />
      )}
      {field.is === 'text' && (
        <Input
          id={id}
          value={String(value)}
          disabled={isDisabled}
          {...problem}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {none}
      <FieldComplaint id={id} error={error} />
    </div>
  );
}

function useWrongText({ is }: RuleField, wrong: WrongField | undefined): string | undefined {
  const { t } = useTranslation();
  if (wrong === undefined) return undefined;
  const { least, most } = wrong;
  if (is === 'time') return t('rule.timeWrong');
  if (is === 'text') return least === undefined ? t('fieldError.wrong') : t('fieldError.required');
  if (is === 'minutes') {
    if (least !== undefined) return t('policy.tooShort', { time: durationText(t, least * minuteMs) });
    return most === undefined
      ? t('rule.wholeMinutes')
      : t('policy.tooLong', { time: durationText(t, most * minuteMs) });
  }
  if (least !== undefined) return t('rule.tooFew', { n: least });
  return most === undefined ? t('fieldError.number') : t('rule.tooMany', { n: most });
}
