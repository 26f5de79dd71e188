import type {
  RequestDecision,
  RequestEffect,
  RequestInput,
  RequestRefusal,
  RequestState,
  RequestStep,
} from './request-state.ts';

export type Cell<I extends RequestInput['type']> = (
  state: RequestState,
  input: Extract<RequestInput, { type: I }>,
  nowMs: number,
) => RequestDecision;

export type RequestTable = { [I in RequestInput['type']]: Cell<I> };

export function becomes(
  state: RequestState,
  steps: readonly RequestStep[] = [],
  effects: readonly RequestEffect[] = [],
): RequestDecision {
  return { ok: true, state, steps: [...steps], effects: [...effects] };
}

export function refuse(reason: RequestRefusal): RequestDecision {
  return { ok: false, reason };
}
