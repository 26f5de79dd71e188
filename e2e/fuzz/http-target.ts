import { Agent, request } from 'node:http';
import { apiRoot } from '@carebell/contracts/http-api.ts';
import { anyJson } from './mutate.ts';
import type { Random } from './mutate.ts';
import { Finding } from './target.ts';
import type { FuzzPlace, Target } from './target.ts';

type Schema = {
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
};
type Operation = {
  parameters?: { name: string; in: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
};
type Route = { method: string; path: string; operation: Operation };
type Answer = { status: number; contentType: string; text: string };

const requestsAtOnce = 8;
/** Of the 1,200 that a session may make a minute. */
const requestsOfASession = 1_000;
const answeredWithinMs = 30_000;
/** Logging in and out, passwords and accounts would end the run's own session; they are held to their tests. */
const leftOut = /\/(session|users|tokens|password)/;
const unavailable = 503;

/** What may be behind the loopback interface: each address is somebody else to the limits of the hub. */
const loopback = (turn: number): string => `127.0.${1 + (Math.floor(turn / 250) % 250)}.${1 + (turn % 250)}`;

/** Every route of the API's own documentation, with bodies after its schemas and against them. */
export const httpTarget: Target = {
  name: 'HTTP requests',
  share: 6,
  async open(place) {
    const agent = new Agent({ keepAlive: true });
    let turn = 0;
    let left = 0;
    let cookie = '';

    function ask(method: string, path: string, body: string | undefined): Promise<Answer> {
      return new Promise((resolve, reject) => {
        const headers = { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
        const localAddress = loopback(turn);
        const asked = request(place.url + path, { method, headers, agent, localAddress }, (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          answer.on('end', () => {
            const { statusCode = 0, headers: told } = answer;
            resolve({ status: statusCode, contentType: told['content-type'] ?? '', text });
            const [given] = told['set-cookie'] ?? [];
            if (given !== undefined) cookie = given.split(';')[0] ?? '';
          });
        });
        asked.setTimeout(answeredWithinMs, () => asked.destroy(new Error('not answered in time')));
        asked.on('error', reject);
        asked.end(body);
      });
    }

    async function logInAgain(): Promise<void> {
      turn += 1;
      cookie = '';
      left = requestsOfASession;
      const answer = await ask('POST', `${apiRoot}/session`, JSON.stringify(place.admin));
      if (answer.status !== 200) throw new Error(`log-in: ${answer.status} ${answer.text}`);
    }

    const routes = routesOf(JSON.parse((await ask('GET', '/api/docs/json', undefined)).text));

    async function one(random: Random): Promise<void> {
      const route = routes[Math.floor(random() * routes.length)];
      if (route === undefined) throw new Error('the API documents no routes');
      const path = pathOf(route, place, random);
      const body = bodyOf(route, place, random);
      const input = `${route.method} ${path} ${body ?? ''}`;
      const answer = await ask(route.method, path, body).catch((error: unknown) => {
        throw new Finding('no answer', input, error);
      });
      if (answer.status >= 500 && answer.status !== unavailable)
        throw new Finding(`${answer.status} ${answer.text.slice(0, 300)}`, input);
      if (answer.status >= 400 && !answer.contentType.includes('application/problem+json'))
        throw new Finding(`${answer.status} without a problem document`, input);
    }

    return {
      async feed(count, random) {
        for (let fed = 0; fed < count;) {
          if (left < requestsAtOnce) await logInAgain();
          const next = Math.min(requestsAtOnce, count - fed);
          fed += next;
          left -= next;
          await Promise.all(Array.from({ length: next }, () => one(random)));
        }
      },
      close: () => agent.destroy(),
    };
  },
};

function routesOf(document: unknown): Route[] {
  const { paths } = document as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    leftOut.test(path)
      ? []
      : Object.entries(methods).map(([method, operation]) => ({
          method: method.toUpperCase(),
          path,
          operation,
        })),
  );
}

function oneOf<T>(values: readonly T[], random: Random): T | undefined {
  return values[Math.floor(random() * values.length)];
}

function pathOf({ path, operation }: Route, { ids }: FuzzPlace, random: Random): string {
  const filled = path.replaceAll(/\{[^}]+\}/g, () => {
    const id = random() < 0.7 ? oneOf(ids, random) : textOf(anyJson(random, 0));
    return encodeURIComponent(id ?? '-');
  });
  const query = (operation.parameters ?? [])
    .filter((parameter) => parameter.in === 'query' && random() < 0.5)
    .map(({ name, schema }) => [name, textOf(valueOf(schema ?? {}, ids, random))]);
  const words = new URLSearchParams(query as [string, string][]).toString();
  return words === '' ? filled : `${filled}?${words}`;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));

function bodyOf({ method, operation }: Route, { ids }: FuzzPlace, random: Random): string | undefined {
  if (method === 'GET' || method === 'DELETE') return undefined;
  const schema = operation.requestBody?.content?.['application/json']?.schema;
  if (random() < 0.05) return '{"a":';
  const value = schema === undefined || random() < 0.1 ? anyJson(random) : valueOf(schema, ids, random);
  return JSON.stringify(value ?? null);
}

/** A value as the schema wants it, one in eight of them not. */
function valueOf(schema: Schema, ids: readonly string[], random: Random): unknown {
  if (random() < 0.12) return anyJson(random);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return oneOf(schema.enum, random);
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return valueOf(oneOf(choice, random) ?? {}, ids, random);
  const type = Array.isArray(schema.type) ? oneOf(schema.type, random) : schema.type;
  if (type === 'object' || schema.properties) {
    const named = Object.entries(schema.properties ?? {}).filter(() => random() < 0.85);
    return Object.fromEntries(named.map(([name, of]) => [name, valueOf(of, ids, random)]));
  }
  if (type === 'array')
    return Array.from({ length: Math.floor(random() * 3) }, () => valueOf(schema.items ?? {}, ids, random));
  if (type === 'integer') return Math.floor(random() * 200);
  if (type === 'number') return random() * 200;
  if (type === 'boolean') return random() < 0.5;
  if (type === 'null') return null;
  return random() < 0.4
    ? oneOf(ids, random)
    : oneOf(['王秀英', '2026-03-14T08:00:00Z', '08:00', 'x', ''], random);
}
