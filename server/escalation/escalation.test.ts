import { describe, expect, it } from 'vitest';
import { callee, minute, openCase, people, second } from './case-under-test.ts';

const li = { id: 'li', displayName: '李' };
const chen = { id: 'chen', displayName: '陈' };
const answered = { type: 'acknowledge', user: li } as const;
const displayed = { type: 'displayed', user: li, screenId: 's' } as const;

describe('an alarm that nobody answers', () => {
  it('goes step by step to wider circles, and repeats the last one until somebody has it', () => {
    const alarm = openCase();
    alarm.at(1 * second, displayed);
    alarm.passTo(5 * minute + 1);
    expect(alarm.lines('escalated')).toEqual([
      '30 escalated',
      '60 escalated',
      '180 escalated',
      '300 escalated',
    ]);
    expect(alarm.steps.filter(({ step }) => step === 'escalated')).toMatchObject([
      { number: 2, reason: 'not-answered', people: [{ id: 'chen' }, { id: 'key' }] },
      { number: 3, reason: 'not-answered', people: [{ id: 'street' }, { id: 'district' }] },
      { number: 3, reason: 'repeated' },
      { number: 3, reason: 'repeated' },
    ]);
    expect(alarm.state().audience).toBe('district');
  });

  it('tells each contact twice within three minutes, and each of these once', () => {
    const alarm = openCase();
    alarm.passTo(10 * minute);
    expect(alarm.told()).toEqual(['30 key', '120 key']);
    expect(new Set(alarm.notices.map(({ stepKey }) => stepKey)).size).toBe(alarm.notices.length);
  });

  it('goes on at once where a step finds nobody', () => {
    const alarm = openCase({ who: { ...people, 'station-operators': [] } });
    alarm.passTo(5 * second);
    expect(alarm.steps.filter(({ step }) => step === 'escalated')).toMatchObject([
      { number: 1, people: [], atMs: 0 },
      { number: 2, reason: 'nobody-found', atMs: 0 },
    ]);
  });

  it('is told to the administrators of the hub where its last step finds nobody', () => {
    const nobody = { 'station-operators': [], 'next-station': [], keyholders: [], street: [], district: [] };
    const alarm = openCase({ who: { ...nobody, root: [callee('admin', 'user')] } });
    alarm.passTo(10 * second);
    expect(alarm.steps.findLast(({ step }) => step === 'escalated')).toMatchObject({
      people: [{ id: 'admin' }],
    });
  });

  it('misses the deadline for its answer, with the reason that the record shows', () => {
    const seen = openCase();
    seen.at(1 * second, displayed);
    seen.passTo(60 * second);
    const unseen = openCase();
    unseen.passTo(60 * second);
    const missed = { step: 'deadline-missed', deadline: 'answered', dueAtMs: 60 * second };
    expect(seen.steps).toContainEqual({ ...missed, reason: 'not-answered', atMs: 60 * second });
    expect(unseen.steps).toContainEqual({ ...missed, reason: 'not-displayed', atMs: 60 * second });
    expect(seen.state().escalation?.missed).toHaveLength(1);
  });
});

describe('people who are called in order', () => {
  const inOrder = {
    steps: [
      { afterMs: 0, recipients: ['station-operators' as const] },
      { afterMs: 30 * second, recipients: ['family' as const], mode: 'in-order' as const },
      { afterMs: 20 * minute, recipients: ['district' as const] },
    ],
  };
  const refused = {
    type: 'contact-tried',
    user: li,
    contact: { id: 'son', displayName: 'son' },
    outcome: 'refused',
    note: '',
  } as const;

  it('have three minutes each, with two calls', () => {
    const alarm = openCase({ policy: inOrder });
    alarm.passTo(15 * minute);
    expect(alarm.told()).toEqual(['30 son', '120 son', '210 daughter', '300 daughter']);
  });

  it('are passed over at once by one who refuses, and by one who cannot be reached', () => {
    const byVoice = openCase({ policy: inOrder });
    byVoice.at(40 * second, refused);
    expect(byVoice.told()).toEqual(['30 son', '40 daughter']);
    const byRecord = openCase({ policy: inOrder });
    const recipient = { id: 'son', displayName: 'son' };
    byRecord.at(45 * second, {
      type: 'notification-went-on',
      step: {
        step: 'notification-gave-up',
        notificationId: 'n',
        recipient,
        reason: 'address-refused',
        attempts: 1,
      },
    });
    expect(byRecord.told()).toEqual(['30 son', '45 daughter']);
  });

  it('are left in peace once one of them comes', () => {
    const alarm = openCase({ policy: inOrder });
    alarm.at(40 * second, {
      type: 'responder-reported',
      report: 'on-the-way',
      responder: { id: 'son', displayName: 'son' },
      notificationId: 'n',
    });
    alarm.passTo(15 * minute);
    expect(alarm.told()).toEqual(['30 son']);
  });
});

