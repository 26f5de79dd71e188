import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { belongsElsewhere, isUndoKey } from '../alarm-queue/key-command.ts';
import { useDocumentKeys } from '../alarm-queue/use-document-keys.ts';

/** Long enough to see that it was the wrong case, and to reach for the key. */
const offeredForMs = 10_000;

type Props = { alarm: AlarmView; onUndo: () => void; onDone: () => void };

/** Says what was just closed, and takes it back by one key. */
export function ClosingUndo({ alarm, onUndo, onDone }: Props) {
  const { t } = useTranslation();
  const end = useEffectEvent(onDone);
  useEffect(() => {
    const timer = setTimeout(() => end(), offeredForMs);
    return () => clearTimeout(timer);
  }, []);
  useDocumentKeys((event) => {
    if (event.defaultPrevented || !isUndoKey(event) || belongsElsewhere(event.target, document)) return;
    event.preventDefault();
    onUndo();
  });
  return (
    <div className="closing-undo not-for-print" data-testid="closing-undo">
      <output>
        {t('undo.closed', {
          kind: t(`kind.${alarm.kind}`),
          name: alarm.residentName ?? alarm.deviceName ?? alarm.deviceId,
        })}
      </output>
      <button type="button" data-testid="undo-close" onClick={onUndo}>
        {t('undo.takeBack')} <kbd>Z</kbd>
      </button>
    </div>
  );
}
