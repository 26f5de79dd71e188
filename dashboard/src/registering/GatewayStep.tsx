import { newGatewaySchema } from '@carebell/contracts/registry.ts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { fieldsOf } from '../registry-forms/form-fields.ts';
import { RecordForm } from '../registry-forms/RecordForm.tsx';
import { useRefresh } from '../registry-forms/record-query.ts';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import { SecretNotice } from '../registry-forms/SecretNotice.tsx';
import type { Secret } from '../registry-forms/SecretNotice.tsx';
import type { Guide } from './guide.ts';

const fields = fieldsOf(newGatewaySchema, ['id', 'name']);
/** Where it stands is known already, and is no question. */
const schema = newGatewaySchema.partial({ stationId: true });

/** Through what the devices of this dwelling speak: a gateway of the station, a new one, or nothing between. */
export function GatewayStep({ guide, go }: { guide: Guide; go: (change: Partial<Guide>) => void }) {
  const { t } = useTranslation();
  const registry = useRegistryApi();
  const refresh = useRefresh();
  const [isNew, setNew] = useState(false);
  const [secret, setSecret] = useState<Secret>();
  const { data, error, refetch } = useQuery({
    queryKey: ['gateways', 'list', 'at', guide.stationId],
    queryFn: () => registry.list('gateways', { stationId: guide.stationId ?? undefined, limit: '200' }),
  });
  const choose = (gatewayId: string | null) => go({ gatewayId, step: 'devices' });
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <PageLoading />;
  const isHere = (at: string | null) => at === guide.dwellingId;
  const gateways = data.items.toSorted((a, b) => Number(isHere(b.dwellingId)) - Number(isHere(a.dwellingId)));
  return (
    <section className="register-step">
      <h2>{t('registering.whichGateway')}</h2>
      {!isNew && (
        <>
          <ul className="tiles">
            <li>
              <button
                type="button"
                className="tile"
                aria-pressed={guide.gatewayId === null}
                onClick={() => choose(null)}
              >
                <strong>{t('registering.noGateway')}</strong>
                <span>{t('registering.noGatewayText')}</span>
              </button>
            </li>
            {gateways.map((gateway) => (
              <li key={gateway.id}>
                <button
                  type="button"
                  className="tile"
                  aria-pressed={guide.gatewayId === gateway.id}
                  onClick={() => choose(gateway.id)}
                >
                  <strong>{gateway.name === '' ? gateway.id : gateway.name}</strong>
                  <span>
                    {isHere(gateway.dwellingId) ? `${t('registering.here')} · ` : ''}
                    {gateway.id}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <div className="register-choices">
            <Button size="large" onClick={() => setNew(true)}>
              {t('gatewayPage.new')}
            </Button>
          </div>
        </>
      )}
      {isNew && (
        <RecordForm
          fields={fields}
          schema={schema}
          record={undefined}
          hints={{ id: t('fieldHint.id') }}
          send={(body) =>
            registry.enter('gateways', { ...body, stationId: guide.stationId, dwellingId: guide.dwellingId })
          }
          onDone={(issued) => {
            refresh('gateways');
            setSecret({ id: issued.gateway.id, secret: issued.secret });
          }}
        />
      )}
      {secret !== undefined && <SecretNotice secret={secret} onDone={() => choose(secret.id)} />}
    </section>
  );
}
