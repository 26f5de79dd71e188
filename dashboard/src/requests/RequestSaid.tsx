import type { RequestDetail } from '@carebell/contracts/service-requests.ts';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hoursText } from '../services/hours-text.ts';
import { useRequestActs } from './request-query.ts';
import { serviceWords } from './service-words.ts';

/** What to ask the resident, and what they said. */
export function RequestSaid({ request, mayWrite }: { request: RequestDetail; mayWrite: boolean }) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const { send, isSending } = useRequestActs();
  const [details, setDetails] = useState(request.details);
  const [note, setNote] = useState(request.note);
  const { fields, hours, price, subsidy } = request.service;
  const terms = [price, subsidy, hoursText(hours, i18n.language)].filter((part) => part !== '');
  const isChanged =
    note !== request.note || fields.some(({ key }) => (details[key] ?? '') !== (request.details[key] ?? ''));
  return (
    <form
      className="request-said card"
      data-testid="request-said"
      onSubmit={(event) => {
        event.preventDefault();
        void send('PATCH', `/${request.id}`, { details, note: note.trim(), version: request.version });
      }}
    >
      <h2>{t('request.said')}</h2>
      {terms.length > 0 && <p className="dim">{terms.join(' · ')}</p>}
      {fields.map((field) => (
        <div key={field.key} className="field">
          <label htmlFor={`${id}-${field.key}`}>
            {serviceWords(field.label, i18n.language)}
            {field.isRequired && ' *'}
          </label>
          <Input
            id={`${id}-${field.key}`}
            data-testid={`said-${field.key}`}
            maxLength={500}
            readOnly={!mayWrite}
            value={details[field.key] ?? ''}
            onChange={(event) => setDetails({ ...details, [field.key]: event.target.value })}
          />
        </div>
      ))}
      <div className="field">
        <label htmlFor={`${id}-note`}>{t('request.note')}</label>
        <Input
          id={`${id}-note`}
          maxLength={1000}
          readOnly={!mayWrite}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      {mayWrite && (
        <Button htmlType="submit" loading={isSending} disabled={!isChanged} data-testid="keep-said">
          {t('request.keep')}
        </Button>
      )}
    </form>
  );
}
