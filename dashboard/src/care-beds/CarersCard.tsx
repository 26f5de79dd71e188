import type { CareBedDetail, Carer } from '@carebell/contracts/care-beds.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { phoneLink, spokenPhone } from '../app/phone.ts';
import { useProblemText } from '../app/problem-text.ts';
import { careBedPath, useCareBedChange } from './care-bed-query.ts';

const texts = ['name', 'relation', 'phone'] as const;
const times = ['begins', 'ends'] as const;
const blank: Carer = { name: '', relation: '', phone: '', begins: '08:00', ends: '20:00' };

/** Who cares, every day from when to when; written by managers. */
export function CarersCard({ bed, mayWrite }: { bed: CareBedDetail; mayWrite: boolean }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<{ carers: readonly Carer[]; note: string }>();
  return (
    <section className="history-card" data-testid="bed-carers">
      <h2>{t('careBed.carers')}</h2>
      {draft === undefined ? (
        <>
          <ul className="bed-lines">
            {bed.carers.map(({ name, relation, phone, begins, ends }) => (
              <li key={`${name} ${begins}`}>
                <strong>{name}</strong> <span className="dim">{relation}</span>{' '}
                <a href={phoneLink(phone)} aria-label={spokenPhone(phone)}>
                  {spokenPhone(phone)}
                </a>{' '}
                {begins === ends ? t('careBed.roundTheClock') : `${begins}–${ends}`}
              </li>
            ))}
          </ul>
          {bed.note !== '' && <p className="bed-note">{bed.note}</p>}
          {mayWrite && (
            <button
              type="button"
              className="step-button"
              onClick={() => setDraft({ carers: bed.carers, note: bed.note })}
            >
              {t('careBed.change')}
            </button>
          )}
        </>
      ) : (
        <CarersForm bed={bed} draft={draft} setDraft={setDraft} />
      )}
    </section>
  );
}

type FormProps = {
  bed: CareBedDetail;
  draft: { carers: readonly Carer[]; note: string };
  setDraft: (draft: { carers: readonly Carer[]; note: string } | undefined) => void;
};

function CarersForm({ bed, draft, setDraft }: FormProps) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const { send, problem, isSending } = useCareBedChange();
  const { carers, note } = draft;
  const change = (index: number, changed: Partial<Carer>): void =>
    setDraft({ note, carers: carers.map((one, at) => (at === index ? { ...one, ...changed } : one)) });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send('PATCH', careBedPath(bed.id), { ...draft, version: bed.version }).then(
          (saved) => saved && setDraft(undefined),
        );
      }}
    >
      {carers.map((carer, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a line has no name of its own while it is written
        <fieldset key={index} className="carer-line">
          <legend>{t('careBed.carer', { n: index + 1 })}</legend>
          {texts.map((name) => (
            <label key={name}>
              <span>{t(`careBed.field.${name}`)}</span>
              <input
                className="plain-input"
                required
                value={carer[name]}
                onChange={(event) => change(index, { [name]: event.target.value })}
              />
            </label>
          ))}
          {times.map((name) => (
            <label key={name}>
              <span>{t(`careBed.field.${name}`)}</span>
              <input
                className="plain-input"
                type="time"
                required
                value={carer[name]}
                onChange={(event) => change(index, { [name]: event.target.value })}
              />
            </label>
          ))}
          <button
            type="button"
            className="step-button"
            onClick={() => setDraft({ note, carers: carers.filter((_, at) => at !== index) })}
          >
            {t('careBed.remove')}
          </button>
        </fieldset>
      ))}
      <label className="bed-note-field">
        <span>{t('careBed.note')}</span>
        <textarea
          className="plain-input"
          rows={3}
          maxLength={2000}
          value={note}
          onChange={(event) => setDraft({ carers, note: event.target.value })}
        />
      </label>
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problemText(problem)}
        </p>
      )}
      <div className="care-bed-row">
        <button
          type="button"
          className="step-button"
          onClick={() => setDraft({ note, carers: [...carers, blank] })}
        >
          + {t('careBed.addCarer')}
        </button>
        <button type="submit" className="step-button" disabled={isSending}>
          {t('careBed.save')}
        </button>
        <button type="button" className="step-button" onClick={() => setDraft(undefined)}>
          {t('careBed.leave')}
        </button>
      </div>
    </form>
  );
}
