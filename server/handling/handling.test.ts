import { dispositions } from '@carebell/contracts/dispositions.ts';
import { describe, expect, it } from 'vitest';
import type { AlarmInput } from '../alarm/alarm-state.ts';
import { minute, openCase, second } from '../escalation/case-under-test.ts';

const li = { id: 'li', displayName: '李护士' };
const zhang = { id: 'zhang', displayName: '张护士' };
const answered = { type: 'acknowledge', user: li } as const;
const close = {
  type: 'close',
  user: li,
  mayCloseForOthers: false,
  disposition: 'false-alarm',
  note: '',
} as const;
const son = { id: 'son', displayName: '王明' };

function step(key: string, more: Partial<Extract<AlarmInput, { type: 'script-step' }>> = {}): AlarmInput {
  const text = { 'zh-CN': key, en: key };
  return {
    type: 'script-step',
    user: li,
    step: { key, action: 'ask', text, answer: 'yes', note: '' },
    called: null,
    shows: null,
    ...more,
  };
}

function handled(kind: 'help' | 'taxi' | 'tamper' | 'fall' = 'help', isAlone = true) {
  const alarm = openCase({ kind, isAlone });
  alarm.at(10 * second, answered);
  return alarm;
}

describe('a step of the script', () => {
  it('stands on the time line with who did it, its words and its answer', () => {
    const alarm = handled();
    alarm.at(20 * second, step('danger'));
    expect(alarm.steps.at(-1)).toEqual({
      step: 'script-step-done',
      user: li,
      key: 'danger',
      action: 'ask',
      text: { 'zh-CN': 'danger', en: 'danger' },
      answer: 'yes',
      note: '',
      atMs: 20 * second,
    });
  });

  it('is for the owner of an alarm that somebody has, in any order', () => {
    const alarm = openCase();
    expect(alarm.at(5 * second, step('seen'))).toEqual({ ok: false, reason: 'not-acknowledged' });
    alarm.at(10 * second, answered);
    expect(alarm.at(11 * second, step('seen', { user: zhang }))).toEqual({ ok: false, reason: 'not-owner' });
    expect(alarm.at(12 * second, step('seen'))).toMatchObject({ ok: true });
    expect(alarm.at(13 * second, step('first'))).toMatchObject({ ok: true });
    alarm.at(14 * second, { ...close, proof: 'voice-contact' });
    expect(alarm.at(15 * second, step('seen'))).toEqual({ ok: false, reason: 'already-closed' });
  });

  it('that calls somebody keeps the acknowledgement as a call does, and lets the next be called when refused', () => {
    const alarm = openCase({
      policy: {
        steps: [
          { afterMs: 0, recipients: ['family'], mode: 'in-order' },
          { afterMs: 30 * minute, recipients: ['station-operators'] },
        ],
      },
    });
    alarm.at(10 * second, answered);
    alarm.at(4 * minute, step('contacts.1', { called: { contact: son, outcome: 'no-answer' } }));
    alarm.passTo(8 * minute);
    expect(alarm.state().phase).toBe('acknowledged');
    alarm.passTo(10 * minute);
    expect(alarm.state().phase).toBe('raised');
  });
});

