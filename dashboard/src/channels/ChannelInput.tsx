import { Button, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { zhCNChannels } from '../i18n/zh-CN-channels.ts';
import type { ChannelField } from './channel-fields.ts';

type FieldText = keyof typeof zhCNChannels.channelField;
type HintText = keyof typeof zhCNChannels.channelHint;

type Props = {
  id: string;
  field: ChannelField;
  value: string | boolean;
  error: 'required' | 'wrong' | undefined;
  isDisabled: boolean;
  /** A secret that the hub has; what it is, it does not say. */
  isSet: boolean;
  hint: HintText | undefined;
  onChange: (value: string | boolean) => void;
  onRemove: (() => void) | undefined;
};

/** One field of a channel's form. A secret can be written, replaced and removed, never read. */
export function ChannelInput(props: Props) {
  const { id, field, value, error, isDisabled, isSet, hint, onChange, onRemove } = props;
  const { t } = useTranslation();
  const isInvalid = error !== undefined;
  const shared = {
    id,
    disabled: isDisabled,
    'aria-invalid': isInvalid,
    'aria-describedby': isInvalid ? `${id}-error` : `${id}-hint`,
    ...(isInvalid ? { status: 'error' as const } : {}),
  };
  const text = typeof value === 'string' ? value : '';
  const isLong = field.input === 'long' || field.input === 'headers';
  return (
    <div className="field" data-input={isLong ? 'long' : field.input} data-field={field.name}>
      <label htmlFor={id}>
        {t(`channelField.${field.name as FieldText}`)}
        {field.isRequired && !isSet && <span aria-hidden="true"> *</span>}
      </label>
      {isLong && (
        <Input.TextArea
          {...shared}
          autoSize={{ minRows: 2, maxRows: 10 }}
          spellCheck={false}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {(field.input === 'text' || field.input === 'number' || field.input === 'list') && (
        <Input
          {...shared}
          inputMode={field.input === 'number' ? 'numeric' : 'text'}
          spellCheck={false}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {field.input === 'secret' && (
        <span className="secret-input">
          <Input.Password
            {...shared}
            autoComplete="new-password"
            placeholder={isSet ? t('channelPage.secretSet') : ''}
            value={text}
            onChange={(event) => onChange(event.target.value)}
          />
          {onRemove !== undefined && (
            <Button disabled={isDisabled} onClick={onRemove}>
              {t('form.remove')}
            </Button>
          )}
        </span>
      )}
      {field.input === 'switch' && (
        <Switch id={id} disabled={isDisabled} checked={value === true} onChange={onChange} />
      )}
      {field.input === 'choice' && (
        <Select
          {...shared}
          value={text}
          options={(field.options ?? []).map((option) => ({ value: option, label: optionText(option) }))}
          onChange={onChange}
        />
      )}
      {hint !== undefined && (
        <span className="field-hint dim" id={`${id}-hint`}>
          {t(`channelHint.${hint}`)}
        </span>
      )}
      {error !== undefined && (
        <span className="field-error" id={`${id}-error`} role="alert">
          {t(`fieldError.${error}`)}
        </span>
      )}
    </div>
  );

  function optionText(option: string): string {
    if (option === 'starttls' || option === 'tls' || option === 'none') return t(`mailSecurity.${option}`);
    return option;
  }
}
