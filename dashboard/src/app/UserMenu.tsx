import { App, Dropdown } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../log-in/session.ts';
import { languages } from '../i18n/language.ts';
import type { Language } from '../i18n/language.ts';
import { choices, useSettings } from './settings.ts';
import { UserFace } from './UserFace.tsx';
import { useWorkplace } from './workplace.ts';

/** Begins open, as it comes when its button has been pressed. */
export function UserMenu() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const { logOut, may } = useSession();
  const navigate = useNavigate();
  const { settings } = useWorkplace();
  const { theme, language } = useSettings(settings);
  const mark = (isChosen: boolean, text: string) => `${isChosen ? '✓' : '\u2003'} ${text}`;

  const [isOpen, setIsOpen] = useState(true);
  const face = useRef<HTMLButtonElement>(null);
  useEffect(() => face.current?.focus(), []);

  return (
    <Dropdown
      open={isOpen}
      onOpenChange={setIsOpen}
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
      <UserFace ref={face} />
    </Dropdown>
  );
}
