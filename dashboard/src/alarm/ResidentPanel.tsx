import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import { useTranslation } from 'react-i18next';
import { AlarmAbsence } from '../absence/AlarmAbsence.tsx';
import { PhoneMark } from '../app/PhoneMark.tsx';
import { phoneLink, spokenPhone } from '../app/phone.ts';
import { useSession } from '../log-in/session.ts';
import { AccessNote } from '../handling/AccessNote.tsx';
import type { Handling } from '../handling/use-handling.ts';
import type { ShownAlarm } from './pending-steps.ts';
import { useWhose } from './whose.ts';

type Props = { alarm: ShownAlarm; detail: AlarmDetail | undefined; handling?: Handling };

/** Who and where: readable aloud to an ambulance. */
export function ResidentPanel({ alarm, detail, handling }: Props) {
  const { t } = useTranslation();
  const { session } = useSession();
  const { name, address } = useWhose()(alarm);
  const resident = detail?.resident;
  const dwelling = detail?.dwelling;
  // Whom the hub shows neither is not told that there are none.
  const isMasked = session.user.role === 'auditor';
  const hubYear = new Date(alarm.raisedAt).getFullYear();
  return (
    <section className="panel panel-resident" aria-label={t('alarm.who')}>
      <h2 className="resident-name">
        <span dir="auto" title={alarm.residentName ?? ''}>
          {name}
        </span>
        {resident?.birthYear !== undefined && resident.birthYear !== null && (
          <small>
            {t('casePage.age', { n: hubYear - resident.birthYear })} ·{' '}
            {t('alarm.born', { year: resident.birthYear })}
          </small>
        )}
      </h2>
      <AlarmAbsence alarm={alarm} />
      {alarm.residentPhone !== null && (
        <a className="big-phone" href={phoneLink(alarm.residentPhone)} data-testid="resident-phone">
          <span>
            <PhoneMark />
            {t('alarm.phone')}
          </span>
          {spokenPhone(alarm.residentPhone)}
        </a>
      )}
      {resident !== undefined && resident !== null && resident.riskGroups.length > 0 && (
        <p className="risks" aria-label={t('casePage.risks')}>
          {resident.riskGroups.map((group) => (
            <span key={group}>{t(`riskGroup.${group}`)}</span>
          ))}
        </p>
      )}
      <h3>{t('alarm.where')}</h3>
      <p className="resident-address">{address}</p>
      <p className="dim">
        {[alarm.stationName, dwelling?.grid]
          .filter((part) => part !== null && part !== undefined)
          .join(' · ')}
      </p>
      <h3>{t('alarm.access')}</h3>
      <AccessNote hasNote={detail?.hasAccessNote} alarm={alarm} isMasked={isMasked} handling={handling} />
      <h3>{t('alarm.medical')}</h3>
      <p className="medical">
        {isMasked ? t('alarm.masked') : textOr(resident?.medicalNotes, t('alarm.noMedical'))}
      </p>
    </section>
  );
}

function textOr(text: string | undefined, otherwise: string): string {
  return text === undefined || text === '' ? otherwise : text;
}
