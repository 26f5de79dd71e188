import type { Person } from '@carebell/contracts/alarm-view.ts';
import { handedOverSchema } from '@carebell/contracts/escalation.ts';
import { Button, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useAlarmDesk } from '../alarm/alarm-desk.ts';
import { useProblemText } from '../app/problem-text.ts';
import { ProblemNotice } from '../app/ProblemNotice.tsx';
import { useWorkplace } from '../app/workplace.ts';
import { useSession } from '../log-in/session.ts';
import { useColleagues } from './colleagues-query.ts';

type HandedOver = z.infer<typeof handedOverSchema>;

/** Gives all open alarms of one person to another in one call, at the end of a shift. */
export function HandOverAll() {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { session, may } = useSession();
  const { alarms } = useAlarmDesk();
  const problemText = useProblemText();
  const id = useId();
  const colleagues = useColleagues();
  const [from, setFrom] = useState(session.user.id);
  const [to, setTo] = useState<string>();
  const [note, setNote] = useState('');
  const [isSending, setSending] = useState(false);
  const [done, setDone] = useState<HandedOver & { name: string }>();
  const [problem, setProblem] = useState<string>();

  const mayForOthers = may('alarm.close-others');
  const owners = new Map<string, Person>([[session.user.id, session.user]]);
  for (const { owner } of alarms.values()) if (owner !== null) owners.set(owner.id, owner);
  const owned = [...alarms.values()].filter(({ owner }) => owner?.id === from).length;
  const others = (colleagues.data ?? []).filter((person) => person.id !== from);

  async function submit(): Promise<void> {
    const receiver = others.find((person) => person.id === to);
    if (receiver === undefined) return;
    setSending(true);
    setProblem(undefined);
    setDone(undefined);
    const body = { to: receiver.id, note, ...(from === session.user.id ? {} : { from }) };
    const answer = await api.call<HandedOver>('POST', '/duty/hand-over', handedOverSchema, body);
    setSending(false);
    if (answer.ok) setDone({ ...answer.result, name: receiver.displayName });
    else setProblem(problemText(answer.problem));
  }

  return (
    <section className="hand-over-all not-for-print" data-testid="hand-over-all">
      <h2>{t(mayForOthers ? 'handOverAll.titleOf' : 'handOverAll.title')}</h2>
      {colleagues.error !== null && (
        <ProblemNotice error={colleagues.error} onRetry={() => void colleagues.refetch()} />
      )}
      {colleagues.data !== undefined && others.length === 0 && (
        <p className="dim">{t('handOverAll.nobody')}</p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {mayForOthers && (
          <div className="hand-over-field">
            <label htmlFor={`${id}-from`}>{t('handOverAll.from')}</label>
            <Select
              id={`${id}-from`}
              value={from}
              disabled={isSending}
              options={[...owners.values()].map((person) => ({
                value: person.id,
                label: person.displayName,
              }))}
              onChange={setFrom}
            />
          </div>
        )}
        <div className="hand-over-field">
          <label htmlFor={`${id}-to`}>{t('handOverAll.to')}</label>
          <Select<string>
            id={`${id}-to`}
            {...(to === undefined || to === from ? {} : { value: to })}
            placeholder={t('handOverAll.choose')}
            loading={colleagues.isFetching}
            disabled={isSending || others.length === 0}
            options={others.map((person) => ({ value: person.id, label: person.displayName }))}
            onChange={setTo}
          />
        </div>
        <div className="hand-over-field hand-over-why">
          <label htmlFor={`${id}-note`}>{t('handOverAll.note')}</label>
          <Input
            id={`${id}-note`}
            maxLength={4000}
            value={note}
            disabled={isSending}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        <Button
          type="primary"
          htmlType="submit"
          loading={isSending}
          disabled={owned === 0 || to === undefined || to === from}
          data-testid="hand-over-submit"
        >
          {t('handOverAll.submit', { n: owned })}
        </Button>
      </form>
      <output data-testid="handed-over">
        {owned === 0 && done === undefined && t('handOverAll.none')}
        {done !== undefined && `✓ ${t('handOverAll.done', { n: done.handedOver.length, name: done.name })}`}
        {done !== undefined && done.kept.length > 0 && (
          <strong className="warning"> {t('handOverAll.kept', { n: done.kept.length })}</strong>
        )}
      </output>
      {problem !== undefined && (
        <p className="warning" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
