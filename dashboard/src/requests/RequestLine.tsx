import type { ServiceRequest } from '@carebell/contracts/service-requests.ts';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dayAndTime, elapsed } from '../app/instants.ts';
import { useFeedLink, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';

type Props = { request: ServiceRequest; isSelected: boolean; onTake: (() => void) | undefined };

/** One request in the queue: what, for whom, how far, and what is due when. */
export function RequestLine({ request, isSelected, onTake }: Props) {
  const { t } = useTranslation();
  const { session } = useSession();
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) line.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  const { id, kind, phase, residentName, address, stationName, owner, missed } = request;
  const time = (at: string): string => dayAndTime(at, session.hub.timeZone).slice(0, -3);
  const isOver = request.endedAt !== null;
  const waitsFor = request.offer?.provider.name ?? request.handOver?.to.name;
  return (
    <li
      ref={line}
      data-testid={`request-${id}`}
      data-phase={phase}
      data-missed={missed.length > 0 && !isOver}
      aria-current={isSelected ? 'true' : undefined}
    >
      <span className="request-kind">
        <Link to={`/requests/${id}`}>{t(`kind.${kind}`)}</Link>
        <small>{t(`request.phase.${phase}`)}</small>
      </span>
      <span className="request-who">
        <strong>
          {request.isTest === true && `${t('mark.test')} · `}
          {residentName ?? t('queue.unknownResident')}
        </strong>
        <small>{[address, stationName].filter((part) => part !== null).join(' · ')}</small>
      </span>
      <span className="request-state">
        {missed.length > 0 && !isOver && <b className="request-missed">⚠ {t('request.missed')}</b>}
        {waitsFor !== undefined && !isOver && <span>{t('request.waitsFor', { name: waitsFor })}</span>}
        {waitsFor === undefined && request.arranged !== null && (
          <span>
            {request.arranged.provider?.name ?? t('request.byStation')}
            {request.arranged.for !== null && ` · ${time(request.arranged.for)}`}
          </span>
        )}
        {owner !== null && (
          <small>
            {isOver && t('request.ownerWas', { name: owner.displayName })}
            {!isOver &&
              (owner.id === session.user.id
                ? t('request.ownerMe')
                : t('request.owner', { name: owner.displayName }))}
          </small>
        )}
      </span>
      <span className="request-due">
        {request.due !== null && <Due what={request.due.what} at={request.due.at} />}
        {request.endedAt !== null && <small>{t('request.endedAt', { time: time(request.endedAt) })}</small>}
        <small>{t('request.askedAt', { time: time(request.askedAt) })}</small>
      </span>
      {phase === 'asked' && onTake !== undefined && (
        <Button type="primary" data-testid={`take-${id}`} onClick={onTake}>
          {t('request.take')}
        </Button>
      )}
    </li>
  );
}

/** What is due next, and in how long; what is overdue says for how long already. */
export function Due({ what, at }: NonNullable<ServiceRequest['due']>) {
  const { t } = useTranslation();
  const leftMs = Date.parse(at) - (useNow() + useFeedLink().clockOffsetMs);
  return (
    <span data-late={leftMs < 0}>
      {t(leftMs < 0 ? 'request.late' : 'request.in', {
        what: t(`request.due.${what}`),
        time: elapsed(Math.abs(leftMs)),
      })}
    </span>
  );
}
