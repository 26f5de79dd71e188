import type { Device } from '@carebell/contracts/registry.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { dayAndTime } from '../app/instants.ts';
import { ListPage } from '../app/ListPage.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { AvailabilityMark } from './AvailabilityMark.tsx';
import { DeviceEvents } from './DeviceEvents.tsx';

/** Availability changes; the list is asked for again at this interval. */
const refreshEveryMs = 30_000;

export function DevicesPage() {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { may } = useSession();
  const [search, setSearch] = useState('');
  const [isOfflineOnly, setOfflineOnly] = useState(false);
  const [opened, setOpened] = useState<Device>();
  const { data, error, refetch } = useQuery({
    queryKey: ['devices'],
    queryFn: () => resultOrThrow(api.devices()),
    refetchInterval: refreshEveryMs,
  });
  const found = data?.items
    .filter((device) => isMatch(device, search.trim().toLowerCase()))
    .filter((device) => !isOfflineOnly || device.availability !== 'online');

  return (
    <ListPage
      title={t('devices.title')}
      hint={
        data !== undefined && data.cursor !== null ? t('residents.more', { n: data.items.length }) : undefined
      }
      tools={
        <>
          <Input.Search
            allowClear
            size="large"
            placeholder={t('devices.search')}
            aria-label={t('devices.search')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <span className="list-switch">
            <Switch aria-labelledby="offline-only" checked={isOfflineOnly} onChange={setOfflineOnly} />
            <span id="offline-only">{t('devices.offlineOnly')}</span>
          </span>
        </>
      }
      error={error}
      onRetry={() => void refetch()}
      count={found?.length}
      empty={search === '' && !isOfflineOnly ? t('devices.empty') : t('devices.noMatch')}
    >
      <ul className="lines">
        {found?.map((device) => (
          <DeviceLine
            key={device.id}
            device={device}
            onOpen={may('device.read') ? () => setOpened(device) : undefined}
          />
        ))}
      </ul>
      {opened !== undefined && <DeviceEvents device={opened} onDone={() => setOpened(undefined)} />}
    </ListPage>
  );
}

function DeviceLine({ device, onOpen }: { device: Device; onOpen: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { session } = useSession();
  return (
    <li className="line" data-testid={`device-${device.id}`}>
      <AvailabilityMark availability={device.availability} />
      <span className="line-name">
        <strong>{device.name === '' ? device.id : device.name}</strong>
        <span className="dim">
          {[t(`deviceType.${device.type}`), device.room].filter((part) => part !== '').join(' · ')}
        </span>
        {!device.isRegistered && (
          <span className="mark" data-mark="unregistered">
            ? {t('devices.unregistered')}
          </span>
        )}
      </span>
      <code>{device.id}</code>
      <span>{device.battery !== null && `${t('alarm.battery')} ${device.battery} %`}</span>
      <span>{device.rssi !== null && `${device.rssi} dBm`}</span>
      <time className="dim">
        {device.lastSeenAt !== null && dayAndTime(device.lastSeenAt, session.hub.timeZone)}
      </time>
      {onOpen !== undefined && <Button onClick={onOpen}>{t('devices.events')}</Button>}
    </li>
  );
}

function isMatch(device: Device, search: string): boolean {
  return `${device.name}\n${device.id}\n${device.room}`.toLowerCase().includes(search);
}
