import { reasonSentence } from '@carebell/contracts/detection-sentence.ts';
import type { RuleTrial } from '@carebell/contracts/detection.ts';
import { Button, Checkbox } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { clockTime } from '../app/instants.ts';
import { dateOf, shortDate, wallMs } from '../history/wall-time.ts';
import type { RulesOf } from './rule-query.ts';
import { byDay, firstOf } from './trial-sum.ts';

const shownFirst = 40;

type Props = { of: RulesOf; trial: RuleTrial; ruleId: string; timeZone: string };

/** Day by day what would have been raised, and what would no longer be, each in a sentence. */
export function TrialFindings({ of, trial, ruleId, timeZone }: Props) {
  const { t, i18n } = useTranslation();
  const [isOnlyThis, setOnlyThis] = useState(true);
  const [atMost, setAtMost] = useState(shownFirst);
  const days = useMemo(() => {
    const isShown = ({ reason }: RuleTrial['findings'][number]) => !isOnlyThis || reason.ruleId === ruleId;
    const shown = { findings: trial.findings.filter(isShown), lost: trial.lost.filter(isShown) };
    return byDay(shown, (instant) => dateOf(wallMs(instant, timeZone)));
  }, [trial, isOnlyThis, ruleId, timeZone]);
  const count = days.reduce((sum, { tried }) => sum + tried.length, 0);
  const isChanged = days.some(({ tried }) => tried.some(({ is }) => is !== 'same'));
  const shownDays = useMemo(() => firstOf(days, atMost), [days, atMost]);
  return (
    <>
      <h3>
        {t('trial.findings')} <small className="dim">{count}</small>
      </h3>
      <Checkbox checked={isOnlyThis} onChange={({ target }) => setOnlyThis(target.checked)}>
        {t('trial.onlyThis')}
      </Checkbox>
      {!isChanged && <p className="dim">{t('trial.same')}</p>}
      {shownDays.map(({ day, tried }) => (
        <section key={day} className="trial-day">
          <h4>{shortDate(day)}</h4>
          <ul>
            {tried.map(({ residentId, residentName, reason, is }) => (
              <li
                key={`${residentId} ${reason.ruleId} ${reason.since} ${is}`}
                data-is={is}
                data-testid="trial-finding"
              >
                <time>{clockTime(reason.noticedAt, timeZone).slice(0, 5)}</time>
                <span className="trial-is">{t(`trial.is.${is}`)}</span>
                <span className="trial-sentence">
                  {of.scope === 'organisation' && (
                    <Link to={`/residents/${encodeURIComponent(residentId)}`}>{residentName}</Link>
                  )}{' '}
                  {reasonSentence(reason, i18n.language === 'en' ? 'en' : 'zh-CN', timeZone)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {count > atMost && (
        <Button onClick={() => setAtMost(atMost + 200)}>{t('trial.more', { n: count - atMost })}</Button>
      )}
    </>
  );
}
