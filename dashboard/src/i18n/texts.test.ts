import { alarmKindNames, priorities } from '@carebell/contracts/alarm-kinds.ts';
import { auditTopics } from '@carebell/contracts/audit.ts';
import { alarmPhases, timelineEntrySchema } from '@carebell/contracts/alarm-view.ts';
import { dispatchWays } from '@carebell/contracts/dispatch-ways.ts';
import { dispositions } from '@carebell/contracts/dispositions.ts';
import { journalEventSchema } from '@carebell/contracts/http-api.ts';
import { eventKinds, reassuranceStates } from '@carebell/contracts/event-kinds.ts';
import { availabilitySchema } from '@carebell/contracts/messages.ts';
import { deviceTypes, riskGroups } from '@carebell/contracts/registry.ts';
import { responderReports } from '@carebell/contracts/notifications.ts';
import { refusalReasons } from '@carebell/contracts/refusals.ts';
import { organisationLevels, roles } from '@carebell/contracts/roles.ts';
import { describe, expect, it } from 'vitest';
import { enRegistry } from './en-registry.ts';
import { en } from './en.ts';
import { zhCNRegistry } from './zh-CN-registry.ts';
import { zhCN } from './zh-CN.ts';

type Tree = { [key: string]: string | Tree };

function leavesOf(tree: Tree, path = ''): [path: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : leavesOf(value, `${path}${key}.`),
  );
}

const chinese = new Map(leavesOf({ ...zhCN, ...zhCNRegistry }));
const english = new Map(leavesOf({ ...en, ...enRegistry }));

const steps = timelineEntrySchema.options.map((entry) => entry.shape.step.value);

function placeholders(text: string | undefined): string[] {
  return [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').toSorted();
}

describe('the texts', () => {
  it('say the same keys in both languages', () => {
    expect([...english.keys()].toSorted()).toEqual([...chinese.keys()].toSorted());
  });

  it('leave none empty', () => {
    expect([...chinese, ...english].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('fill in the same values in both languages', () => {
    const filled = (texts: Map<string, string>) =>
      [...texts].map(([path, text]) => [path, placeholders(text)]);
    expect(Object.fromEntries(filled(english))).toEqual(Object.fromEntries(filled(chinese)));
  });

  it.each([
    ['kind', alarmKindNames],
    ['priority', priorities],
    ['phase', alarmPhases],
    ['disposition', dispositions],
    // What a responder reports, and how one is asked, has words of its own.
    ['step', steps.filter((step) => step !== 'responder-reported' && step !== 'responder-asked')],
    ['askedBy', [...dispatchWays, 'linked', 'practised']],
    ['responder', responderReports],
    ['reassurance', reassuranceStates],
    ['audience', organisationLevels],
    ['level', organisationLevels],
    ['role', roles],
    ['deviceType', deviceTypes],
    ['riskGroup', riskGroups],
    ['availability', availabilitySchema.options],
    ['eventKind', eventKinds],
    ['refusalReason', refusalReasons],
    ['auditKind', Object.values(auditTopics).flat()],
    ['eventType', journalEventSchema.shape.type.options],
  ] as const)('have a word for every %s of the contracts', (group, names) => {
    const paths = names.map((name) => `${group}.${name}`);
    expect(paths.filter((path) => !chinese.has(path) || !english.has(path))).toEqual([]);
  });
});
