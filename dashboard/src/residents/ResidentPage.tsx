import { residentPatchSchema } from '@carebell/contracts/registry.ts';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ResidentAbsence, ResidentAbsences } from '../absence/ResidentAbsences.tsx';
import { PageLoading } from '../app/PageLoading.tsx';
import { phoneLink, spokenPhone } from '../app/phone.ts';
import { DeviceEventsOf } from '../devices/DeviceEventsOf.tsx';
import { DeviceList } from '../devices/DeviceList.tsx';
import { useSession } from '../log-in/session.ts';
import { ReferenceName } from '../registry-forms/FieldValue.tsx';
import { RecordFields } from '../registry-forms/RecordFacts.tsx';
import { RecordPage, RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { useRecord } from '../registry-forms/record-query.ts';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import { contactFields, homeFields, personFields, residentLabels } from './resident-fields.ts';
import { AlarmsOf } from '../alarm/AlarmsOf.tsx';
import { ResidentHome } from './ResidentHome.tsx';

const RulesDesk = lazy(async () => ({
  default: (await import('../rules/RulesDesk.tsx')).RulesDesk,
}));
const ResidentRequests = lazy(async () => ({
  default: (await import('../requests/ResidentRequests.tsx')).ResidentRequests,
}));
const ResidentVisits = lazy(async () => ({
  default: (await import('../visits/ResidentVisits.tsx')).ResidentVisits,
}));
const ResidentLife = lazy(async () => ({
  default: (await import('../history/ResidentLife.tsx')).ResidentLife,
}));

export function ResidentPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { may } = useSession();
  const registry = useRegistryApi();
  const { data: resident, error, refetch, changed } = useRecord('residents', id);
  if (resident === undefined) return <RecordWaiting error={error} onRetry={() => void refetch()} />;
  const form = {
    record: resident,
    schema: residentPatchSchema,
    labels: residentLabels,
    mayWrite: may('resident.write'),
    send: (body: Record<string, unknown>) => registry.change('residents', id, body),
    onDone: changed,
  };
  return (
    <RecordPage
      key={id}
      section="residents"
      path={`/residents/${encodeURIComponent(id)}`}
      title={resident.name}
      facts={
        <>
          <ReferenceName of="dwellings" id={resident.dwellingId} />
          {may('absence.read') && <ResidentAbsence residentId={id} />}
          {resident.phone !== null && <a href={phoneLink(resident.phone)}>{spokenPhone(resident.phone)}</a>}
        </>
      }
      tabs={[
        {
          key: 'person',
          label: t('residentPage.person'),
          content: <RecordFields {...form} fields={personFields} />,
        },
        ...(may('absence.read')
          ? [
              {
                key: 'absences',
                label: t('absence.title'),
                content: <ResidentAbsences residentId={id} />,
              },
            ]
          : []),
        ...(may('visit.read')
          ? [
              {
                key: 'visits',
                label: t('visitPlan.title'),
                content: (
                  <Suspense fallback={<PageLoading />}>
                    <ResidentVisits residentId={id} />
                  </Suspense>
                ),
              },
            ]
          : []),
        ...(may('history.read')
          ? [
              {
                key: 'life',
                label: t('residentPage.life'),
                content: (
                  <Suspense fallback={<PageLoading />}>
                    <ResidentLife resident={resident} />
                  </Suspense>
                ),
              },
            ]
          : []),
        ...(may('rule.read')
          ? [
              {
                key: 'rules',
                label: t('rule.title'),
                content: (
                  <Suspense fallback={<PageLoading />}>
                    <RulesDesk of={{ scope: 'resident', id }} />
                  </Suspense>
                ),
              },
            ]
          : []),
        {
          key: 'dwelling',
          label: t('residentPage.dwelling'),
          content: (
            <>
              <ResidentHome resident={resident} />
              {form.mayWrite && (
                <>
                  <h2>{t('residentPage.move')}</h2>
                  <RecordFields {...form} fields={homeFields} />
                </>
              )}
            </>
          ),
        },
        {
          key: 'contacts',
          label: t('residentPage.contacts'),
          content: <RecordFields {...form} fields={contactFields} />,
        },
        {
          key: 'devices',
          label: t('residentPage.devices'),
          content: (
            <DeviceList
              owner={{ residentId: id }}
              empty={t('residentPage.noDevices')}
              tools={
                may('device.write') && (
                  <Link className="action-link" to={`/devices/new?resident=${encodeURIComponent(id)}`}>
                    + {t('residentPage.addDevice')}
                  </Link>
                )
              }
            />
          ),
        },
        ...(may('alarm.read')
          ? [
              {
                key: 'alarms',
                label: t('residentPage.alarms'),
                content: <AlarmsOf of={{ residentId: id }} />,
              },
            ]
          : []),
        ...(may('request.read')
          ? [
              {
                key: 'requests',
                label: t('request.title'),
                content: (
                  <Suspense fallback={<PageLoading />}>
                    <ResidentRequests residentId={id} />
                  </Suspense>
                ),
              },
            ]
          : []),
        { key: 'events', label: t('residentPage.events'), content: <DeviceEventsOf residentId={id} /> },
      ]}
    />
  );
}
