import { serviceSchema } from '@carebell/contracts/service-catalogue.ts';
import type { Service } from '@carebell/contracts/service-catalogue.ts';
import { Button, Checkbox, Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { HubRefusal } from '../api/hub-api.ts';
import { EditorFoot } from '../registry-forms/EditorFoot.tsx';
import { useDraft } from '../registry-forms/use-draft.ts';
import { HoursFields } from './HoursFields.tsx';
import { ProviderFields } from './ProviderFields.tsx';
import { freshKey } from './service-draft.ts';

type Props = {
  start: Service;
  organisationId: string;
  /** Answers the problem, if there was one. */
  save: (service: Service) => Promise<HubRefusal | undefined>;
  onCancel: () => void;
};

const minuteMs = 60_000;
const limitNames = ['takenMs', 'arrangedMs', 'doneMs', 'answerMs'] as const;
const languages = ['zh-CN', 'en'] as const;

/** One service: its name, what to ask, who provides it, and its limits. */
export function ServiceEditor({ start, organisationId, save, onCancel }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const { draft: service, parsed, problem, isSending, change, submit } = useDraft(start, serviceSchema, save);
  const { fields, providers, limits } = service;

  return (
    <form
      noValidate
      className="service-editor"
      aria-label={t('service.title')}
      data-testid="service-editor"
      onSubmit={submit}
    >
      <fieldset disabled={isSending}>
        <legend>{t(`kind.${service.kind}`)}</legend>
        {languages.map((language) => (
          <Line key={language} id={`${id}-${language}`} label={t(`service.name.${language}`)}>
            <Input
              id={`${id}-${language}`}
              value={service.name[language]}
              onChange={(event) => change({ name: { ...service.name, [language]: event.target.value } })}
            />
          </Line>
        ))}
        <Checkbox
          checked={service.isOffered}
          onChange={(event) => change({ isOffered: event.target.checked })}
        >
          {t('service.isOffered')}
        </Checkbox>
        {(['price', 'subsidy'] as const).map((name) => (
          <Line key={name} id={`${id}-${name}`} label={t(`service.${name}`)}>
            <Input
              id={`${id}-${name}`}
              maxLength={300}
              value={service[name]}
              onChange={(event) => change({ [name]: event.target.value })}
            />
          </Line>
        ))}
        {limitNames.map((name) => (
          <Line key={name} id={`${id}-${name}`} label={t(`service.${name}`)}>
            <Input
              id={`${id}-${name}`}
              data-testid={name}
              type="number"
              min={1}
              value={Number.isNaN(limits[name]) ? '' : limits[name] / minuteMs}
              onChange={(event) =>
                change({ limits: { ...limits, [name]: Math.round(Number(event.target.value) * minuteMs) } })
              }
            />
          </Line>
        ))}
      </fieldset>
      <fieldset disabled={isSending}>
        <legend>{t('service.fields')}</legend>
        {fields.map((field, at) => (
          <div key={field.key} className="service-row">
            {languages.map((language) => (
              <Input
                key={language}
                aria-label={t(`service.question.${language}`)}
                placeholder={t(`service.question.${language}`)}
                maxLength={300}
                value={field.label[language]}
                onChange={(event) =>
                  change({
                    fields: fields.with(at, {
                      ...field,
                      label: { ...field.label, [language]: event.target.value },
                    }),
                  })
                }
              />
            ))}
            <Checkbox
              checked={field.isRequired}
              onChange={(event) =>
                change({ fields: fields.with(at, { ...field, isRequired: event.target.checked }) })
              }
            >
              {t('service.isRequired')}
            </Checkbox>
            <Button danger onClick={() => change({ fields: fields.toSpliced(at, 1) })}>
              {t('service.remove')}
            </Button>
          </div>
        ))}
        <Button
          onClick={() =>
            change({
              fields: [
                ...fields,
                {
                  key: freshKey(
                    'field',
                    fields.map(({ key }) => key),
                  ),
                  label: { 'zh-CN': '', en: '' },
                  isRequired: false,
                },
              ],
            })
          }
        >
          + {t('service.addField')}
        </Button>
      </fieldset>
      <HoursFields hours={service.hours} isDisabled={isSending} onChange={(hours) => change({ hours })} />
      <ProviderFields
        providers={providers}
        organisationId={organisationId}
        isDisabled={isSending}
        onChange={(changed) => change({ providers: changed })}
      />
      <EditorFoot
        testId="save-service"
        problem={problem}
        isSending={isSending}
        isComplete={parsed.success}
        hint={parsed.success ? undefined : t('service.correct')}
        onCancel={onCancel}
      />
    </form>
  );
}

function Line({ id, label, children }: { id: string; label: string; children: React.ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}
