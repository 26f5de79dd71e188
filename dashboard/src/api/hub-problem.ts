import type { Problem } from '@carebell/contracts/http-api.ts';
import type { Answer } from '@carebell/contracts/live-feed.ts';

/** A problem document thrown inside a query, where TanStack Query expects an error. */
export class HubProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
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
