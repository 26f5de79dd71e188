import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { belongsElsewhere } from '../alarm-queue/key-command.ts';
import { useSession } from '../log-in/session.ts';
import { AbsenceEditor } from './AbsenceEditor.tsx';
import { AbsenceSign } from './AbsenceSign.tsx';
import { useAbsenceText } from './use-absence-text.ts';
import { useDocumentKeys } from '../alarm-queue/use-document-keys.ts';

/** On the page of an alarm: where the resident is said to be, and the way to say otherwise. */
export function AlarmAbsence({ alarm }: { alarm: ShownAlarm }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const text = useAbsenceText();
  const [isOpen, setOpen] = useState(false);
  const { residentId, absence } = alarm;
  const isAllowed = residentId !== null && may('absence.write');

  useDocumentKeys((event) => {
    const isMeant = event.key.toLowerCase() === 'h' || event.code === 'KeyH';
    if (!isMeant || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (!isAllowed || event.defaultPrevented || belongsElsewhere(event.target, document)) return;
    event.preventDefault();
    setOpen(true);
  });

  return (
    <div className="alarm-absence" data-absent={absence !== undefined} data-testid="alarm-absence">
      {absence !== undefined && (
        <>
          <AbsenceSign kind={absence.kind} />
          <strong>{text.since(absence)}</strong>
          <span>{text.until(absence)}</span>
          <em>{t('absence.checkAllTheSame')}</em>
        </>
      )}
      {isAllowed && (
        <button
          type="button"
          className="absence-open not-for-print"
          data-testid="absence-open"
          onClick={() => setOpen(true)}
        >
          {t(absence === undefined ? 'absence.notAtHome' : 'absence.change')} <kbd>H</kbd>
        </button>
      )}
      {isOpen && residentId !== null && (
        <Modal
          open
          centered
          width={720}
          footer={null}
          onCancel={() => setOpen(false)}
          title={`${t('absence.title')} · ${alarm.residentName ?? ''}`}
        >
          <AbsenceEditor residentId={residentId} isFocused onDone={() => setOpen(false)} />
        </Modal>
      )}
    </div>
  );
}
