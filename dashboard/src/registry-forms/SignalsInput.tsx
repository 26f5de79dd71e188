import { buttonKeys, eventKinds } from '@carebell/contracts/event-kinds.ts';
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FieldError } from './field-errors.ts';
import { useFieldWords } from './field-words.ts';
import type { SignalRow } from './signal-rows.ts';

type Props = {
  id: string;
  rows: readonly SignalRow[];
  onChange: (rows: SignalRow[]) => void;
  errors: readonly FieldError[];
  isDisabled: boolean;
};

/** What each signal of a radio code means: one line a signal. */
export function SignalsInput({ id, rows, onChange, errors, isDisabled }: Props) {
  const { t } = useTranslation();
  const words = useFieldWords();
  const replace = (index: number, change: Partial<SignalRow>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...change } : row)));

  return (
    <div className="contacts-input" id={id}>
      {rows.map((row, index) => {
        const rowId = `${id}-${index}`;
        const error = errors.find(({ path }) => path === `signals.${row.signal.trim()}`);
        return (
          // A line has no identifier: the signal is what is being written.
          <fieldset key={index} disabled={isDisabled}>
            <legend>{t('form.signalN', { n: index + 1 })}</legend>
            <div className="contact-field">
              <label htmlFor={`${rowId}-signal`}>{words.label('signal')}</label>
              <Input
                id={`${rowId}-signal`}
                value={row.signal}
                placeholder="*"
                spellCheck={false}
                aria-invalid={error !== undefined}
                {...(error === undefined
                  ? {}
                  : { status: 'error' as const, 'aria-describedby': `${rowId}-error` })}
                onChange={(event) => replace(index, { signal: event.target.value })}
              />
              {error !== undefined && (
                <span className="field-error" id={`${rowId}-error`} role="alert">
                  {words.error(error)}
                </span>
              )}
            </div>
            <div className="contact-field">
              <label htmlFor={`${rowId}-kind`}>{words.label('eventKind')}</label>
              <Select
                id={`${rowId}-kind`}
                value={row.kind}
                disabled={isDisabled}
                showSearch={{ optionFilterProp: 'label' }}
                options={eventKinds.map((kind) => ({ value: kind, label: t(`eventKind.${kind}`) }))}
                onChange={(kind) => replace(index, { kind })}
              />
            </div>
            {row.kind === 'button.pressed' && (
              <div className="contact-field">
                <label htmlFor={`${rowId}-key`}>{words.label('buttonKey')}</label>
                <Select
                  id={`${rowId}-key`}
                  value={row.key ?? 'help'}
                  disabled={isDisabled}
                  options={buttonKeys.map((key) => ({ value: key, label: t(`kind.${key}`) }))}
                  onChange={(key) => replace(index, { key })}
                />
              </div>
            )}
            <span className="contact-moves">
              <Button
                danger
                disabled={isDisabled}
                onClick={() => onChange(rows.filter((_, at) => at !== index))}
              >
                {t('form.remove')}
              </Button>
            </span>
          </fieldset>
        );
      })}
      <Button
        disabled={isDisabled}
        onClick={() => onChange([...rows, { signal: '', kind: 'button.pressed', key: 'help' }])}
      >
        + {t('form.addSignal')}
      </Button>
    </div>
  );
}
