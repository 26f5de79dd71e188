import { searchResultSchema } from '@carebell/contracts/search.ts';
import type { SearchResult } from '@carebell/contracts/search.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { resultOrThrow } from '../api/hub-problem.ts';
import { spokenPhone } from '../app/phone.ts';
import { useWorkplace } from '../app/workplace.ts';
import { languages } from '../i18n/language.ts';
import type { Language } from '../i18n/language.ts';
import { urgencyOrder } from '../alarm-queue/queue-order.ts';
import { useAlarmBook } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import { alarmsFor, hasWords } from './palette-entries.ts';
import type { PaletteEntry } from './palette-entries.ts';
import { useWhose } from '../alarm/whose.ts';

/** Pages by their address, and the right that each needs. */
const pages = [
  ['/', 'wall', 'alarm.watch'],
  ['/residents', 'residents', 'resident.read'],
  ['/dwellings', 'dwellings', 'registry.read'],
  ['/devices', 'devices', 'device.read'],
  ['/unknown-devices', 'unregistered', 'device.read'],
  ['/gateways', 'gateways', 'device.read'],
  ['/supervision', 'supervision', 'device.read'],
  ['/maintenance', 'maintenance', 'device.read'],
  ['/workbench', 'workbench', 'device.write'],
  ['/commissionings', 'commissionings', 'device.read'],
  ['/test-modes', 'testModes', 'test-mode.read'],
  ['/organisations', 'organisations', 'registry.read'],
  ['/users', 'users', 'user.read'],
  ['/channels', 'channels', 'channel.read'],
  ['/night', 'night', 'resident.read'],
  ['/follow-ups', 'followUps', 'alarm.acknowledge'],
  ['/numbers', 'numbers', 'report.read'],
  ['/drills', 'drills', 'drill.read'],
  ['/records', 'records', 'audit.read'],
  ['/refusals', 'refusals', 'refusal.read'],
] as const;
const forms = [
  ['/residents/new', 'residentPage.new', 'resident.write'],
  ['/dwellings/new', 'dwellingPage.new', 'dwelling.write'],
  ['/workbench/register', 'registering.open', 'device.write'],
  ['/scan', 'scan.title', 'device.read'],
  ['/labels', 'labels.open', 'device.read'],
  ['/devices/new', 'devicePage.new', 'device.write'],
  ['/gateways/new', 'gatewayPage.new', 'device.write'],
  ['/users/new', 'userPage.new', 'user.write'],
] as const;

/** What the palette offers for these words: at once what the page knows itself, then what the hub finds. */
export function usePaletteEntries(words: string) {
  const { api } = useWorkplace();
  const { data, error, isFetching } = useQuery({
    queryKey: ['search', words],
    enabled: words !== '',
    placeholderData: (previous) => (words === '' ? undefined : previous),
    queryFn: () => {
      const query = new URLSearchParams({ q: words, limit: '6' });
      return resultOrThrow(api.call<SearchResult>('GET', `/search?${query.toString()}`, searchResultSchema));
    },
  });
  const own = useOwnEntries(words);
  const found = useFoundEntries(words === '' ? undefined : data);
  return {
    entries: [...own.alarms, ...found, ...own.pages, ...own.actions],
    hasFailed: error !== null,
    isSearching: words !== '' && isFetching,
  };
}

function useFoundEntries(data: SearchResult | undefined): PaletteEntry[] {
  const { t } = useTranslation();
  if (data === undefined) return [];
  return [
    ...data.residents.map(({ id, name, phone, address }): PaletteEntry => ({
      key: `resident ${id}`,
      group: 'residents',
      title: name,
      note: phone === null ? address : `${address} · ${spokenPhone(phone)}`,
      go: `/residents/${encodeURIComponent(id)}`,
    })),
    ...data.dwellings.map(({ id, address }): PaletteEntry => ({
      key: `dwelling ${id}`,
      group: 'dwellings',
      title: address,
      note: '',
      go: `/dwellings/${encodeURIComponent(id)}`,
    })),
    ...data.devices.map(({ id, name, type, room, address }): PaletteEntry => ({
      key: `device ${id}`,
      group: 'devices',
      title: name === '' ? id : name,
      note: [t(`deviceType.${type}`), room, address ?? '', name === '' ? '' : id]
        .filter((part) => part !== '')
        .join(' · '),
      go: `/devices/${encodeURIComponent(id)}`,
    })),
  ];
}

function useOwnEntries(words: string): Record<'alarms' | 'pages' | 'actions', PaletteEntry[]> {
  const { t } = useTranslation();
  const whose = useWhose();
  const { may, logOut } = useSession();
  const { settings } = useWorkplace();
  const book = useAlarmBook();
  const open = [...book.alarms.values()].toSorted(urgencyOrder);
  const pageEntries = pages
    .filter(([, , right]) => may(right))
    .map(([path, name]): PaletteEntry => {
      const title = name === 'wall' ? t('palette.wall') : t(`section.${name}`);
      return { key: path, group: 'pages', title, note: '', go: path };
    });
  const action = (key: string, title: string, go: PaletteEntry['go'], note = ''): PaletteEntry => ({
    key,
    group: 'actions',
    title,
    note,
    go,
  });
  const actions = [
    ...forms.filter(([, , right]) => may(right)).map(([path, text]) => action(path, t(text), path)),
    ...(['auto', 'night', 'day', 'high-contrast'] as const).map((theme) =>
      action(`theme ${theme}`, t(`settings.${theme}`), () => settings.change({ theme }), t('settings.theme')),
    ),
    ...(Object.keys(languages) as Language[]).map((language) =>
      action(
        `language ${language}`,
        languages[language],
        () => settings.change({ language }),
        t('settings.language'),
      ),
    ),
    action('log-out', t('palette.logOut'), () => void logOut()),
  ];
  return {
    alarms: alarmsFor(words, open).map((alarm) => ({
      key: `alarm ${alarm.id}`,
      group: 'alarms',
      title: `${t(`kind.${alarm.kind}`)} · ${whose(alarm).name}`,
      note: alarm.address ?? alarm.deviceId,
      go: `/alarms/${encodeURIComponent(alarm.id)}`,
    })),
    pages: pageEntries.filter(({ title, key }) => hasWords(words, title, key)),
    // Without words a person looks for a place to go, not for a switch.
    actions: words === '' ? [] : actions.filter(({ title, note, key }) => hasWords(words, title, note, key)),
  };
}
