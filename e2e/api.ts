import { apiRoot } from '@carebell/contracts/http-api.ts';

export type ApiAnswer<T = unknown> = { status: number; body: T; contentType: string | null };

/** A logged-in caller of the HTTP API, as a browser or tool is one. */
export type Api = {
  cookie: string;
  get<T = unknown>(path: string): Promise<ApiAnswer<T>>;
  post<T = unknown>(path: string, body?: unknown): Promise<ApiAnswer<T>>;
  patch<T = unknown>(path: string, body: unknown): Promise<ApiAnswer<T>>;
  put<T = unknown>(path: string, body: unknown): Promise<ApiAnswer<T>>;
  delete(path: string): Promise<ApiAnswer>;
  /** Posts and returns the body; throws unless the answer is 2xx. */
  create<T>(path: string, body: unknown): Promise<T>;
};

export async function logIn(url: string, name: string, password: string): Promise<Api> {
  const answer = await fetch(`${url}${apiRoot}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password }),
  });
  if (!answer.ok) throw new Error(`log-in of ${name} failed: ${answer.status} ${await answer.text()}`);
  const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  return apiWith(url, { cookie });
}

export function apiWith(url: string, headers: { cookie?: string; authorization?: string }): Api {
  async function call<T>(method: string, path: string, body?: unknown): Promise<ApiAnswer<T>> {
    const answer = await fetch(`${url}${apiRoot}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: (text === '' ? null : JSON.parse(text)) as T,
      contentType: answer.headers.get('content-type'),
    };
  }
  return {
    cookie: headers.cookie ?? '',
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    patch: (path, body) => call('PATCH', path, body),
    put: (path, body) => call('PUT', path, body),
    delete: (path) => call('DELETE', path),
    async create<T>(path: string, body: unknown) {
      const answer = await call<T>('POST', path, body);
      if (answer.status < 200 || answer.status > 299) {
        throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      }
      return answer.body;
    },
  };
}
