import type { Service } from '@carebell/contracts/service-catalogue.ts';
import { nearOrganisationsSchema } from '@carebell/contracts/service-requests.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';

export function NoteLine({ value, onChange }: { value: string; onChange: (note: string) => void }) {
  const { t } = useTranslation();
  return (
    <Input
      aria-label={t('request.note')}
      placeholder={t('request.note')}
      maxLength={1000}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

type OfferProps = { service: Service; onOffer: (providerId: string, byPhone: boolean) => Promise<void> };

/** Whom to ask: by a message with their link, or by a call that is entered here. */
export function OfferForm({ service, onOffer }: OfferProps) {
  const { t } = useTranslation();
  if (service.providers.length === 0) return <p className="dim">{t('request.noProviders')}</p>;
  return (
    <ul className="request-providers">
      {service.providers.map(({ id, name, phone, addresses }) => (
        <li key={id}>
          <strong>{name}</strong>
          {phone !== '' && <a href={`tel:${phone}`}>{phone}</a>}
          {addresses.length > 0 && (
            <Button type="primary" data-testid={`offer-${id}`} onClick={() => void onOffer(id, false)}>
              {t('request.sendOffer')}
            </Button>
          )}
          <Button data-testid={`called-${id}`} onClick={() => void onOffer(id, true)}>
            {t('request.iCall')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

type ArrangeProps = {
  service: Service;
  onArrange: (body: { providerId: string | null; for: string | null; note: string }) => Promise<void>;
};

/** Who comes and when. */
export function ArrangeForm({ service, onArrange }: ArrangeProps) {
  const { t } = useTranslation();
  const id = useId();
  const [providerId, setProviderId] = useState('');
  const [at, setAt] = useState('');
  const [note, setNote] = useState('');
  return (
    <form
      className="request-arrange"
      onSubmit={(event) => {
        event.preventDefault();
        void onArrange({
          providerId: providerId === '' ? null : providerId,
          for: at === '' ? null : new Date(at).toISOString(),
          note: note.trim(),
        });
      }}
    >
      <label htmlFor={`${id}-who`}>{t('request.who')}</label>
      <select
        id={`${id}-who`}
        className="plain-input"
        value={providerId}
        onChange={(event) => setProviderId(event.target.value)}
      >
        <option value="">{t('request.byStation')}</option>
        {service.providers.map(({ id: value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-at`}>{t('request.when')}</label>
      <input
        id={`${id}-at`}
        className="plain-input"
        type="datetime-local"
        value={at}
        onChange={(event) => setAt(event.target.value)}
      />
      <NoteLine value={note} onChange={setNote} />
      <Button type="primary" htmlType="submit" data-testid="keep-arranged">
        {t('request.keepArranged')}
      </Button>
    </form>
  );
}

type HandOverProps = {
  requestId: string;
  onHandOver: (body: { organisationId: string; note: string }) => Promise<void>;
};

/** Another organisation is asked to take it: it has a limit to accept. */
export function HandOverForm({ requestId, onHandOver }: HandOverProps) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const [note, setNote] = useState('');
  const { data } = useQuery({
    queryKey: ['request-near', requestId],
    queryFn: () =>
      resultOrThrow(
        api.call('GET', `/requests/${encodeURIComponent(requestId)}/near`, nearOrganisationsSchema),
      ),
  });
  return (
    <div className="request-reasons">
      <NoteLine value={note} onChange={setNote} />
      {data?.items.map(({ id, name }) => (
        <Button
          key={id}
          data-testid={`hand-over-${id}`}
          onClick={() => void onHandOver({ organisationId: id, note: note.trim() })}
        >
          {name}
        </Button>
      ))}
      {data?.items.length === 0 && <p className="dim">{t('request.nobodyNear')}</p>}
    </div>
  );
}
