import { apiRoot, problemSchema, sessionSchema } from '@carebell/contracts/http-api.ts';
import type { Problem, Session } from '@carebell/contracts/http-api.ts';
import { secondStepCookie } from '@carebell/contracts/second-factor.ts';
import { z } from 'zod';

/** The hub said no, by a problem document or by something that is none. */
export class HubRefusal extends Error {
  override name = 'HubRefusal';
  readonly problem: Pick<Problem, 'status' | 'code' | 'detail' | 'errors'>;

  constructor(problem: HubRefusal['problem']) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.problem = problem;
  }
}

/** Nobody answers there. */
export class HubSilent extends Error {
  override name = 'HubSilent';
  readonly url: string;

  constructor(url: string, cause: unknown) {
    super(whyOf(cause), { cause });
    this.url = url;
  }
}

/** One hub, and who speaks to it. Every call may throw {@link HubRefusal} and {@link HubSilent}. */
export type Hub = {
  readonly url: string;
  readonly session: Session;
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T>;
  delete<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  /** Whoever came with a password leaves no session behind. */
  leave(): Promise<void>;
};

/** `code` is of an authenticator app, for who is asked for one. */
export type PasswordProof = { name: string; password: string; code?: string | undefined };
export type Proof = { token: string } | { session: string } | PasswordProof;

const patienceMs = 30_000;
const anything = z.unknown();

/** Says who speaks, and learns what that is. */
export async function enterHub(url: string, proof: Proof): Promise<Hub> {
  if ('password' in proof) {
    const { cookie, session } = await logIn(url, proof);
    return hubWith(url, { cookie }, session, () => logOut(url, cookie));
  }
  const headers: Record<string, string> =
    'token' in proof ? { authorization: `Bearer ${proof.token}` } : { cookie: proof.session };
  const session = await call(url, headers, 'GET', '/session', undefined, sessionSchema);
  return hubWith(url, headers, session, async () => undefined);
}

/** Begins a session, which lasts until somebody ends it or its time is over. */
export async function logIn(
  url: string,
  { code, ...login }: PasswordProof,
): Promise<{ cookie: string; session: Session }> {
  const asked = await send(url, {}, 'POST', '/session', login);
  const isCodeAsked = cookieOf(asked).startsWith(`${secondStepCookie}=`);
  const response =
    isCodeAsked && code !== undefined
      ? await send(url, { cookie: cookieOf(asked) }, 'POST', '/session/second-step', { code })
      : asked;
  const session = await bodyOf(response, sessionSchema);
  return { cookie: cookieOf(response), session };
}

/** The cookies that it sets, without those that it takes back. */
function cookieOf(response: Response): string {
  const set = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  return set.filter((cookie) => !cookie.endsWith('=')).join('; ');
}

export async function logOut(url: string, cookie: string): Promise<void> {
  await call(url, { cookie }, 'DELETE', '/session', undefined, anything);
}

function hubWith(
  url: string,
  headers: Record<string, string>,
  session: Session,
  leave: () => Promise<void>,
): Hub {
  return {
    url,
    session,
    get: (path, schema) => call(url, headers, 'GET', path, undefined, schema),
    post: (path, body, schema) => call(url, headers, 'POST', path, body, schema),
    delete: (path, schema) => call(url, headers, 'DELETE', path, undefined, schema),
    leave,
  };
}

async function call<T>(
  url: string,
  headers: Record<string, string>,
  method: string,
  path: string,
  body: unknown,
  schema: z.ZodType<T>,
): Promise<T> {
  return bodyOf(await send(url, headers, method, path, body), schema);
}

async function send(
  url: string,
  headers: Record<string, string>,
  method: string,
  path: string,
  body: unknown,
): Promise<Response> {
  try {
    return await fetch(`${url}${apiRoot}${path}`, {
      method,
      // A session's cookie is good only for what comes from the hub's own pages.
      headers: {
        origin: url,
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch (error) {
    throw new HubSilent(url, error);
  }
}

async function bodyOf<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  const text = await response.text();
  const read = parsed(text);
  if (response.ok) return schema.parse(read);
  const problem = problemSchema.safeParse(read);
  throw new HubRefusal(
    problem.success
      ? problem.data
      : { status: response.status, code: 'no-problem-document', detail: text.slice(0, 200) },
  );
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function whyOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error instanceof Error ? error.name : String(error);
}

/** A query of what was asked for, without what was not. */
export function queryOf(wishes: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(wishes)) if (value !== undefined) query.set(name, String(value));
  return query.size === 0 ? '' : `?${query.toString()}`;
}
