import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NamedSecret } from './channel-form.ts';

type Props = {
  id: string;
  rows: readonly NamedSecret[];
  /** The names of those that the hub has. */
  known: readonly string[];
  isDisabled: boolean;
  onChange: (rows: NamedSecret[]) => void;
  onRemoveKnown: (name: string) => void;
};

/** The secrets of an SMS gateway, by the names under which its template asks for them. */
export function NamedSecretsInput({ id, rows, known, isDisabled, onChange, onRemoveKnown }: Props) {
  const { t } = useTranslation();
  const replace = (at: number, change: Partial<NamedSecret>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  return (
    <fieldset className="named-secrets" disabled={isDisabled}>
      <legend>{t('channelPage.secrets')}</legend>
      <p className="field-hint dim">{t('channelPage.secretsHint')}</p>
      {known.map((name) => (
        <div key={name} className="named-secret">
          <code>{`{secret.${name}}`}</code>
          <span className="dim">{t('channelPage.secretSet')}</span>
          <Button disabled={isDisabled} onClick={() => onRemoveKnown(name)}>
            {t('form.remove')}
          </Button>
        </div>
      ))}
      {rows.map((row, index) => (
        // A line has no identifier: its name is what is being written.
        <div key={index} className="named-secret">
          <Input
            aria-label={t('channelPage.secretName', { n: index + 1 })}
            placeholder={t('field.name')}
            spellCheck={false}
            disabled={isDisabled}
            value={row.name}
            onChange={(event) => replace(index, { name: event.target.value })}
          />
          <Input.Password
            aria-label={t('channelPage.secretValue', { n: index + 1 })}
            autoComplete="new-password"
            disabled={isDisabled}
            value={row.value}
            onChange={(event) => replace(index, { value: event.target.value })}
          />
          <Button
            disabled={isDisabled}
            aria-label={t('channelPage.removeSecret', { n: index + 1 })}
            onClick={() => onChange(rows.filter((_, at) => at !== index))}
          >
            {t('form.remove')}
          </Button>
        </div>
      ))}
      <Button
        id={`${id}-add-secret`}
        disabled={isDisabled}
        onClick={() => onChange([...rows, { name: '', value: '' }])}
      >
        + {t('channelPage.addSecret')}
      </Button>
    </fieldset>
  );
}
