import type { CareBedDetail } from '@carebell/contracts/care-beds.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { instantOf } from '../absence/absence-times.ts';
import { dayAndTime } from '../app/instants.ts';
import { useProblemText } from '../app/problem-text.ts';
import { TimeField } from '../app/TimeField.tsx';
import { useSession } from '../log-in/session.ts';
import { careBedPath, useCareBedChange } from './care-bed-query.ts';

const blank = { carer: '', from: '', until: '', standIn: '', phone: '' };

/** When a carer is away, and who stands in. */
export function RespitesCard({ bed, mayWrite }: { bed: CareBedDetail; mayWrite: boolean }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const problemText = useProblemText();
  const { send, problem, isSending } = useCareBedChange();
  const [draft, setDraft] = useState(blank);
  const { timeZone } = session.hub;
  const path = `${careBedPath(bed.id)}/respites`;

  async function add(): Promise<void> {
    const { carer, standIn, phone } = draft;
    const from = instantOf(draft.from, timeZone);
    const until = instantOf(draft.until, timeZone);
    if (from === undefined || until === undefined) return;
    const body = {
      carer,
      from,
      until,
      standIn: standIn.trim() === '' ? null : { name: standIn, phone },
    };
    if ((await send('POST', path, body)) !== undefined) setDraft(blank);
  }

  return (
    <section className="history-card" data-testid="bed-respites">
      <h2>{t('careBed.respites')}</h2>
      {bed.respites.length === 0 && <p className="dim">{t('careBed.noRespites')}</p>}
      <ul className="bed-lines">
        {bed.respites.map(({ id, carer, from, until, standIn, phase }) => (
          <li key={id} data-phase={phase}>
            <strong>{carer}</strong> {dayAndTime(from, timeZone)}–{dayAndTime(until, timeZone)}{' '}
            {standIn === null ? `⚠ ${t('careBed.nobody')}` : `${standIn.name} ${standIn.phone}`}{' '}
            <span className="dim">{t(`careBed.phase.${phase}`)}</span>
            {mayWrite && phase !== 'over' && (
              <button
                type="button"
                className="step-button"
                disabled={isSending}
                onClick={() => void send('DELETE', `${path}/${encodeURIComponent(id)}`)}
              >
                {t('careBed.remove')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {mayWrite && bed.carers.length > 0 && (
        <form
          className="carer-line"
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <label>
            <span>{t('careBed.whoGoes')}</span>
            <select
              className="plain-input"
              required
              value={draft.carer}
              onChange={(event) => setDraft({ ...draft, carer: event.target.value })}
            >
              <option value="">—</option>
              {bed.carers.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
          {(['from', 'until'] as const).map((name) => (
            <TimeField
              key={name}
              label={t(`careBed.field.${name}`)}
              value={draft[name]}
              testId={`respite-${name}`}
              isRequired
              onChange={(value) => setDraft({ ...draft, [name]: value })}
            />
          ))}
          {(['standIn', 'phone'] as const).map((name) => (
            <label key={name}>
              <span>{t(`careBed.field.${name}`)}</span>
              <input
                className="plain-input"
                value={draft[name]}
                onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
              />
            </label>
          ))}
          <button type="submit" className="step-button" disabled={isSending}>
            {t('careBed.addRespite')}
          </button>
        </form>
      )}
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problemText(problem)}
        </p>
      )}
    </section>
  );
}
