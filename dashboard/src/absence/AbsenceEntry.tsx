import type { Absence } from '@carebell/contracts/absence.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/hub-api.ts';
import { TimeField } from '../app/TimeField.tsx';
import { useProblemText } from '../app/problem-text.ts';
import { useSession } from '../log-in/session.ts';
import { useAbsenceCalls } from './absence-queries.ts';
import { fieldTime, instantOf } from './absence-times.ts';
import { AbsenceSign } from './AbsenceSign.tsx';
import { useAbsenceText } from './use-absence-text.ts';

/** One absence that is not over: until when, who entered it, and what can be done with it. */
export function AbsenceEntry({ absence }: { absence: Absence }) {
  const { t } = useTranslation();
  const { may, session } = useSession();
  const { timeZone } = session.hub;
  const text = useAbsenceText();
  const calls = useAbsenceCalls();
  const problemText = useProblemText();
  const [until, setUntil] = useState(fieldTime(Date.parse(absence.until), timeZone));
  const [complaint, setComplaint] = useState<string>();

  async function send(call: Promise<Answer<Absence>>) {
    const answer = await call;
    setComplaint(answer.ok ? undefined : problemText(answer.problem));
  }

  return (
    <section className="absence-entry" data-phase={absence.phase} data-testid={`absence-${absence.phase}`}>
      <h3>
        <AbsenceSign kind={absence.kind} /> {text.since(absence)} · {text.until(absence)}
      </h3>
      <p className="dim">
        {t('absence.setBy', { name: absence.setBy.displayName, time: text.time(absence.setAt) })}
        {absence.note !== '' && ` · ${absence.note}`}
      </p>
      {may('absence.write') && (
        <form
          className="absence-change"
          onSubmit={(event) => {
            event.preventDefault();
            const untilAt = instantOf(until, timeZone);
            if (untilAt !== undefined) void send(calls.change(absence, { until: untilAt }));
          }}
        >
          <Button
            size="large"
            data-testid="absence-end"
            type={absence.phase === 'running' ? 'primary' : 'default'}
            onClick={() => void send(calls.end(absence))}
          >
            {t(absence.phase === 'running' ? 'absence.isBack' : 'absence.cancel')}
          </Button>
          <TimeField
            label={t('absence.prolongTo')}
            value={until}
            testId="absence-prolong-to"
            onChange={setUntil}
          />
          <Button size="large" htmlType="submit" data-testid="absence-prolong">
            {t('absence.prolong')}
          </Button>
        </form>
      )}
      <p className="absence-complaint" role="alert">
        {complaint}
      </p>
    </section>
  );
}
