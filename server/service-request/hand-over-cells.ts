import { isOver } from './request-clocks.ts';
import { becomes, refuse } from './request-table.ts';
import type { RequestTable } from './request-table.ts';

/** Another organisation is asked to take it, and has a limit to answer; until it accepts, whoever had it still has it. */
export const cellsOfHandOver: Pick<RequestTable, 'hand-over' | 'hand-over-accepted' | 'hand-over-declined'> =
  {
    'hand-over': (state, { user, from, to, note }, nowMs) => {
      if (isOver(state)) return refuse('request-over');
      if (state.handOver) return refuse('hand-over-open');
      const dueAtMs = nowMs + state.limits.answerMs;
      return becomes({ ...state, handOver: { from, to, dueAtMs, note } }, [
        { step: 'handed-over', user, from, to, dueAtMs, note },
      ]);
    },
    'hand-over-accepted': (state, { user, note }, nowMs) => {
      if (!state.handOver) return refuse('no-hand-over');
      const { to } = state.handOver;
      const phase = state.phase === 'asked' ? 'taken' : state.phase;
      const from = state.owner;
      return becomes(
        { ...state, phase, handOver: null, owner: user, takenAtMs: state.takenAtMs ?? nowMs, remind: null },
        [{ step: 'hand-over-accepted', user, to, note }],
        from?.id === user.id ? [] : [{ type: 'answer-alarm', user, takeOver: from !== null }],
      );
    },
    'hand-over-declined': (state, { user, note }) => {
      if (!state.handOver) return refuse('no-hand-over');
      return becomes({ ...state, handOver: null }, [
        { step: 'hand-over-declined', user, to: state.handOver.to, note },
      ]);
    },
  };
