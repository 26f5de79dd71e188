import { notificationLocales } from '@carebell/contracts/notifications.ts';
import type { NotificationLocale } from '@carebell/contracts/notifications.ts';
import type { UserAddressesPatch } from '@carebell/contracts/user-addresses.ts';
import { App, Segmented, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { HubRefusal } from '../api/hub-api.ts';
import { PageLoading } from '../app/PageLoading.tsx';
import { useProblemText } from '../app/problem-text.ts';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { languages } from '../i18n/language.ts';
import { useSession } from '../log-in/session.ts';
import { AddressesForm } from './AddressesForm.tsx';
import { BrowserPush } from './BrowserPush.tsx';
import { useAddresses } from './addresses-query.ts';
import './settings.css';

type Props = {
  /** `me`: whoever looks, with the browser before them. */
  userId: string;
  title: string;
  hint: string;
  /** Reports are mailed to those who may have them. */
  hasReports: boolean;
};

/** Where somebody is told of alarms when no screen is before them. Unlike the other wishes, the hub keeps these. */
export function Addresses({ userId, title, hint, hasReports }: Props) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { message } = App.useApp();
  const problemText = useProblemText();
  const access = useAddresses(userId);
  const { data, error, refetch } = access;
  const isOwn = userId === 'me';
  async function change(wish: UserAddressesPatch): Promise<HubRefusal | undefined> {
    const refused = await access.change(wish);
    if (refused !== undefined) void message.error(problemText(refused), 6);
    else void message.success(t('ownAddresses.saved'));
    return refused;
  }
  return (
    <section className="own-addresses" data-testid="own-addresses">
      <h2>{title}</h2>
      <p className="dim">{hint}</p>
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <PageLoading />}
      {data !== undefined && (
        <>
          <AddressesForm
            // What the browser's subscription has changed begins anew.
            key={JSON.stringify(data.addresses)}
            addresses={data.addresses}
            access={{ test: access.test, change }}
            isOwn={isOwn}
          />
          {isOwn && <BrowserPush own={data} access={access} />}
          <div className="wish">
            <span>{t('ownAddresses.language')}</span>
            <Segmented<NotificationLocale | 'hub'>
              aria-label={t('ownAddresses.language')}
              value={data.locale ?? 'hub'}
              options={[
                { value: 'hub', label: t('ownAddresses.languageOfHub') },
                ...notificationLocales.map((value) => ({ value, label: languages[value] })),
              ]}
              onChange={(value) => void change({ locale: value === 'hub' ? null : value })}
            />
            <span className="dim">{t('ownAddresses.languageHint', { language: hubLanguage() })}</span>
          </div>
          {hasReports && (
            <div className="sound-panel-row">
              <span id="reports-wish">
                {t(isOwn ? 'ownAddresses.wantsReports' : 'ownAddresses.wantsReportsOf')}
              </span>
              <Switch
                aria-labelledby="reports-wish"
                data-testid="wants-reports"
                checked={data.wantsReports}
                onChange={(wantsReports) => void change({ wantsReports })}
              />
            </div>
          )}
        </>
      )}
    </section>
  );

  function hubLanguage(): string {
    const own = notificationLocales.find((locale) => locale === session.hub.locale);
    return own === undefined ? session.hub.locale : languages[own];
  }
}
