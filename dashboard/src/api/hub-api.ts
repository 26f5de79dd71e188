import { alarmViewSchema } from '@carebell/contracts/alarm-view.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import {
  alarmDetailSchema,
  apiRoot,
  journalEventSchema,
  pageOf,
  problemSchema,
  refusalSchema,
  sessionSchema,
} from '@carebell/contracts/http-api.ts';
import type { CloseAlarmBody, LoginBody, Problem } from '@carebell/contracts/http-api.ts';
import { deviceSchema, residentSchema } from '@carebell/contracts/registry.ts';
import type { SecondStepBody } from '@carebell/contracts/second-factor.ts';

/** A problem document, with the seconds of `Retry-After` if the hub sent any. */
export type HubRefusal = Problem & { retryAfterSeconds?: number };
export type Answer<T> = { ok: true; result: T } | { ok: false; problem: HubRefusal };

type Schema<T> = { safeParse: (raw: unknown) => { success: true; data: T } | { success: false } };

export type HubApi = ReturnType<typeof createHubApi>;

/** An answer that did not come in this time is reported; what the call did shows the live feed. */
const answerWithinMs = 10_000;

/** The hub's HTTP API. Every call answers a parsed result or a problem, and never throws. */
export function createHubApi(deps: { fetch: (path: string, init: RequestInit) => Promise<Response> }) {
  async function call<T>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    schema: Schema<T>,
    body?: unknown,
    withinMs = answerWithinMs,
  ): Promise<Answer<T>> {
    let response: Response;
    let raw: unknown;
    try {
      response = await deps.fetch(`${apiRoot}${path}`, {
        method,
        signal: AbortSignal.timeout(withinMs),
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      raw = response.status === 204 ? undefined : await response.json();
    } catch (error) {
      return { ok: false, problem: ownProblem('hub-unreachable', 0, String(error)) };
    }
    if (!response.ok) {
      const problem = problemSchema.safeParse(raw);
      const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
      if (problem.success) {
        return {
          ok: false,
          problem: { ...problem.data, ...(Number.isFinite(wait) ? { retryAfterSeconds: wait } : {}) },
        };
      }
      return { ok: false, problem: ownProblem('answer-unreadable', response.status, response.statusText) };
    }
    const parsed = schema.safeParse(raw);
    if (parsed.success) return { ok: true, result: parsed.data };
    return { ok: false, problem: ownProblem('answer-unreadable', response.status, `${method} ${path}`) };
  }

  return {
    /** For pages that are loaded late and bring their own schemas. */
    call,
    session: () => call('GET', '/session', sessionSchema),
    logIn: (body: LoginBody) => call('POST', '/session', sessionSchema, body),
    giveCode: (body: SecondStepBody) => call('POST', '/session/second-step', sessionSchema, body),
    logOut: () => call('DELETE', '/session', anything),
    alarm: (id: string) => call('GET', `/alarms/${encodeURIComponent(id)}`, alarmDetailSchema),
    /** The latest closed ones, newest first. */
    closedAlarms: () => call('GET', '/alarms?phase=closed&limit=500', alarmPage),
    acknowledge: (id: string, takeOver: boolean): Promise<Answer<AlarmView>> =>
      call(
        'POST',
        `/alarms/${encodeURIComponent(id)}/acknowledge`,
        alarmViewSchema,
        takeOver ? { takeOver } : {},
      ),
    close: (id: string, body: CloseAlarmBody): Promise<Answer<AlarmView>> =>
      call('POST', `/alarms/${encodeURIComponent(id)}/close`, alarmViewSchema, body),
    reopen: (id: string, closedAt: string | null): Promise<Answer<AlarmView>> =>
      call(
        'POST',
        `/alarms/${encodeURIComponent(id)}/reopen`,
        alarmViewSchema,
        closedAt === null ? {} : { closedAt },
      ),
    residents: () => call('GET', '/residents?limit=500', residentPage),
    devices: () => call('GET', '/devices?limit=500', devicePage),
    refusals: () => call('GET', '/refusals?limit=200', refusalPage),
    deviceEvents: (deviceId: string) =>
      call('GET', `/events?limit=100&deviceId=${encodeURIComponent(deviceId)}`, eventPage),
  };
}

const alarmPage = pageOf(alarmViewSchema);
const residentPage = pageOf(residentSchema);
const devicePage = pageOf(deviceSchema);
const refusalPage = pageOf(refusalSchema);
const eventPage = pageOf(journalEventSchema);
const anything: Schema<undefined> = { safeParse: () => ({ success: true, data: undefined }) };

/** A problem that the hub did not write, in the same form. */
export function ownProblem(code: string, status: number, detail: string): Problem {
  return { type: 'about:blank', title: code, status, code, detail };
}