describe('an acknowledgement', () => {
  it('rests the steps, and ends when nothing follows: the next step goes on', () => {
    const alarm = openCase();
    alarm.at(10 * second, answered);
    alarm.passTo(10 * second + 5 * minute);
    expect(alarm.state()).toMatchObject({
      phase: 'raised',
      escalation: { isExpired: true, missed: [{ deadline: 'answered', reason: 'acknowledgement-expired' }] },
    });
    expect(alarm.lines('acknowledgement-expired', 'escalated')).toEqual([
      '310 acknowledgement-expired',
      '310 escalated',
    ]);
    expect(alarm.steps.at(-1)).toMatchObject({ number: 2, reason: 'acknowledgement-expired' });
  });

  it('is kept by every note, call and step, and its owner is reminded until it is closed', () => {
    const alarm = openCase();
    alarm.at(10 * second, answered);
    for (const at of [4, 8, 12]) alarm.at(at * minute, { type: 'note', user: li, note: 'on the phone' });
    alarm.passTo(13 * minute);
    expect(alarm.state().phase).toBe('acknowledged');
    expect(alarm.lines('reminded')).toEqual(['250 reminded', '490 reminded', '730 reminded']);
  });

  it('is kept for as long as the way of a responder may take', () => {
    const alarm = openCase();
    alarm.at(10 * second, answered);
    const responder = { id: 'key', displayName: 'key' };
    alarm.at(20 * second, { type: 'responder-reported', report: 'taken', responder, notificationId: 'n' });
    alarm.passTo(15 * minute);
    expect(alarm.state().phase).toBe('acknowledged');
    expect(alarm.steps.at(-1)).toMatchObject({ deadline: 'on-site', reason: 'responder-not-there' });
    alarm.passTo(16 * minute);
    expect(alarm.state().phase).toBe('raised');
  });

  it('does not meet a deadline that passed a moment before the hub looked', () => {
    const alarm = openCase({ lookEveryMs: 700 });
    expect(alarm.at(60 * second + 100, answered)).toMatchObject({
      steps: [{ step: 'deadline-missed', deadline: 'answered' }, { step: 'acknowledged' }],
    });
  });

  it('is handed over with the names of both, by its owner or a supervisor', () => {
    const alarm = openCase();
    alarm.at(10 * second, answered);
    const handOver = {
      type: 'hand-over',
      to: chen,
      mayHandOverForOthers: false,
      note: 'end of shift',
    } as const;
    expect(alarm.at(11 * second, { ...handOver, user: chen })).toEqual({ ok: false, reason: 'not-owner' });
    expect(alarm.at(12 * second, { ...handOver, user: li })).toMatchObject({
      state: { owner: chen },
      steps: [{ step: 'handed-over', user: li, from: li, to: chen, note: 'end of shift' }],
    });
  });
});

describe('somebody on site', () => {
  const key = { id: 'key', displayName: 'key' };
  it('meets the deadline for being there', () => {
    const alarm = openCase();
    alarm.at(10 * second, answered);
    alarm.at(10 * minute, {
      type: 'responder-reported',
      report: 'on-site',
      responder: key,
      notificationId: 'n',
    });
    alarm.passTo(40 * minute);
    expect(alarm.state().escalation?.missed.map(({ deadline }) => deadline)).not.toContain('on-site');
  });

  it('who asks for more help does not wait for the next step', () => {
    const alarm = openCase();
    alarm.at(35 * second, {
      type: 'responder-reported',
      report: 'help-needed',
      responder: key,
      notificationId: 'n',
    });
    alarm.passTo(35 * second);
    expect(alarm.lines('escalated')).toEqual(['30 escalated', '35 escalated']);
  });

  it('is told with all other contacts when it is over', () => {
    const alarm = openCase();
    alarm.at(40 * second, answered);
    const close = { type: 'close', user: li, mayCloseForOthers: false, note: '' } as const;
    alarm.at(2 * minute, { ...close, disposition: 'helped-on-site', proof: 'on-site' });
    expect(alarm.notices.at(-1)).toMatchObject({ purpose: 'all-clear', callees: [{ id: 'key' }] });
    expect(alarm.state().escalation).toMatchObject({ told: [], callings: [] });
    alarm.passTo(300 * minute);
    expect(alarm.lines('reminded', 'deadline-missed')).toEqual([]);
  });
});
