import { dwellingPatchSchema } from '@carebell/contracts/registry.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { PageLoading } from '../app/PageLoading.tsx';
import { DwellingCommissioning } from '../commissioning/DwellingCommissioning.tsx';
import { DeviceList } from '../devices/DeviceList.tsx';
import { useSession } from '../log-in/session.ts';
import { ReferenceName } from '../registry-forms/FieldValue.tsx';
import { RecordFields } from '../registry-forms/RecordFacts.tsx';
import { RecordPage, RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { useRecord } from '../registry-forms/record-query.ts';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import { ResidentLine } from '../residents/ResidentsPage.tsx';
import { dwellingFields, openDwellingFields } from './dwelling-fields.ts';

export function DwellingPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { may } = useSession();
  const registry = useRegistryApi();
  const { data: dwelling, error, refetch, changed } = useRecord('dwellings', id);
  if (dwelling === undefined) return <RecordWaiting error={error} onRetry={() => void refetch()} />;
  return (
    <RecordPage
      key={id}
      section={may('resident.read') ? 'residents' : 'devices'}
      path={`/dwellings/${encodeURIComponent(id)}`}
      title={dwelling.address}
      facts={<ReferenceName of="stations" id={dwelling.stationId} />}
      tools={
        <Link className="action-link" to={`/labels?dwelling=${encodeURIComponent(id)}`}>
          {t('labels.open')}
        </Link>
      }
      tabs={[
        {
          key: 'place',
          label: t('dwellingPage.place'),
          content: (
            <RecordFields
              mayWrite={may('registry.write')}
              fields={may('registry.write') ? dwellingFields : openDwellingFields}
              schema={dwellingPatchSchema}
              record={dwelling}
              hints={{ access: t('fieldHint.access') }}
              send={(body) => registry.change('dwellings', id, body)}
              onDone={changed}
            />
          ),
        },
        ...(may('resident.read')
          ? [
              {
                key: 'residents',
                label: t('dwellingPage.residents'),
                content: <ResidentsAt dwellingId={id} />,
              },
            ]
          : []),
        {
          key: 'devices',
          label: t('dwellingPage.devices'),
          content: (
            <DeviceList
              owner={{ dwellingId: id }}
              empty={t('residentPage.noDevices')}
              tools={
                may('device.write') && (
                  <Link className="action-link" to={`/devices/new?dwelling=${encodeURIComponent(id)}`}>
                    + {t('residentPage.addDevice')}
                  </Link>
                )
              }
            />
          ),
        },
        ...(may('device.read')
          ? [
              {
                key: 'commissioning',
                label: t('commissioning.title'),
                content: <DwellingCommissioning dwellingId={id} />,
              },
            ]
          : []),
      ]}
    />
  );
}

function ResidentsAt({ dwellingId }: { dwellingId: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const registry = useRegistryApi();
  const { data, error, refetch } = useQuery({
    queryKey: ['residents', 'list', 'at', dwellingId],
    queryFn: () => registry.list('residents', { dwellingId, limit: '500' }),
  });
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <PageLoading />;
  return (
    <>
      {may('resident.write') && (
        <p>
          <Link className="action-link" to={`/residents/new?dwelling=${encodeURIComponent(dwellingId)}`}>
            + {t('dwellingPage.addResident')}
          </Link>
        </p>
      )}
      {data.items.length === 0 && <p className="list-empty">{t('dwellingPage.noResidents')}</p>}
      <ul className="record-lines">
        {data.items.map((resident) => (
          <li key={resident.id}>
            <ResidentLine resident={resident} />
          </li>
        ))}
      </ul>
    </>
  );
}
