import type { TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import type { AlarmScriptStep } from '@carebell/contracts/handling.ts';
import type { ScriptAnswer } from '@carebell/contracts/script-answers.ts';
import { describe, expect, it } from 'vitest';
import { neighbourStep, progressOf, recommendedStep } from './script-progress.ts';

const step = (key: string, goesTo: AlarmScriptStep['goesTo'] = {}): AlarmScriptStep => ({
  key,
  action: 'ask',
  text: { 'zh-CN': key, en: key },
  goesTo,
  person: null,
  isOfResident: false,
});
const steps = [step('a', { yes: 'c', no: 'b' }), step('b'), step('c'), step('d')];
const done = (key: string, answer: ScriptAnswer): TimelineEntry => ({
  step: 'script-step-done',
  seq: 1,
  at: '2026-03-14T08:00:00.000Z',
  user: { id: 'li', displayName: 'Li' },
  key,
  action: 'ask',
  text: { 'zh-CN': key, en: key },
  answer,
  note: '',
});
const next = (entries: TimelineEntry[], pending: [string, ScriptAnswer][] = []) =>
  recommendedStep(steps, progressOf(entries, new Map(pending)));

describe('the step that is recommended', () => {
  it('is the first, then where the answer leads, then the next that is not done', () => {
    expect(next([])).toBe('a');
    expect(next([done('a', 'yes')])).toBe('c');
    expect(next([done('a', 'no')])).toBe('b');
    expect(next([done('a', 'unclear')])).toBe('b');
    expect(next([done('a', 'yes'), done('c', 'yes')])).toBe('d');
  });

  it('goes back to what was left out, and ends when all is done', () => {
    const all = [done('a', 'yes'), done('c', 'yes'), done('d', 'yes')];
    expect(next(all)).toBe('b');
    expect(next([...all, done('b', 'yes')])).toBeUndefined();
  });

  it('follows an answer that the hub has not confirmed, and what was answered in any order', () => {
    expect(next([], [['a', 'yes']])).toBe('c');
    expect(next([done('d', 'yes')])).toBe('a');
    expect(next([done('c', 'yes'), done('a', 'yes')])).toBe('d');
  });

  it('is not led out of the script by steps that are no longer in it', () => {
    expect(next([done('gone', 'yes')])).toBe('a');
  });
});

describe('how a step stands', () => {
  it('is the latest answer, with who and when once the hub has it', () => {
    const progress = progressOf([done('a', 'no'), done('a', 'yes')], new Map([['b', 'no']]));
    expect(progress.done.get('a')).toEqual({ answer: 'yes', by: 'Li', at: '2026-03-14T08:00:00.000Z' });
    expect(progress.done.get('b')).toEqual({ answer: 'no' });
  });

  it('is chosen by going up and down, and not beyond the ends', () => {
    expect(neighbourStep(steps, 'a', -1)).toBe('a');
    expect(neighbourStep(steps, 'a', 1)).toBe('b');
    expect(neighbourStep(steps, 'd', 1)).toBe('d');
    expect(neighbourStep(steps, undefined, 1)).toBe('a');
  });
});
