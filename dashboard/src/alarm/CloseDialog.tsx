import type { Disposition } from '@carebell/contracts/dispositions.ts';
import { dispositions, dispositionsThatNeedANote } from '@carebell/contracts/dispositions.ts';
import { Input, Modal } from 'antd';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { needsProof } from '@carebell/contracts/closing-proofs.ts';
import { letterOf } from '../alarm-queue/key-command.ts';
import { useSession } from '../log-in/session.ts';
import { isOffered, ProofChoice, proofKeys } from './ProofChoice.tsx';
import type { ProofClaim } from './ProofChoice.tsx';
import { useProblemText } from '../app/problem-text.ts';
import { ClosingFoot } from './ClosingFoot.tsx';
import { useAlarmDesk } from './alarm-desk.ts';
import type { ShownAlarm } from './pending-steps.ts';
import './close-dialog.css';

const claims = Object.keys(proofKeys) as ProofClaim[];

/** One key per disposition, in their order. */
const dispositionKeys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-'];

export function CloseDialog({ alarm, onDone }: { alarm: ShownAlarm; onDone: () => void }) {
  const { t } = useTranslation();
  const desk = useAlarmDesk();
  const problemText = useProblemText();
  const [disposition, setDisposition] = useState<Disposition>();
  const [note, setNote] = useState('');
  const [complaint, setComplaint] = useState<string>();
  const [isSending, setSending] = useState(false);
  const choices = useRef<HTMLFieldSetElement>(null);
  const { may } = useSession();
  const mayWaive = may('alarm.close-without-proof');
  const isProofNeeded = needsProof(alarm);
  const recorded = alarm.proofs ?? [];
  const [proof, setProof] = useState<ProofClaim | undefined>(recorded[0]);
  const proofs = useRef<HTMLFieldSetElement>(null);
  const isWaived = isProofNeeded && proof === 'waived';
  const needsNote = isWaived || (disposition !== undefined && dispositionsThatNeedANote.has(disposition));

  function focusFirstChoice(isOpen: boolean) {
    if (isOpen) choices.current?.querySelector('input')?.focus();
  }

  async function submit() {
    if (disposition === undefined) return setComplaint(t('close.dispositionMissing'));
    if (isProofNeeded && proof === undefined) return setComplaint(t('close.proofMissing'));
    if (needsNote && note.trim() === '')
      return setComplaint(t(isWaived ? 'close.reasonMissing' : 'close.noteMissing'));
    setSending(true);
    const problem = await desk.close(alarm, {
      disposition,
      note: note.trim(),
      ...(isWaived ? { withoutProofBecause: note.trim() } : {}),
      ...(isProofNeeded && proof !== undefined && proof !== 'waived' ? { proof } : {}),
    });
    setSending(false);
    if (problem === undefined) return onDone();
    setComplaint(problemText(problem));
  }

  function onKey(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void submit();
      return;
    }
    if (event.target instanceof HTMLTextAreaElement) return;
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      document.querySelector<HTMLTextAreaElement>('[data-testid="close-note"]')?.focus();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const claim = claims.find((one) => proofKeys[one] === letterOf(event.nativeEvent)?.toUpperCase());
    if (isProofNeeded && claim !== undefined && isOffered(claim, { recorded, mayWaive })) {
      event.preventDefault();
      setProof(claim);
      setComplaint(undefined);
      proofs.current?.querySelector<HTMLInputElement>(`input[value="${claim}"]`)?.focus();
      return;
    }
    const chosen = dispositions[dispositionKeys.indexOf(event.key)];
    if (chosen === undefined) return;
    event.preventDefault();
    setDisposition(chosen);
    choices.current?.querySelector<HTMLInputElement>(`input[value="${chosen}"]`)?.focus();
  }

  return (
    <Modal
      open
      centered
      width={880}
      onCancel={onDone}
      footer={null}
      afterOpenChange={focusFirstChoice}
      title={`${t('close.title')} · ${t(`kind.${alarm.kind}`)} · ${alarm.residentName ?? alarm.deviceName ?? alarm.deviceId}`}
    >
      {/* The keys bubble up from the fields inside; the form itself is no control. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        className="close-form"
        data-testid="close-dialog"
        onKeyDown={onKey}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <fieldset ref={choices} data-testid="close-disposition">
          <legend>
            {t('close.disposition')} <small>{t('close.dispositionHint')}</small>
          </legend>
          {dispositions.map((name, index) => (
            <label key={name} className="disposition" data-testid={`disposition-${name}`}>
              <input
                type="radio"
                name="disposition"
                value={name}
                checked={disposition === name}
                onChange={() => {
                  setDisposition(name);
                  setComplaint(undefined);
                }}
              />
              <kbd>{dispositionKeys[index]}</kbd>
              <span>{t(`disposition.${name}`)}</span>
            </label>
          ))}
        </fieldset>
        {isProofNeeded && (
          <ProofChoice
            choices={proofs}
            recorded={recorded}
            mayWaive={mayWaive}
            chosen={proof}
            onChange={(claim) => {
              setProof(claim);
              setComplaint(undefined);
            }}
          />
        )}
        <label className="close-note">
          <span>{t(isWaived ? 'close.reason' : needsNote ? 'close.noteRequired' : 'close.note')}</span>
          <Input.TextArea
            rows={2}
            maxLength={4000}
            value={note}
            placeholder={t('close.noteHint')}
            data-testid="close-note"
            aria-required={needsNote}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
        <ClosingFoot of="close" complaint={complaint} isSending={isSending} onCancel={onDone}>
          {t('close.submit')}
        </ClosingFoot>
      </form>
    </Modal>
  );
}
