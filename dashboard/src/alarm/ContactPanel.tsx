import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import { useTranslation } from 'react-i18next';
import { PhoneMark } from '../app/PhoneMark.tsx';
import { phoneLink, spokenPhone } from '../app/phone.ts';

/** Whom to call, in order; keyholders can open the door. */
export function ContactPanel({ detail }: { detail: AlarmDetail | undefined }) {
  const { t } = useTranslation();
  return (
    <section className="panel panel-contacts" aria-label={t('alarm.contacts')}>
      <h3>{t('alarm.contacts')}</h3>
      {detail?.contacts.length === 0 && <p className="dim">{t('alarm.noContacts')}</p>}
      <ol className="contacts">
        {detail?.contacts.map((contact) => (
          <li key={`${contact.name} ${contact.phone}`}>
            <div>
              <strong>{contact.name}</strong>
              <span className="dim">{contact.relation}</span>
              {contact.hasKey && <span className="key-mark">⚷ {t('alarm.hasKey')}</span>}
            </div>
            <a href={phoneLink(contact.phone)} aria-label={t('queue.call', { phone: contact.phone })}>
              <PhoneMark />
              {spokenPhone(contact.phone)}
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}
