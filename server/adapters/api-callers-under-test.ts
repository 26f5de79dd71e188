import { apiRoot } from '@carebell/contracts/http-api.ts';
import type { CarebellApp } from '../http-api/app-types.ts';

export const testPassword = 'correct horse battery';

/** How a test calls the API: as anybody, or as a user who has logged in. */
export function callersOf(app: CarebellApp) {
  async function call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) {
    return app.inject({
      method,
      url: apiRoot + path,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  /** Logs in and returns the calls of that user. */
  async function as(name: string) {
    const answer = await call('POST', '/session', { name, password: testPassword });
    const token = answer.cookies.find((cookie) => cookie.name === 'carebell_session')?.value;
    if (token === undefined) throw new Error(`${name} could not log in: ${answer.body}`);
    const cookie = `carebell_session=${token}`;
    return {
      cookie,
      get: (path: string) => call('GET', path, undefined, { cookie }),
      post: (path: string, body?: unknown) => call('POST', path, body, { cookie }),
      put: (path: string, body: unknown) => call('PUT', path, body, { cookie }),
      patch: (path: string, body: unknown) => call('PATCH', path, body, { cookie }),
      delete: (path: string) => call('DELETE', path, undefined, { cookie }),
    };
  }

  return { call, as };
}