describe('closing an emergency', () => {
  it('is refused without anything that shows the resident', () => {
    const alarm = handled();
    expect(alarm.at(minute, close)).toEqual({ ok: false, reason: 'proof-missing' });
    expect(alarm.at(minute, { ...close, proof: 'device-event' })).toEqual({
      ok: false,
      reason: 'proof-not-on-record',
    });
    expect(alarm.state().phase).toBe('acknowledged');
  });

  const evidence: [name: string, inputs: AlarmInput[], proof: string][] = [
    ['a call that reached the resident', [step('resident', { shows: 'voice-contact' })], 'voice-contact'],
    [
      'a telephone call entered by hand',
      [{ type: 'contact-tried', user: li, contact: son, isResident: true, outcome: 'reached', note: '' }],
      'voice-contact',
    ],
    ['somebody there who saw the resident', [step('seen', { shows: 'on-site' })], 'on-site'],
    ...(['on-site', 'help-needed', 'done'] as const).map((report): [string, AlarmInput[], string] => [
      `a responder who says ${report}`,
      [{ type: 'responder-reported', report, responder: son, notificationId: 'n' }],
      'on-site',
    ]),
    [
      'the resident taking it back',
      [{ type: 'cancelled-by-resident', deviceId: 'b1', eventKind: 'button.cancelled' }],
      'device-event',
    ],
  ];
  for (const [name, inputs, proof] of evidence) {
    it(`takes ${name} from the record`, () => {
      const alarm = handled();
      for (const input of inputs) alarm.at(minute, input);
      alarm.at(2 * minute, close);
      expect(alarm.state()).toMatchObject({ phase: 'closed', proof: { basis: 'recorded', proof } });
      expect(alarm.steps.at(-1)).toMatchObject({ step: 'closed', proof: { basis: 'recorded', proof } });
    });
  }

  it('takes movement after a fall, where nobody else lives', () => {
    for (const isAlone of [true, false]) {
      const alarm = handled('fall', isAlone);
      alarm.at(minute, { type: 'moved', deviceId: 'm1', movedAtMs: minute });
      expect(alarm.at(2 * minute, close).ok).toBe(isAlone);
    }
  });

  it('does not count another person reached, nor somebody only on the way', () => {
    const alarm = handled();
    alarm.at(minute, { type: 'contact-tried', user: li, contact: son, outcome: 'reached', note: '' });
    alarm.at(minute, {
      type: 'responder-reported',
      report: 'on-the-way',
      responder: son,
      notificationId: 'n',
    });
    expect(alarm.at(2 * minute, close)).toEqual({ ok: false, reason: 'proof-missing' });
  });

  it('does not count what was shown before the last press, an answer taken back, or before a graver event', () => {
    const press = (kind: 'help' | 'fall', deviceId = 'b1'): AlarmInput => ({
      type: 'pressed',
      kind,
      deviceId,
      tellsResident: true,
      pressedAtMs: 2 * minute,
    });
    const again = handled();
    again.at(minute, step('resident', { shows: 'voice-contact' }));
    again.at(2 * minute, press('help'));
    expect(again.at(3 * minute, close)).toEqual({ ok: false, reason: 'proof-missing' });
    const taken = handled();
    taken.at(minute, step('resident', { shows: 'voice-contact' }));
    taken.at(2 * minute, step('resident'));
    expect(taken.at(3 * minute, close)).toEqual({ ok: false, reason: 'proof-missing' });
  });

  it('takes what the operator says, as said', () => {
    const alarm = handled();
    alarm.at(minute, { ...close, proof: 'voice-contact' });
    expect(alarm.state()).toMatchObject({ proof: { basis: 'stated', proof: 'voice-contact' } });
  });

  it('takes a supervisor’s reason, and nobody else’s', () => {
    const alarm = handled();
    const waived = { ...close, withoutProofBecause: '家属已接走，联系不上' };
    expect(alarm.at(minute, waived)).toEqual({ ok: false, reason: 'may-not-waive-proof' });
    alarm.at(minute, { ...waived, user: zhang, mayCloseForOthers: true, mayWaiveProof: true });
    expect(alarm.steps.at(-1)).toMatchObject({
      step: 'closed',
      user: zhang,
      proof: { basis: 'waived', because: '家属已接走，联系不上' },
    });
  });

  it('is refused for every disposition alike, and needs nothing of requests and equipment', () => {
    for (const disposition of dispositions) {
      const note = 'n';
      expect(handled().at(minute, { ...close, disposition, note })).toEqual({
        ok: false,
        reason: 'proof-missing',
      });
      expect(handled('taxi').at(minute, { ...close, disposition, note })).toMatchObject({ ok: true });
      expect(handled('tamper').at(minute, { ...close, disposition, note })).toMatchObject({ ok: true });
    }
  });
});

describe('how to get in', () => {
  it('is on the time line when the owner looks it up, and for nobody else', () => {
    const alarm = openCase();
    expect(alarm.at(1, { type: 'access-viewed', user: li })).toEqual({
      ok: false,
      reason: 'not-acknowledged',
    });
    alarm.at(10 * second, answered);
    expect(alarm.at(minute, { type: 'access-viewed', user: zhang })).toEqual({
      ok: false,
      reason: 'not-owner',
    });
    alarm.at(minute, { type: 'access-viewed', user: li });
    expect(alarm.lines('access-viewed')).toEqual(['60 access-viewed']);
  });
});

