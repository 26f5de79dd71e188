import type { DutyWeek } from '@carebell/contracts/duty.ts';
import type { Duty } from '@carebell/contracts/escalation.ts';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../app/problem-text.ts';
import { useSession } from '../log-in/session.ts';
import type { DutyAccess } from './duty-query.ts';
import { dayAndHour } from './week-layout.ts';

type Props = { duty: DutyAccess; people: DutyWeek['people']; timeZone: string };

/** Who is on duty at this moment and why; who takes over unplanned is entered by hand. */
export function DutyNow({ duty, people, timeZone }: Props) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [isOpen, setOpen] = useState(false);
  const { data: now } = duty.now;
  if (now === undefined) return null;
  return (
    <section className="duty-now" data-testid="duty-now" data-source={now.source}>
      <p>
        <strong>{t('duty.now')}</strong>{' '}
        {now.people.length === 0
          ? t('duty.noPeople')
          : now.people.map(({ displayName }) => displayName).join(t('duty.and'))}{' '}
        <span className="dim">{whyText(now)}</span>
      </p>
      {may('duty.write') && (
        <Button aria-expanded={isOpen} data-testid="duty-by-hand" onClick={() => setOpen(!isOpen)}>
          {t('duty.byHand')}
        </Button>
      )}
      {isOpen && <ByHand now={now} duty={duty} people={people} onDone={() => setOpen(false)} />}
    </section>
  );

  function whyText({ source, until }: Duty): string {
    if (source === 'entered' && until !== null) {
      const { day, time } = dayAndHour(until, timeZone);
      return t('duty.enteredUntil', { time: `${day.slice(5)} ${time}` });
    }
    return t(`duty.source.${source}`);
  }
}

type ByHandProps = {
  now: Duty;
  duty: DutyAccess;
  people: DutyWeek['people'];
  onDone: () => void;
};

function ByHand({ now, duty, people, onDone }: ByHandProps) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [chosen, setChosen] = useState(() =>
    now.source === 'entered' ? now.people.map(({ id }) => id) : [],
  );
  const [until, setUntil] = useState('');
  const [problem, setProblem] = useState<string>();
  async function put(userIds: readonly string[], end: string | null): Promise<void> {
    const refused = await duty.put(userIds, end);
    if (refused === undefined) onDone();
    else setProblem(problemText(refused));
  }
  return (
    <form
      className="duty-by-hand"
      onSubmit={(event) => {
        event.preventDefault();
        void put(chosen, until === '' ? null : new Date(until).toISOString());
      }}
    >
      <Checkbox.Group
        value={chosen}
        onChange={setChosen}
        options={people.map(({ id, displayName }) => ({ value: id, label: displayName }))}
      />
      <label>
        <span>{t('duty.until')}</span>
        <input
          type="datetime-local"
          className="plain-input"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
      </label>
      <Button type="primary" htmlType="submit" disabled={chosen.length === 0}>
        {t('duty.putOn')}
      </Button>
      {now.source === 'entered' && (
        <Button onClick={() => void put([], null)}>{t('duty.leaveToRota')}</Button>
      )}
      {problem !== undefined && (
        <p className="warning" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
