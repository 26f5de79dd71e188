import { labelledIn } from '@carebell/contracts/labels.ts';
import type { DueResident } from '@carebell/contracts/visits.ts';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clockTime } from '../app/instants.ts';
import { ScanDialog } from '../labels/ScanDialog.tsx';
import { useSession } from '../log-in/session.ts';
import { usePress } from './visit-queries.ts';

type Props = {
  resident: DueResident;
  /** When the visitor came. */
  since: string;
  hasLabel: boolean;
  onLabel: () => void;
};

/** By which the hub will know that the visitor stood there: a test press, or the label at the door. */
export function CheckIn({ resident, since, hasLabel, onLabel }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { session } = useSession();
  const [isAwaited, setAwaited] = useState(false);
  const [isScanning, setScanning] = useState(false);
  const pressedAt = usePress(resident.residentId, since, isAwaited);

  function take(text: string): boolean {
    const labelled = labelledIn(text);
    if (labelled?.of !== 'dwelling') return false;
    setScanning(false);
    if (labelled.id === resident.dwellingId) onLabel();
    else void message.error(t('visit.wrongLabel'), 6);
    return true;
  }

  return (
    <fieldset className="visit-check-in" data-testid="check-in">
      <legend>{t('visit.checkIn')}</legend>
      <p className="dim">{t('visit.checkInHint')}</p>
      {pressedAt !== undefined ? (
        <output data-testid="check-in-press">
          {t('visit.pressed', { time: clockTime(pressedAt, session.hub.timeZone) })}
        </output>
      ) : isAwaited ? (
        <output>{t('visit.waitingPress')}</output>
      ) : (
        <Button size="large" data-testid="await-press" onClick={() => setAwaited(true)}>
          {t('visit.byButton')}
        </Button>
      )}
      {hasLabel ? (
        <output data-testid="check-in-label">{t('visit.labelled')}</output>
      ) : (
        <Button size="large" data-testid="scan-label" onClick={() => setScanning(true)}>
          {t('visit.byLabel')}
        </Button>
      )}
      {isScanning && (
        <ScanDialog title={t('visit.scanTitle')} onCode={take} onClose={() => setScanning(false)} />
      )}
    </fieldset>
  );
}
