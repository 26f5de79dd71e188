import { pageOf } from '@carebell/contracts/http-api.ts';
import { residentSchema } from '@carebell/contracts/registry.ts';
import { serviceKinds } from '@carebell/contracts/service-kinds.ts';
import type { ServiceKind } from '@carebell/contracts/service-kinds.ts';
import type { NewRequest as Body, ServiceRequest } from '@carebell/contracts/service-requests.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import type { RefSelectProps } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { spokenPhone } from '../app/phone.ts';
import { useWorkplace } from '../app/workplace.ts';
import { useRequestActs } from './request-query.ts';

const residentPage = pageOf(residentSchema);

/** A resident, or somebody for them, is on the telephone. */
export function NewRequest({ onDone }: { onDone: (made: ServiceRequest | undefined) => void }) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const id = useId();
  const { send, isSending } = useRequestActs();
  const first = useRef<RefSelectProps>(null);
  useEffect(() => first.current?.focus(), []);
  const [kind, setKind] = useState<ServiceKind>('taxi');
  const [searched, setSearched] = useState('');
  const [residentId, setResidentId] = useState<string>();
  const [wishedAt, setWishedAt] = useState('');
  const [note, setNote] = useState('');
  const residents = useQuery({
    queryKey: ['request-residents', searched],
    queryFn: () =>
      resultOrThrow(api.call('GET', `/residents?limit=30&q=${encodeURIComponent(searched)}`, residentPage)),
    placeholderData: keepPreviousData,
  }).data?.items;

  async function enter(): Promise<void> {
    if (residentId === undefined) return;
    const body: Body = {
      kind,
      residentId,
      note: note.trim(),
      wishedAt: wishedAt === '' ? null : new Date(wishedAt).toISOString(),
    };
    const made = await send('POST', '', body);
    if (made !== undefined) onDone(made);
  }

  return (
    <form
      className="request-form card"
      data-testid="request-form"
      aria-label={t('request.byPhone')}
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
    >
      <div className="field">
        <label htmlFor={`${id}-resident`}>{t('request.resident')} *</label>
        <Select
          ref={first}
          id={`${id}-resident`}
          showSearch
          filterOption={false}
          value={residentId ?? null}
          placeholder={t('request.residentHint')}
          onSearch={setSearched}
          onChange={(chosen: string | null) => setResidentId(chosen ?? undefined)}
          options={(residents ?? []).map((one) => ({
            value: one.id,
            label: one.phone === null ? one.name : `${one.name} · ${spokenPhone(one.phone)}`,
          }))}
        />
      </div>
      <fieldset className="request-kinds">
        <legend>{t('request.what')}</legend>
        {serviceKinds.map((one) => (
          <label key={one}>
            <input type="radio" name={`${id}-kind`} checked={one === kind} onChange={() => setKind(one)} />
            {t(`kind.${one}`)}
          </label>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor={`${id}-when`}>{t('request.wishedAt')}</label>
        <input
          id={`${id}-when`}
          className="plain-input"
          type="datetime-local"
          value={wishedAt}
          onChange={(event) => setWishedAt(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-note`}>{t('request.note')}</label>
        <Input
          id={`${id}-note`}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <div className="request-foot">
        <Button
          type="primary"
          htmlType="submit"
          loading={isSending}
          disabled={residentId === undefined}
          data-testid="enter-request"
        >
          {t('request.enter')}
        </Button>
        <Button disabled={isSending} onClick={() => onDone(undefined)}>
          {t('policy.cancel')}
        </Button>
      </div>
    </form>
  );
}
