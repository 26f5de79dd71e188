import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useSession } from '../log-in/session.ts';

const sections = {
  residents: [
    { path: '/residents', name: 'residents', action: 'resident.read' },
    { path: '/dwellings', name: 'dwellings', action: 'registry.read' },
  ],
  devices: [
    { path: '/devices', name: 'devices', action: 'device.read' },
    { path: '/devices/unregistered', name: 'unregistered', action: 'device.read' },
    { path: '/gateways', name: 'gateways', action: 'device.read' },
    { path: '/dwellings', name: 'dwellings', action: 'registry.read' },
  ],
  numbers: [
    { path: '/numbers', name: 'numbers', action: 'report.read' },
    { path: '/drills', name: 'drills', action: 'drill.read' },
    { path: '/records', name: 'records', action: 'audit.read' },
  ],
  organisations: [
    { path: '/organisations', name: 'organisations', action: 'registry.read' },
    { path: '/users', name: 'users', action: 'user.read' },
    { path: '/channels', name: 'channels', action: 'channel.read' },
  ],
} as const;
export type Section = keyof typeof sections;

/** The lists that stand beside one another. Dwellings stand with people, or with devices for who sees no people. */
export function SectionTabs({ section }: { section: Section }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { pathname } = useLocation();
  const shown = sections[section].filter(
    ({ action, name }) =>
      may(action) && !(section === 'devices' && name === 'dwellings' && may('resident.read')),
  );
  if (shown.length < 2) return null;
  return (
    <nav className="section-tabs" aria-label={t('section.label')}>
      {shown.map(({ path, name }) => (
        <Link key={path} to={path} aria-current={isWithin(pathname, path) ? 'page' : undefined}>
          {t(`section.${name}`)}
        </Link>
      ))}
    </nav>
  );
}

/** A record's page stands within its list; the unregistered devices are a list of their own. */
function isWithin(pathname: string, path: string): boolean {
  if (pathname === '/devices/unregistered') return path === pathname;
  return pathname === path || pathname.startsWith(`${path}/`);
}
