import { useQuery } from '@tanstack/react-query';
import { Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageLoading } from '../app/PageLoading.tsx';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useRegistryApi } from '../registry-forms/registry-api.ts';
import { DeviceEvents } from './DeviceEvents.tsx';

/** What the devices of a resident have said, one device at a time. */
export function DeviceEventsOf({ residentId }: { residentId: string }) {
  const { t } = useTranslation();
  const registry = useRegistryApi();
  const [chosen, setChosen] = useState<string>();
  const { data, error, refetch } = useQuery({
    queryKey: ['devices', 'list', 'of', { residentId }],
    queryFn: () => registry.list('devices', { residentId, limit: '500' }),
  });
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <PageLoading />;
  const shown = chosen ?? data.items[0]?.id;
  if (shown === undefined) return <p className="list-empty">{t('residentPage.noDevices')}</p>;
  return (
    <>
      {data.items.length > 1 && (
        <Radio.Group
          value={shown}
          onChange={(event) => setChosen(event.target.value as string)}
          options={data.items.map(({ id, name, type }) => ({
            value: id,
            label: name === '' ? `${t(`deviceType.${type}`)} ${id}` : name,
          }))}
        />
      )}
      <DeviceEvents key={shown} deviceId={shown} />
    </>
  );
}
