import { periodOf } from '@carebell/contracts/supervision-classes.ts';
import type { SupervisionSetting } from '@carebell/contracts/supervision.ts';

/** What stands in the form; numbers are `NaN` while a field is empty. */
export type SupervisionDraft = {
  class: SupervisionSetting['class'] | 'by-type';
  periodMs: number;
  missed: number;
  of: number;
};

/** Five minutes, for whoever changes to a period of its own. */
const ownAtFirstMs = 300_000;

export function draftOf(setting: SupervisionSetting, isDefault: boolean): SupervisionDraft {
  return {
    class: isDefault ? 'by-type' : setting.class,
    periodMs: setting.periodSeconds === undefined ? ownAtFirstMs : setting.periodSeconds * 1_000,
    missed: setting.missed,
    of: setting.of,
  };
}

/** `null` is the default of its type. What counts nothing keeps one of one. */
export function settingOf(draft: SupervisionDraft): SupervisionSetting | null {
  const { class: name, periodMs, missed, of } = draft;
  if (name === 'by-type') return null;
  if (name === 'off') return { class: name, missed: 1, of: 1 };
  return { class: name, ...(name === 'own' ? { periodSeconds: periodMs / 1_000 } : {}), missed, of };
}

/** How long after its last sign of life one is silent at the soonest. */
export function silenceAfterMs(setting: SupervisionSetting): number {
  const expected = periodOf(setting);
  return expected === null ? Number.NaN : expected.periodMs * expected.missed;
}
