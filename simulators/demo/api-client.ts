import { setTimeout as pause } from 'node:timers/promises';
import { apiRoot, problemSchema } from '@carebell/contracts/http-api.ts';
import type { LoginBody, Problem } from '@carebell/contracts/http-api.ts';
import { z } from 'zod';

/** The hub answered with a problem document, or with something that is none. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly code: string;
  readonly status: number;

  constructor(request: string, problem: Pick<Problem, 'status' | 'code' | 'detail'>) {
    super(`${request}: ${problem.status} ${problem.code}: ${problem.detail}`);
    this.code = problem.code;
    this.status = problem.status;
  }
}

export type ApiClient = {
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T>;
  put<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T>;
  patch<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T>;
  delete<T>(path: string, schema: z.ZodType<T>): Promise<T>;
};

/** Logs in, and speaks for the user from then on. Throws {@link ApiProblem}. */
export async function logIn(baseUrl: string, login: LoginBody): Promise<ApiClient> {
  return (await signIn(baseUrl, login)).api;
}

/** As `logIn`, with the cookie for a screen of the same person. */
export async function signIn(baseUrl: string, login: LoginBody): Promise<{ api: ApiClient; cookie: string }> {
  const { response } = await request(baseUrl, {}, 'POST', '/session', login);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return { api: clientWith(baseUrl, { cookie }), cookie };
}

const busyTries = 6;
const busyPauseMs = 2_000;
/** Cannot store at the moment, or is asked too often. */
const busyAnswers: ReadonlySet<number> = new Set([503, 429]);

/** Asks again a few times while the hub is too busy to store: every call of its must bear being made twice. */
export function patient(api: ApiClient): ApiClient {
  const tried = async <T>(call: () => Promise<T>): Promise<T> => {
    for (let left = busyTries; ; left -= 1) {
      try {
        return await call();
      } catch (error) {
        if (left <= 1 || !(error instanceof ApiProblem) || !busyAnswers.has(error.status)) throw error;
        await pause(busyPauseMs);
      }
    }
  };
  return {
    get: (path, schema) => tried(() => api.get(path, schema)),
    post: (path, body, schema) => tried(() => api.post(path, body, schema)),
    put: (path, body, schema) => tried(() => api.put(path, body, schema)),
    patch: (path, body, schema) => tried(() => api.patch(path, body, schema)),
    delete: (path, schema) => tried(() => api.delete(path, schema)),
  };
}

/** Speaks with a tool's token. Throws {@link ApiProblem} at the first question if the hub does not know it. */
export function withToken(baseUrl: string, token: string): ApiClient {
  return clientWith(baseUrl, { authorization: `Bearer ${token}` });
}

function clientWith(baseUrl: string, proof: Record<string, string>): ApiClient {
  const answer = async <T>(method: string, path: string, body: unknown, schema: z.ZodType<T>) =>
    schema.parse(parsed((await request(baseUrl, proof, method, path, body)).text));
  return {
    get: (path, schema) => answer('GET', path, undefined, schema),
    post: (path, body, schema) => answer('POST', path, body, schema),
    put: (path, body, schema) => answer('PUT', path, body, schema),
    patch: (path, body, schema) => answer('PATCH', path, body, schema),
    delete: (path, schema) => answer('DELETE', path, undefined, schema),
  };
}

/** Enters a record, unless there is one with its identifier. */
export async function createOnce(api: Pick<ApiClient, 'post'>, path: string, body: object): Promise<unknown> {
  try {
    return await api.post(path, body, z.unknown());
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'already-exists') return 'exists';
    throw error;
  }
}

/** 204 says nothing. */
function parsed(text: string): unknown {
  return text === '' ? null : JSON.parse(text);
}

async function request(
  baseUrl: string,
  proof: Record<string, string>,
  method: string,
  path: string,
  body: unknown,
): Promise<{ response: Response; text: string }> {
  const response = await fetch(`${baseUrl}${apiRoot}${path}`, {
    method,
    headers: {
      origin: baseUrl,
      ...proof,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (response.ok) return { response, text };
  throw new ApiProblem(`${method} ${path}`, problemOf(response.status, text));
}

function problemOf(status: number, text: string): Pick<Problem, 'status' | 'code' | 'detail'> {
  try {
    return problemSchema.parse(JSON.parse(text));
  } catch {
    return { status, code: 'no-problem-document', detail: text.slice(0, 200) };
  }
}
