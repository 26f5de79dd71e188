import { App, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { SoundControl } from '../alarm-sound/SoundControl.tsx';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { FeedPill } from '../live-feed/FeedPill.tsx';
import { useSession } from '../log-in/session.ts';
import { isWithin, sectionOf } from '../registry-forms/sections.ts';
import { PaletteButton } from '../search/PaletteButton.tsx';
import { BellMark } from './BellMark.tsx';
import { languages } from '../i18n/language.ts';
import type { Language } from '../i18n/language.ts';
import { clockTime } from './instants.ts';
import { choices, useSettings } from './settings.ts';
import { WaitingElsewhere } from './WaitingElsewhere.tsx';
import { useWorkplace } from './workplace.ts';

const pages = [
  { path: '/', name: 'wall', action: 'alarm.watch' },
  { path: '/hand-over', name: 'handOver', action: 'alarm.watch' },
  { path: '/residents', name: 'residents', action: 'resident.read' },
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
    section === undefined ? isWithin(pathname, path) : path === `/${section}`;
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
            .filter(({ action }) => may(action))
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
          <UserMenu />
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

function UserMenu() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const { session, logOut, may } = useSession();
  const navigate = useNavigate();
  const { settings } = useWorkplace();
  const { theme, language } = useSettings(settings);
  const { displayName, role } = session.user;
  const mark = (isChosen: boolean, text: string) => `${isChosen ? '✓' : '\u2003'} ${text}`;

  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: [
          {
            type: 'group',
            key: 'theme',
            label: t('settings.theme'),
            children: choices.themes.map((choice) => ({
              key: `theme-${choice}`,
              label: mark(theme === choice, t(`settings.${choice}`)),
              onClick: () => settings.change({ theme: choice }),
            })),
          },
          {
            type: 'group',
            key: 'language',
            label: t('settings.language'),
            children: (Object.keys(languages) as Language[]).map((choice) => ({
              key: `language-${choice}`,
              label: mark(language === choice, languages[choice]),
              onClick: () => settings.change({ language: choice }),
            })),
          },
          { type: 'divider' },
          ...(may('alarm.watch')
            ? [
                {
                  key: 'wall-screen',
                  label: t('nav.wallScreen'),
                  onClick: () => void navigate('/wall-screen'),
                },
              ]
            : []),
          { key: 'settings', label: t('nav.settings'), onClick: () => void navigate('/settings') },
          { type: 'divider' },
          {
            key: 'log-out',
            danger: true,
            label: t('logIn.logOut'),
            onClick: () => {
              modal.confirm({
                title: t('logIn.logOut'),
                content: t('logIn.logOutConfirm'),
                okText: t('logIn.logOut'),
                centered: true,
                onOk: logOut,
              });
            },
          },
        ],
      }}
    >
      <button
        type="button"
        className="bar-button"
        data-testid="user-menu"
        aria-label={t('settings.user', { name: displayName, role: t(`role.${role}`) })}
      >
        <span className="user-initial">{displayName.slice(0, 1)}</span>
        <span className="bar-button-text">
          {displayName}
          <span className="user-role"> · {t(`role.${role}`)}</span>
        </span>
      </button>
    </Dropdown>
  );
}
