import type { Service } from '@carebell/contracts/service-catalogue.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CardHeading } from '../escalation/CardHeading.tsx';
import { durationText } from '../escalation/duration-text.ts';
import { serviceWords } from '../requests/service-words.ts';
import { hoursText } from './hours-text.ts';

type Props = { service: Service; from: string; tools: ReactNode; isSaved: boolean };

/** One service in short: who provides it, when, for how much, and within which times. */
export function ServiceCard({ service, from, tools, isSaved }: Props) {
  const { t, i18n } = useTranslation();
  const { kind, name, isOffered, providers, fields, hours, limits, price, subsidy } = service;
  const between = i18n.language === 'zh-CN' ? '；' : '; ';
  const span = (ms: number): string => durationText(t, ms);
  return (
    <li className="policy-card" data-testid={`service-${kind}`}>
      <header>
        <CardHeading isSaved={isSaved}>{serviceWords(name, i18n.language) || t(`kind.${kind}`)}</CardHeading>
        <span className="policy-tools">{tools}</span>
      </header>
      <p className="dim">{from}</p>
      {!isOffered && <p className="warning">{t('service.notOffered')}</p>}
      <dl className="service-facts">
        <dt>{t('service.providers')}</dt>
        <dd>
          {providers.length === 0
            ? t('service.noProviders')
            : providers
                .map((one) => [one.name, one.phone].filter((part) => part !== '').join(' '))
                .join(between)}
        </dd>
        <dt>{t('service.hours')}</dt>
        <dd>{hours.length === 0 ? t('service.always') : hoursText(hours, i18n.language)}</dd>
        {(price !== '' || subsidy !== '') && (
          <>
            <dt>{t('service.price')}</dt>
            <dd>{[price, subsidy].filter((part) => part !== '').join(' · ')}</dd>
          </>
        )}
        <dt>{t('service.fields')}</dt>
        <dd>{fields.map((one) => serviceWords(one.label, i18n.language)).join(between) || '—'}</dd>
        <dt>{t('service.limits')}</dt>
        <dd>
          {t('service.limitLine', {
            taken: span(limits.takenMs),
            arranged: span(limits.arrangedMs),
            done: span(limits.doneMs),
            answer: span(limits.answerMs),
          })}
        </dd>
      </dl>
    </li>
  );
}
