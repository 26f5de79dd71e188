import { notificationLocales } from '@carebell/contracts/notifications.ts';
import type { NotificationLocale } from '@carebell/contracts/notifications.ts';
import type { UserAddressesPatch } from '@carebell/contracts/user-addresses.ts';
import { App, Segmented, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { PageLoading } from '../app/PageLoading.tsx';
import { useProblemText } from '../app/problem-text.ts';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { languages } from '../i18n/language.ts';
import { useSession } from '../log-in/session.ts';
import { AddressesForm } from './AddressesForm.tsx';
import { BrowserPush } from './BrowserPush.tsx';
import { useOwnAddresses } from './own-addresses-query.ts';

/** Where this person is told of alarms when no screen is before them. Unlike the other wishes, the hub keeps these. */
export function OwnAddresses() {
  const { t } = useTranslation();
  const { may, session } = useSession();
  const { message } = App.useApp();
  const problemText = useProblemText();
  const access = useOwnAddresses();
  const { data, error, refetch } = access;
  async function change(wish: UserAddressesPatch): Promise<void> {
    const refused = await access.change(wish);
    if (refused !== undefined) void message.error(problemText(refused), 6);
  }
  return (
    <section className="own-addresses" data-testid="own-addresses">
      <h2>{t('ownAddresses.title')}</h2>
      <p className="dim">{t('ownAddresses.hint')}</p>
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <PageLoading />}
      {data !== undefined && (
        <>
          <AddressesForm
            // What the browser's subscription has changed begins anew.
            key={JSON.stringify(data.addresses)}
            addresses={data.addresses}
            access={access}
          />
          <BrowserPush own={data} access={access} />
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
          {may('report.mail') && (
            <div className="sound-panel-row">
              <span id="reports-wish">{t('ownAddresses.wantsReports')}</span>
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
