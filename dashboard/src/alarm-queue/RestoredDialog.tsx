import { dispositions, dispositionsThatNeedANote } from '@carebell/contracts/dispositions.ts';
import type { Disposition } from '@carebell/contracts/dispositions.ts';
import { closedRestoredSchema } from '@carebell/contracts/restored.ts';
import type { ClosedRestored, CloseRestoredBody } from '@carebell/contracts/restored.ts';
import { App, Input, Modal } from 'antd';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ClosingFoot } from '../alarm/ClosingFoot.tsx';
import type { ShownAlarm } from '../alarm/pending-steps.ts';
import { useProblemText } from '../app/problem-text.ts';
import { useWorkplace } from '../app/workplace.ts';
import { RestoredRow } from './RestoredRow.tsx';
import '../alarm/close-dialog.css';
import './restored.css';

const usual: Disposition = 'equipment-repaired';

/** Closes what is well again in one step; each alarm has an outcome of its own, and what failed anew stays open. */
export function RestoredDialog({
  restored,
  onDone,
}: {
  restored: readonly ShownAlarm[];
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const { api } = useWorkplace();
  const { message } = App.useApp();
  const problemText = useProblemText();
  // What becomes well again while the dialog is open has not been seen by whoever closes it.
  const [seen] = useState(() => new Set(restored.map(({ id }) => id)));
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const [stationId, setStationId] = useState('');
  const [chosen, setChosen] = useState<ReadonlyMap<string, Disposition>>(new Map());
  const [note, setNote] = useState('');
  const [complaint, setComplaint] = useState<string>();
  const [isSending, setSending] = useState(false);
  const submitButton = useRef<HTMLButtonElement>(null);

  const stations = new Map(restored.map((alarm) => [alarm.stationId ?? '', alarm.stationName ?? '']));
  const shown = restored.filter(
    (alarm) => seen.has(alarm.id) && (stationId === '' || alarm.stationId === stationId),
  );
  const meant = shown.filter(({ id }) => !leftOut.has(id));
  const dispositionOf = (id: string) => chosen.get(id) ?? usual;
  const needsNote = meant.some(({ id }) => dispositionsThatNeedANote.has(dispositionOf(id)));

  async function submit(): Promise<void> {
    if (meant.length === 0) return setComplaint(t('restored.none'));
    if (needsNote && note.trim() === '') return setComplaint(t('close.noteMissing'));
    setSending(true);
    setComplaint(undefined);
    const body: CloseRestoredBody = {
      alarms: meant.map(({ id }) => ({ alarmId: id, disposition: dispositionOf(id) })),
      note: note.trim(),
    };
    const answer = await api.call<ClosedRestored>(
      'POST',
      '/alarms/close-restored',
      closedRestoredSchema,
      body,
    );
    setSending(false);
    if (!answer.ok) return setComplaint(problemText(answer.problem));
    const { closed, kept } = answer.result;
    void message.success(t('restored.done', { n: closed.length }), 4);
    if (kept.length > 0) void message.warning(t('restored.kept', { n: kept.length }), 8);
    onDone();
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit();
  }

  return (
    <Modal
      open
      centered
      width={880}
      onCancel={onDone}
      footer={null}
      afterOpenChange={(isOpen) => isOpen && submitButton.current?.focus()}
      title={t('restored.title')}
    >
      {/* The keys bubble up from the fields inside; the form itself is no control. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        className="restored-form"
        data-testid="restored-dialog"
        onKeyDown={onKey}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p className="dim">{t('restored.hint')}</p>
        {stations.size > 1 && (
          <label className="restored-station">
            <span>{t('restored.station')}</span>
            <select
              className="plain-input"
              value={stationId}
              data-testid="restored-station"
              onChange={(event) => setStationId(event.target.value)}
            >
              <option value="">{t('restored.allStations')}</option>
              {[...stations]
                .filter(([id]) => id !== '')
                .map(([id, name]) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
            </select>
          </label>
        )}
        <ul className="restored-list">
          {shown.map((alarm) => (
            <RestoredRow
              key={alarm.id}
              alarm={alarm}
              isMeant={!leftOut.has(alarm.id)}
              disposition={dispositionOf(alarm.id)}
              offered={dispositions}
              onMeant={(isMeant) => {
                const after = new Set(leftOut);
                if (isMeant) after.delete(alarm.id);
                else after.add(alarm.id);
                setLeftOut(after);
              }}
              onDisposition={(disposition) => setChosen(new Map(chosen).set(alarm.id, disposition))}
            />
          ))}
        </ul>
        <label className="close-note">
          <span>{t(needsNote ? 'close.noteRequired' : 'close.note')}</span>
          <Input
            maxLength={4000}
            value={note}
            data-testid="restored-note"
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
        <ClosingFoot
          of="restored"
          complaint={complaint}
          isSending={isSending}
          onCancel={onDone}
          submitButton={submitButton}
        >
          {t('restored.submit', { n: meant.length })}
        </ClosingFoot>
      </form>
    </Modal>
  );
}
