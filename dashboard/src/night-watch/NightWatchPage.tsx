import type { Night, NightCourse } from '@carebell/contracts/night.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useKeyCommands } from '../alarm-queue/use-key-commands.ts';
import { clockTime } from '../app/instants.ts';
import { useFeedLink, useIsTrusted, useNow } from '../live-feed/feed-context.ts';
import { useSession } from '../log-in/session.ts';
import { RecordWaiting } from '../registry-forms/RecordPage.tsx';
import { SectionTabs } from '../registry-forms/SectionTabs.tsx';
import { NightRow } from './NightRow.tsx';
import { useNight, useNightCourse } from './night-query.ts';
import { stripOf } from './night-strip.ts';
import { StationChoice } from './StationChoice.tsx';
import '../app/lists.css';
import '../registry-forms/registry.css';
import './night-watch.css';

/** Three answers missed: what stands there is no longer how things are. */
const staleAfterMs = 15_000;
const axisHours = ['20', '22', '0', '2', '4', '6', '8'];

/** The night of one station, for who watches over it: who is out of bed, since when, and what speaks of them. */
export function NightWatchPage() {
  const { id } = useParams();
  return (
    <main className="list-page night-watch">
      <SectionTabs section="residents" />
      {id === undefined ? <StationChoice /> : <NightOf key={id} stationId={id} />}
    </main>
  );
}

function NightOf({ stationId }: { stationId: string }) {
  const { may } = useSession();
  const night = useNight(stationId);
  const course = useNightCourse(stationId, may('history.read'));
  if (night.data === undefined)
    return <RecordWaiting error={night.error} onRetry={() => void night.refetch()} />;
  return (
    <NightList
      night={night.data}
      cameAtMs={night.dataUpdatedAt}
      isFailing={night.error !== null}
      course={course.data}
      isCourseMissing={course.error !== null}
    />
  );
}

type ListProps = {
  night: Night;
  cameAtMs: number;
  isFailing: boolean;
  course: NightCourse | undefined;
  isCourseMissing: boolean;
};

function NightList({ night, cameAtMs, isFailing, course, isCourseMissing }: ListProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const now = useNow();
  const hubNow = now + useFeedLink().clockOffsetMs;
  const isTrusted = useIsTrusted() || !may('alarm.watch');
  const [selected, setSelected] = useState<string>();
  const { residents, timeZone, organisationName, isBehind, isCut } = night;
  const isStale = isFailing || !isTrusted || now - cameAtMs > staleAfterMs;
  const out = residents.filter(({ place }) => isUp.has(place)).length;
  const time = (instant: string): string => clockTime(instant, timeZone).slice(0, 5);
  useKeyCommands((command) => {
    const place = residents.findIndex(({ residentId }) => residentId === selected);
    if (command === 'next' || command === 'previous') {
      const to = place === -1 ? 0 : place + (command === 'next' ? 1 : -1);
      setSelected(residents[Math.max(0, Math.min(residents.length - 1, to))]?.residentId);
      return true;
    }
    const one = residents[place];
    if (command !== 'open' || one === undefined) return false;
    const [alarm] = one.alarms;
    void navigate(
      alarm === undefined ? `/residents/${encodeURIComponent(one.residentId)}/life` : `/alarms/${alarm.id}`,
    );
    return true;
  });
  const strips = new Map(course?.residents.map((one) => [one.residentId, one]));
  return (
    <>
      <header>
        <h1>
          {organisationName} <small>{t('night.title')}</small>
        </h1>
        <p className="night-sum" data-testid="night-sum">
          <strong>{t('night.out', { n: out })}</strong> · {t('night.count', { n: residents.length })}
        </p>
        <span className="night-keys dim">{t('night.keys')}</span>
      </header>
      {isStale && (
        <p className="night-stale" role="alert" data-testid="night-stale">
          {t('night.stale', { time: clockTime(night.at, timeZone) })}
        </p>
      )}
      {isBehind && !isStale && (
        <p className="night-stale" role="alert">
          {t('night.behind')}
        </p>
      )}
      {isCut && <p className="dim">{t('night.cut', { n: residents.length })}</p>}
      {isCourseMissing && <p className="dim">{t('night.courseMissing')}</p>}
      {residents.length === 0 && <p className="list-empty">{t('night.none')}</p>}
      {residents.length > 0 && course !== undefined && (
        <div className="night-axis" aria-hidden="true">
          <p className="night-legend">
            {(['inBed', 'outOfBed', 'motion', 'door', 'blind'] as const).map((name) => (
              <span key={name} data-shape={name}>
                {t(`night.legend.${name}`)}
              </span>
            ))}
          </p>
          <ol>
            {axisHours.map((hour) => (
              <li key={hour}>{hour}</li>
            ))}
          </ol>
        </div>
      )}
      <ol className="night-rows" data-stale={isStale}>
        {residents.map((resident) => {
          const told = strips.get(resident.residentId);
          return (
            <NightRow
              key={resident.residentId}
              resident={resident}
              strip={course && told && stripOf(told, course, hubNow)}
              stripLabel={
                course === undefined
                  ? ''
                  : t('night.strip', { name: resident.name, from: time(course.from), to: time(course.to) })
              }
              isSelected={resident.residentId === selected}
              nowMs={hubNow}
              timeZone={timeZone}
              onSelect={() => setSelected(resident.residentId)}
            />
          );
        })}
      </ol>
    </>
  );
}

const isUp: ReadonlySet<string> = new Set(['out-of-home', 'bathroom', 'out-of-bed', 'up']);
