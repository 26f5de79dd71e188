import { apiRoot, problemSchema } from '@carebell/contracts/http-api.ts';
import type { LoginBody, Problem } from '@carebell/contracts/http-api.ts';
import type { z } from 'zod';

/** The hub answered with a problem document, or with something that is none. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly code: string;

  constructor(request: string, problem: Pick<Problem, 'status' | 'code' | 'detail'>) {
    super(`${request}: ${problem.status} ${problem.code}: ${problem.detail}`);
    this.code = problem.code;
  }
}

export type ApiClient = {
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T>;
  put<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T>;
};

/** Logs in, and speaks for the user from then on. Throws {@link ApiProblem}. */
export async function logIn(baseUrl: string, login: LoginBody): Promise<ApiClient> {
  const { response } = await request('POST', '/session', login, '');
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

  async function request(method: string, path: string, body: unknown, cookie: string) {
    const response = await fetch(`${baseUrl}${apiRoot}${path}`, {
      method,
      headers: {
        origin: baseUrl,
        ...(cookie === '' ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    if (response.ok) return { response, text };
    throw new ApiProblem(`${method} ${path}`, problemOf(response.status, text));
  }

  return {
    get: async (path, schema) =>
      schema.parse(JSON.parse((await request('GET', path, undefined, cookie)).text)),
    post: async (path, body, schema) =>
      schema.parse(JSON.parse((await request('POST', path, body, cookie)).text)),
    put: async (path, body, schema) =>
      schema.parse(JSON.parse((await request('PUT', path, body, cookie)).text)),
  };
}

function problemOf(status: number, text: string): Pick<Problem, 'status' | 'code' | 'detail'> {
  try {
    return problemSchema.parse(JSON.parse(text));
  } catch {
    return { status, code: 'no-problem-document', detail: text.slice(0, 200) };
  }
}
