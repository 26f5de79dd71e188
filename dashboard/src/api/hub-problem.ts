import type { Answer, HubRefusal } from './hub-api.ts';

/** A problem document thrown inside a query, where TanStack Query expects an error. */
export class HubProblem extends Error {
  readonly problem: HubRefusal;

  constructor(problem: HubRefusal) {
    super(`${problem.code}: ${problem.detail}`);
    this.name = 'HubProblem';
    this.problem = problem;
  }
}

export async function resultOrThrow<T>(answer: Promise<Answer<T>>): Promise<T> {
  const settled = await answer;
  if (settled.ok) return settled.result;
  throw new HubProblem(settled.problem);
}
