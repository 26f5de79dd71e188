import type { TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import type { ClosingProof, ScriptText } from '@carebell/contracts/handling.ts';
import type { TFunction } from 'i18next';
import { clockTime } from '../app/instants.ts';

const handlingSteps = [
  'script-step-done',
  'access-viewed',
  'call-back-set',
  'call-back-due',
  'call-back-done',
  'resident-asked',
  'miss-reviewed',
  'responder-asked',
  'link-withdrawn',
] as const;
export type HandlingEntry = Extract<TimelineEntry, { step: (typeof handlingSteps)[number] }>;

export function isHandlingEntry(entry: TimelineEntry): entry is HandlingEntry {
  return handlingSteps.some((step) => step === entry.step);
}

/** The words of a step in this language, or in the other where they are written in one only. */
export function scriptWords(text: ScriptText, language: string): string {
  const [first, second] = language === 'en' ? [text.en, text['zh-CN']] : [text['zh-CN'], text.en];
  return first === '' ? second : first;
}

/** What handling has put on a time line, in words. */
export function handlingText(
  t: TFunction,
  entry: HandlingEntry,
  { language, timeZone }: { language: string; timeZone: string },
): string {
  const user = entry.user.displayName;
  switch (entry.step) {
    case 'script-step-done': {
      const words = scriptWords(entry.text, language);
      const called = entry.contact === undefined ? '' : ` (${entry.contact.displayName})`;
      return t('step.script-step-done', {
        user,
        text: `${words}${called}`,
        answer: t(`scriptAnswer.${entry.answer}`),
      });
    }
    case 'call-back-set':
      return t('step.call-back-set', { user, time: clockTime(entry.dueAt, timeZone) });
    case 'resident-asked':
      return t('step.resident-asked', {
        user,
        result:
          entry.score === null
            ? t(`followUpResult.${entry.result}`)
            : t('followUpResult.score', { score: entry.score }),
      });
    case 'miss-reviewed': {
      const missed = entry.missed.map(
        ({ deadline, reason }) => `${t(`missedDeadline.${deadline}`)} (${t(`missReason.${reason}`)})`,
      );
      return t('step.miss-reviewed', { user, missed: missed.join(', ') });
    }
    case 'responder-asked':
      return t(`askedBy.${entry.isJoined ? 'linked' : entry.way}`, {
        user,
        person: entry.responder.displayName,
      });
    case 'link-withdrawn':
      return t('step.link-withdrawn', { user, person: entry.responder.displayName });
    case 'access-viewed':
    case 'call-back-due':
    case 'call-back-done':
      return t(`step.${entry.step}`, { user });
  }
}

/** With what an alarm was closed. */
export function proofText(t: TFunction, proof: ClosingProof): string {
  if (proof.basis === 'waived') return t('proof.waived', { because: proof.because });
  return `${t(`proof.${proof.proof}`)} (${t(`proofBasis.${proof.basis}`)})`;
}
