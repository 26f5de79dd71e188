import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import { publicNumbers } from '@carebell/contracts/script-answers.ts';
import type { AlarmScript, AlarmScriptStep, Script, ScriptStep } from '@carebell/contracts/handling.ts';
import type { Contact, Resident } from '@carebell/contracts/registry.ts';
import { defaultScripts } from './default-scripts.ts';

export type ScriptSubject = {
  kind: AlarmKind;
  resident: Pick<Resident, 'name' | 'phone' | 'contacts' | 'handlingNotes'> | null;
};

/**
 * The script of the nearest organisation that has one for this kind of alarm; there, one that names the kind before one
 * for every kind. The hub's own scripts come last and fit every alarm.
 */
export function scriptFor(kind: AlarmKind, nearestFirst: readonly (readonly Script[])[] = []): Script {
  for (const scripts of [...nearestFirst, defaultScripts]) {
    const script =
      scripts.find(({ kinds }) => kinds.includes(kind)) ?? scripts.find(({ kinds }) => kinds.length === 0);
    if (script) return script;
  }
  throw new Error(`no script of the hub's own fits ${kind}`);
}

/**
 * The script as it stands before whoever handles this alarm: first what is entered for this resident, then the steps with
 * the numbers to call, one for each contact. Keys with a dot are made here, and no script can have them.
 */
export function alarmScript(script: Script, { resident }: Pick<ScriptSubject, 'resident'>): AlarmScript {
  const expanded = script.steps.map((step) => ({ step, steps: stepsOf(step, resident) }));
  const placeOf = (key: string | undefined): string | undefined =>
    expanded.slice(expanded.findIndex(({ step }) => step.key === key)).flatMap(({ steps }) => steps)[0]?.key;
  return {
    name: script.name,
    steps: [
      ...notesOf(resident),
      ...expanded.flatMap(({ step, steps }, index) => {
        const after = expanded[index + 1]?.step.key;
        return steps.map((one, place): AlarmScriptStep => {
          const next = steps[place + 1]?.key;
          const goesTo = {
            // Whoever of several does not answer is followed by the next.
            ...(next === undefined
              ? {}
              : { 'no-answer': next, refused: next, voicemail: next, ...afterOf(after, placeOf) }),
            ...mapped(step.goesTo, placeOf),
          };
          return { ...one, goesTo };
        });
      }),
    ],
  };
}

function afterOf(after: string | undefined, placeOf: (key: string) => string | undefined) {
  const place = after === undefined ? undefined : placeOf(after);
  return place === undefined ? {} : { reached: place, coming: place };
}

function mapped(goesTo: ScriptStep['goesTo'], placeOf: (key: string) => string | undefined) {
  return Object.fromEntries(
    Object.entries(goesTo ?? {}).flatMap(([answer, key]) => {
      const place = placeOf(key);
      return place === undefined ? [] : [[answer, place]];
    }),
  );
}

function notesOf(resident: ScriptSubject['resident']): AlarmScriptStep[] {
  const lines = (resident?.handlingNotes ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.map((line, index) => ({
    key: `resident.${index + 1}`,
    action: 'do',
    text: { 'zh-CN': line, en: line },
    person: null,
    isOfResident: true,
  }));
}

function stepsOf(step: ScriptStep, resident: ScriptSubject['resident']): AlarmScriptStep[] {
  const shown = (person: AlarmScriptStep['person']): AlarmScriptStep => ({
    ...step,
    person,
    isOfResident: false,
  });
  switch (step.whom) {
    case undefined:
      return [shown(null)];
    case 'resident':
      return [shown(resident?.phone ? personOf({ ...resident, relation: '', phone: resident.phone }) : null)];
    case 'contacts':
    case 'keyholders': {
      const called = (resident?.contacts ?? []).filter(({ hasKey }) => step.whom === 'contacts' || hasKey);
      if (called.length === 0) return [shown(null)];
      return called.map((contact, index) => ({
        ...shown(personOf(contact)),
        key: `${step.key}.${index + 1}`,
      }));
    }
    case 'ambulance':
    case 'fire-service':
    case 'police':
      return [shown(personOf({ name: '', relation: '', phone: publicNumbers[step.whom] }))];
  }
}

function personOf({
  name,
  relation,
  phone,
  hasKey = false,
}: Pick<Contact, 'name' | 'relation' | 'phone'> & { hasKey?: boolean }): NonNullable<
  AlarmScriptStep['person']
> {
  return { name, relation, phone, hasKey };
}
