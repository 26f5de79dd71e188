import { cancelReasons, offerRefusals, refuseReasons } from '@carebell/contracts/service-kinds.ts';
import type { CancelReason, OfferRefusal, RefuseReason } from '@carebell/contracts/service-kinds.ts';
import type { RequestDetail } from '@carebell/contracts/service-requests.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../log-in/session.ts';
import { ArrangeForm, HandOverForm, NoteLine, OfferForm } from './ActForms.tsx';
import { useRequestActs } from './request-query.ts';

type Open = 'offer' | 'arrange' | 'hand-over' | 'refuse' | 'cancel' | 'offer-refused' | null;

/** What can be done with a request as it stands, the likeliest first. */
export function RequestActs({ request }: { request: RequestDetail }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const [open, setOpen] = useState<Open>(null);
  const [note, setNote] = useState('');
  const { send, isSending } = useRequestActs();
  const { id, phase, owner, offer, handOver, endedAt } = request;
  const isMine = owner?.id === session.user.id;
  const act = async (path: string, body: object = {}): Promise<void> => {
    const done = await send('POST', `/${id}/${path}`, body);
    if (done !== undefined) {
      setOpen(null);
      setNote('');
    }
  };
  const toggle = (one: Open) => setOpen(open === one ? null : one);

  if (phase === 'done') {
    if (request.feedback !== null) return null;
    return (
      <fieldset className="request-acts" disabled={isSending}>
        <legend>{t('request.askFeedback')}</legend>
        <NoteLine value={note} onChange={setNote} />
        {[1, 2, 3, 4, 5].map((score) => (
          <Button
            key={score}
            data-testid={`feedback-${score}`}
            aria-label={t('request.score', { score })}
            onClick={() => void act('feedback', { score, note: note.trim() })}
          >
            {score}
          </Button>
        ))}
      </fieldset>
    );
  }
  if (endedAt !== null) return null;

  return (
    <section className="request-acts card" data-testid="request-acts" aria-label={t('request.acts')}>
      {handOver !== null && (
        <div className="request-answer">
          <p>{t('request.handedTo', { name: handOver.to.name })}</p>
          <Button
            data-testid="accept-hand-over"
            onClick={() => void act('hand-over-answer', { answer: 'accepted' })}
          >
            {t('request.acceptHandOver')}
          </Button>
          <Button onClick={() => void act('hand-over-answer', { answer: 'declined' })}>
            {t('request.declineHandOver')}
          </Button>
        </div>
      )}
      {offer !== null && (
        <div className="request-answer" data-testid="offer-open">
          <p>
            {t('request.waitsFor', { name: offer.provider.name })}
            {offer.provider.phone !== '' && (
              <a href={`tel:${offer.provider.phone}`}> {offer.provider.phone}</a>
            )}
          </p>
          <Button
            data-testid="offer-accepted"
            onClick={() => void act('offer-answer', { answer: 'accepted', note: note.trim() })}
          >
            {t('request.providerAccepts')}
          </Button>
          <Button onClick={() => toggle('offer-refused')}>{t('request.providerRefuses')}</Button>
          <Button onClick={() => void act('offer-answer', { answer: 'withdrawn' })}>
            {t('request.withdraw')}
          </Button>
        </div>
      )}
      <div className="request-buttons">
        {!isMine && (
          <Button
            type={owner === null ? 'primary' : 'default'}
            data-testid="take"
            loading={isSending}
            onClick={() => void act('take', owner === null ? {} : { takeOver: true })}
          >
            {t(owner === null ? 'request.take' : 'request.takeOver')}
          </Button>
        )}
        {phase !== 'asked' && offer === null && (
          <Button
            type={phase === 'taken' ? 'primary' : 'default'}
            data-testid="offer"
            onClick={() => toggle('offer')}
          >
            {t('request.offer')}
          </Button>
        )}
        {phase !== 'asked' && (
          <Button data-testid="arrange" onClick={() => toggle('arrange')}>
            {t('request.arrange')}
          </Button>
        )}
        {phase === 'arranged' && (
          <Button type="primary" data-testid="done" onClick={() => void act('done', { note: note.trim() })}>
            {t('request.done')}
          </Button>
        )}
        {handOver === null && (
          <Button data-testid="hand-over" onClick={() => toggle('hand-over')}>
            {t('request.handOver')}
          </Button>
        )}
        <Button data-testid="refuse" onClick={() => toggle('refuse')}>
          {t('request.refuse')}
        </Button>
        <Button data-testid="cancel" onClick={() => toggle('cancel')}>
          {t('request.cancel')}
        </Button>
      </div>
      {open === 'offer' && (
        <OfferForm
          service={request.service}
          onOffer={(providerId, byPhone) => act('offer', { providerId, byPhone })}
        />
      )}
      {open === 'arrange' && (
        <ArrangeForm service={request.service} onArrange={(body) => act('arrange', body)} />
      )}
      {open === 'hand-over' && <HandOverForm requestId={id} onHandOver={(body) => act('hand-over', body)} />}
      {open === 'refuse' && (
        <Reasons<RefuseReason>
          reasons={refuseReasons}
          label={(one) => t(`request.refuseReason.${one}`)}
          onChosen={(reason, why) => act('refuse', { reason, note: why })}
        />
      )}
      {open === 'cancel' && (
        <Reasons<CancelReason>
          reasons={cancelReasons}
          label={(one) => t(`request.cancelReason.${one}`)}
          onChosen={(reason, why) => act('cancel', { reason, note: why })}
        />
      )}
      {open === 'offer-refused' && (
        <Reasons<OfferRefusal>
          reasons={offerRefusals}
          label={(one) => t(`request.refusal.${one}`)}
          onChosen={(reason, why) => act('offer-answer', { answer: 'refused', reason, note: why })}
        />
      )}
      <div className="request-note">
        <NoteLine value={note} onChange={setNote} />
        <Button disabled={note.trim() === ''} onClick={() => void act('notes', { note: note.trim() })}>
          {t('request.addNote')}
        </Button>
      </div>
    </section>
  );
}

type ReasonsProps<R extends string> = {
  reasons: readonly R[];
  label: (reason: R) => string;
  onChosen: (reason: R, note: string) => Promise<void>;
};

function Reasons<R extends string>({ reasons, label, onChosen }: ReasonsProps<R>) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  return (
    <fieldset className="request-reasons">
      <legend>{t('request.because')}</legend>
      <NoteLine value={note} onChange={setNote} />
      {reasons.map((reason) => (
        <Button
          key={reason}
          data-testid={`reason-${reason}`}
          disabled={reason === 'other' && note.trim() === ''}
          onClick={() => void onChosen(reason, note.trim())}
        >
          {label(reason)}
        </Button>
      ))}
    </fieldset>
  );
}
