import { expect, it } from 'vitest';
import { askEarly } from './early-session.ts';

const get = { method: 'GET' };

function hub(answer: () => Promise<Response>) {
  const asked: string[] = [];
  const ask = (path: string, init: RequestInit) => {
    asked.push(`${init.method} ${path}`);
    return answer();
  };
  return { asked, ...askEarly('/session', ask) };
}

it('answers the first question with what was asked early, and asks anew from then on', async () => {
  const { ask, asked } = hub(() => Promise.resolve(new Response('{}')));
  await ask('/session', get);
  expect(asked).toEqual(['GET /session']);
  await ask('/session', get);
  expect(asked).toEqual(['GET /session', 'GET /session']);
});

it('leaves other questions alone', async () => {
  const { ask, asked } = hub(() => Promise.resolve(new Response('{}')));
  await ask('/alarms', get);
  await ask('/session', { method: 'POST' });
  expect(asked).toEqual(['GET /session', 'GET /alarms', 'POST /session']);
});

it.each([
  ['somebody is logged in', 200, true],
  ['nobody is', 401, false],
])('knows that %s', async (_, status, isKnown) => {
  expect(await hub(() => Promise.resolve(new Response('{}', { status }))).isKnown).toBe(isKnown);
});

it('passes on that the hub cannot be reached, to who asks', async () => {
  const { ask, isKnown } = hub(() => Promise.reject(new TypeError('unreachable')));
  expect(await isKnown).toBe(false);
  await expect(ask('/session', get)).rejects.toThrow('unreachable');
});