describe('a call-back', () => {
  const inFive = { type: 'call-back', user: li, dueAtMs: 6 * minute, note: '再问' } as const;

  it('rings again when it is due, once, and stays until it is done', () => {
    const alarm = handled();
    alarm.at(minute, inFive);
    alarm.passTo(6 * minute - 1);
    expect(alarm.lines('call-back-due')).toEqual([]);
    alarm.passTo(7 * minute);
    expect(alarm.lines('call-back-due')).toEqual(['360 call-back-due']);
    expect(alarm.state().callBack).toMatchObject({ isDue: true });
    alarm.at(8 * minute, { type: 'call-back-done', user: li });
    expect(alarm.state().callBack).toBeUndefined();
    expect(alarm.at(8 * minute, { type: 'call-back-done', user: li })).toEqual({
      ok: false,
      reason: 'no-call-back',
    });
  });

  it('is moved by being set again', () => {
    const alarm = handled();
    alarm.at(minute, inFive);
    alarm.at(2 * minute, { ...inFive, dueAtMs: 12 * minute });
    alarm.passTo(11 * minute);
    expect(alarm.lines('call-back-due')).toEqual([]);
    alarm.passTo(12 * minute);
    expect(alarm.lines('call-back-due')).toEqual(['720 call-back-due']);
  });

  it('keeps the acknowledgement until it is due and as long as the policy gives after it, whatever is done meanwhile', () => {
    const alarm = handled();
    alarm.at(minute, { ...inFive, dueAtMs: 31 * minute });
    alarm.at(2 * minute, { type: 'note', user: li, note: '等待' });
    alarm.passTo(35 * minute);
    expect(alarm.state().phase).toBe('acknowledged');
    alarm.passTo(37 * minute);
    expect(alarm.state().phase).toBe('raised');
    expect(alarm.state().callBack).toMatchObject({ isDue: true });
  });

  it('is for the owner', () => {
    const alarm = handled();
    expect(alarm.at(minute, { ...inFive, user: zhang })).toEqual({ ok: false, reason: 'not-owner' });
  });
});

describe('asking afterwards', () => {
  const asked = { type: 'resident-asked', user: zhang, score: null, note: '' } as const;

  it('follows where somebody was really helped, and neither a false alarm, a drill nor equipment', () => {
    const helped = { ...close, disposition: 'helped-by-phone', proof: 'voice-contact' } as const;
    const after = (kind: 'help' | 'taxi' | 'tamper', input: AlarmInput) => {
      const alarm = handled(kind);
      alarm.at(minute, input);
      return 'followUp' in alarm.state();
    };
    expect(after('help', helped)).toBe(true);
    expect(after('taxi', { ...close, disposition: 'service-arranged' })).toBe(true);
    expect(after('help', { ...helped, disposition: 'false-alarm' })).toBe(false);
    expect(after('help', { ...helped, disposition: 'test' })).toBe(false);
    expect(after('tamper', helped)).toBe(false);
  });

  it('ends with an answer, a refusal, or after the third time that nobody was reached', () => {
    const end = (...results: ('answered' | 'declined' | 'not-reached')[]) => {
      const alarm = handled();
      alarm.at(minute, { ...close, disposition: 'helped-by-phone', proof: 'voice-contact' });
      for (const result of results) alarm.at(2 * minute, { ...asked, result });
      return 'followUp' in alarm.state();
    };
    expect(end('answered')).toBe(false);
    expect(end('declined')).toBe(false);
    expect(end('not-reached', 'not-reached')).toBe(true);
    expect(end('not-reached', 'not-reached', 'not-reached')).toBe(false);
  });

  it('is refused where nobody is to be asked, and forgotten when the closing is taken back', () => {
    const alarm = handled();
    expect(alarm.at(minute, { ...asked, result: 'declined' })).toEqual({ ok: false, reason: 'not-closed' });
    alarm.at(minute, { ...close, disposition: 'helped-by-phone', proof: 'voice-contact' });
    alarm.at(2 * minute, {
      type: 'reopen',
      user: li,
      mayCloseForOthers: false,
      closedAtMs: null,
      isAnotherOpen: false,
      note: '',
    });
    expect(alarm.state()).not.toHaveProperty('followUp');
    expect(alarm.state()).not.toHaveProperty('proof');
    alarm.at(3 * minute, { ...close, proof: 'voice-contact' });
    expect(alarm.at(4 * minute, { ...asked, result: 'declined' })).toEqual({
      ok: false,
      reason: 'not-to-be-asked',
    });
  });
});
