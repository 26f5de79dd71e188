import type { BoardNumbers } from '@carebell/contracts/boards.ts';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '../app/instants.ts';
import { percent } from '../report/percent.ts';
import { Card } from '../report/TargetCards.tsx';

/** How devices are, and how the hub is used. */
export function BoardCards({ numbers, timeZone }: { numbers: BoardNumbers; timeZone: string }) {
  const { t } = useTranslation();
  const { devices, use, residents, cases, visits, requests } = numbers;
  const { station, street, district } = visits.overdue;
  const overdue = station + street + district;
  const at = (instant: string | null): string => (instant === null ? '—' : dayAndTime(instant, timeZone));
  const missed = cases.missed.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="target-cards board-cards">
      <Card name="missedCount" value={String(missed)} isMissed={missed > 0}>
        {t('numbers.reviewsOf', cases.reviews)}
      </Card>
      <Card name="residents" value={String(residents)}>
        {t('board.devicesAll', { n: devices.all })}
      </Card>
      <Card name="heard" value={percent(devices.heard.share)}>
        {t('numbers.metOf', devices.heard)} · {t('board.notYet', { n: devices.notYet })}
      </Card>
      <Card name="lowBattery" value={String(devices.lowBattery)}>
        {t('board.ofDevices', { n: devices.all })}
      </Card>
      <Card name="tested" value={percent(devices.tested.share)}>
        {t('numbers.metOf', devices.tested)}
      </Card>
      <Card name="visitRate" value={percent(visits.share)} isMissed={visits.missed > 0}>
        {t('numbers.metOf', { met: visits.done, of: visits.due })} · {t('board.overdue', { n: overdue })}
      </Card>
      <Card name="requestsAsked" value={String(requests.all.asked)}>
        {t('board.requestsDone', { n: requests.all.done, ...requests.all.taken })}
      </Card>
      {use !== null && (
        <>
          <Card name="loggedIn" value={`${use.loggedIn.met} / ${use.loggedIn.of}`}>
            {t('board.lastLogIn', { time: at(use.lastLogInAt) })}
          </Card>
          <Card name="screens" value={`${use.screens.met} / ${use.screens.of}`}>
            {t('board.lastHandOver', { time: at(use.lastHandOverAt) })}
          </Card>
        </>
      )}
    </div>
  );
}
