import type { ChannelView } from '@carebell/contracts/channels.ts';
import type { ChannelKind } from '@carebell/contracts/notifications.ts';
import { Button, Input, Switch } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HubRefusal } from '../api/hub-api.ts';
import { useProblemText } from '../app/problem-text.ts';
import { channelFields } from './channel-fields.ts';
import { enteredOf, refusedFields, secretsOf, settingsOf, wrongFields } from './channel-form.ts';
import type { NamedSecret } from './channel-form.ts';
import { ChannelInput } from './ChannelInput.tsx';
import { channelHintOf } from './channel-hints.ts';
import { NamedSecretsInput } from './NamedSecretsInput.tsx';

type ChannelContents = {
  name: string;
  isEnabled: boolean;
  settings: Record<string, unknown>;
  /** `null` removes one. */
  secrets: Record<string, string | null>;
};

type Props = {
  kind: ChannelKind;
  /** `undefined` for a new one. */
  channel: ChannelView | undefined;
  /** Answers the problem, if there was one. */
  send: (contents: ChannelContents) => Promise<HubRefusal | undefined>;
};

/** The settings of one channel, checked by its contract here and by the hub again. */
export function ChannelForm({ kind, channel, send }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const id = useId();
  const [name, setName] = useState(channel?.name ?? '');
  const [isEnabled, setEnabled] = useState(channel?.isEnabled ?? true);
  const [entered, setEntered] = useState(() => enteredOf(kind, channel));
  const [named, setNamed] = useState<readonly NamedSecret[]>([]);
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const [wrong, setWrong] = useState<ReadonlyMap<string, 'required' | 'wrong'>>(new Map());
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const [wasSaved, setSaved] = useState(false);
  const known = (channel?.secrets ?? []).filter((secret) => !removed.includes(secret));

  async function submit(): Promise<void> {
    const settings = settingsOf(kind, entered);
    const secrets = secretsOf(kind, entered, named);
    const found = wrongFields(kind, settings, secrets, known);
    if (name.trim() === '') found.set('name', 'required');
    setWrong(found);
    setProblem(undefined);
    setSaved(false);
    if (found.size > 0) return;
    setSending(true);
    const removals = Object.fromEntries(removed.map((secret) => [secret, null]));
    const refusal = await send({ name, isEnabled, settings, secrets: { ...removals, ...secrets } });
    setSending(false);
    if (refusal !== undefined) {
      const fields = refusedFields(kind, refusal);
      setWrong(fields);
      setProblem(fields.size === 0 ? problemText(refusal) : undefined);
      return;
    }
    // What was secret is not kept on the page either.
    setEntered((before) => ({ ...before, ...withoutSecrets(kind) }));
    setNamed([]);
    setRemoved([]);
    setSaved(true);
  }

  return (
    <form
      className="record-form"
      noValidate
      data-testid="channel-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="field" data-field="name">
        <label htmlFor={`${id}-name`}>{t('field.name')} *</label>
        <Input
          id={`${id}-name`}
          value={name}
          maxLength={120}
          disabled={isSending}
          aria-invalid={wrong.has('name')}
          {...(wrong.has('name') ? { status: 'error' as const } : {})}
          onChange={(event) => setName(event.target.value)}
        />
        {wrong.has('name') && (
          <span className="field-error" role="alert">
            {t('fieldError.required')}
          </span>
        )}
      </div>
      <div className="field" data-input="switch">
        <label htmlFor={`${id}-enabled`}>{t('channelPage.enabled')}</label>
        <Switch id={`${id}-enabled`} disabled={isSending} checked={isEnabled} onChange={setEnabled} />
      </div>
      {channelFields[kind].map((field) => {
        const secret = field.path.replace('secrets.', '');
        const isSet = field.input === 'secret' && known.includes(secret);
        return (
          <ChannelInput
            key={field.name}
            id={`${id}-${field.name}`}
            field={field}
            value={entered[field.name] ?? ''}
            error={wrong.get(field.name)}
            isDisabled={isSending}
            isSet={isSet}
            hint={channelHintOf(field.name)}
            onChange={(value) => setEntered((before) => ({ ...before, [field.name]: value }))}
            onRemove={isSet && !field.isRequired ? () => setRemoved([...removed, secret]) : undefined}
          />
        );
      })}
      {kind === 'sms' && (
        <NamedSecretsInput
          id={id}
          rows={named}
          known={known}
          isDisabled={isSending}
          onChange={setNamed}
          onRemoveKnown={(secret) => setRemoved([...removed, secret])}
        />
      )}
      {problem !== undefined && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="form-foot">
        <Button type="primary" size="large" htmlType="submit" loading={isSending} data-testid="save-channel">
          {t(channel === undefined ? 'form.create' : 'form.save')}
        </Button>
        <output className="dim">
          {wrong.size > 0 && t('form.correct', { n: wrong.size })}
          {wrong.size === 0 && wasSaved && `✓ ${t('form.saved')}`}
        </output>
      </div>
    </form>
  );
}

function withoutSecrets(kind: ChannelKind): Record<string, string> {
  const secrets = channelFields[kind].filter(({ input }) => input === 'secret');
  return Object.fromEntries(secrets.map(({ name }) => [name, '']));
}
