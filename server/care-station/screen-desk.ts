import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Answer } from '@carebell/contracts/live-feed.ts';
import type { AlarmDesk, DeskOutcome } from '../alarm/alarm-desk.ts';
import { deskProblem } from '../alarm/desk-answers.ts';
import { answerTo } from '../http-api/error-answers.ts';
import { problem } from '../http-api/problems.ts';
import type { AlarmCalls } from './screen-calls.ts';

/** The alarm desk as the live feed speaks to it: the same outcomes and problems as over HTTP. */
export function createScreenDesk(desk: AlarmDesk, limits: { bodyBytes: number }): AlarmCalls {
  return {
    acknowledge: async (user, call) => answerOf(await desk.acknowledge(user, call)),
    close: async (user, call) => answerOf(await desk.close(user, call)),
    displayed: async (user, screenId, alarmIds) => ({
      ok: true,
      result: { accepted: await desk.displayed(user, screenId, alarmIds) },
    }),
    badCall: (error) =>
      problem(
        'invalid-request',
        'Correct the fields of the call.',
        error.issues.map(({ path, message }) => ({ field: path.join('.') || 'body', message })),
      ),
    failed: (error) => answerTo(error, limits).problem,
  };
}

function answerOf(outcome: DeskOutcome): Answer<AlarmView> {
  return outcome.ok ? { ok: true, result: outcome.alarm } : { ok: false, problem: deskProblem(outcome) };
}
