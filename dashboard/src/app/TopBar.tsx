import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { SoundControl } from '../alarm-sound/SoundControl.tsx';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { FeedPill } from '../live-feed/FeedPill.tsx';
import { useSession } from '../log-in/session.ts';
import { isWithin, sectionOf } from '../registry-forms/sections.ts';
import { PaletteButton } from '../search/PaletteButton.tsx';
import { BellMark } from './BellMark.tsx';
import { clockTime } from './instants.ts';
import { UserFace } from './UserFace.tsx';
import { WaitingElsewhere } from './WaitingElsewhere.tsx';

const UserMenu = lazy(async () => ({ default: (await import('./UserMenu.tsx')).UserMenu }));

const pages = [
  { path: '/', name: 'wall', action: 'alarm.watch' },
  { path: '/hand-over', name: 'handOver', action: 'alarm.watch' },
  { path: '/residents', name: 'residents', action: 'resident.read' },
  { path: '/visits', name: 'visits', action: 'visit.make' },
  { path: '/devices', name: 'devices', action: 'device.read' },
  { path: '/organisations', name: 'organisations', action: 'registry.read' },
  { path: '/numbers', name: 'numbers', action: 'report.read' },
  { path: '/refusals', name: 'refusals', action: 'refusal.read' },
] as const;

export function TopBar() {
  const { t } = useTranslation();
  const { session, may } = useSession();
  const { pathname } = useLocation();
  const section = sectionOf(pathname);
  const isHere = (path: string): boolean =>
    section === undefined || path === '/visits' ? isWithin(pathname, path) : path === `/${section}`;
  return (
    <>
      <header className="top-bar">
        <div className="top-bar-brand">
          <BellMark size={32} />
          <div>
            <strong>{t('product.name')}</strong>
            <span title={session.user.organisationName}>{session.user.organisationName}</span>
          </div>
        </div>
        <nav className="top-bar-nav" aria-label={t('nav.menu')}>
          {pages
            .filter(({ action, name }) => may(action) && !(name === 'visits' && may('resident.read')))
            .map(({ path, name }) => (
              <Link key={path} to={path} aria-current={isHere(path) ? 'page' : undefined}>
                {t(`nav.${name}`)}
              </Link>
            ))}
        </nav>
        <div className="top-bar-end">
          <PaletteButton />
          {may('alarm.watch') && <FeedPill />}
          {may('alarm.watch') && <SoundControl />}
          <HubTime />
          <UserButton />
        </div>
      </header>
      {session.hub.isDemo && <div className="demo-line">{t('logIn.demo')}</div>}
      <WaitingElsewhere />
    </>
  );
}

function HubTime() {
  const { session } = useSession();
  const now = useNow() + useFeedLink().clockOffsetMs;
  return <time className="hub-time">{clockTime(now, session.hub.timeZone)}</time>;
}

/** The menu is loaded when it is asked for: nobody waits for it before the wall. */
function UserButton() {
  const [isAsked, setIsAsked] = useState(false);
  const face = <UserFace onClick={() => setIsAsked(true)} />;
  if (!isAsked) return face;
  return (
    <Suspense fallback={face}>
      <UserMenu />
    </Suspense>
  );
}
