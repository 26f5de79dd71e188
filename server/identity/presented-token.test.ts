import { describe, expect, it } from 'vitest';
import { presentedToken } from './presented-token.ts';
import type { Credentials } from './presented-token.ts';

const token = 'a'.repeat(43);

describe('what a request presents', () => {
  const cases: [what: string, credentials: Credentials, of: string | undefined][] = [
    ['nothing', {}, undefined],
    ['an empty cookie header', { cookie: '' }, undefined],
    ['the session cookie alone', { cookie: `carebell_session=${token}` }, 'session'],
    ['the session cookie among others', { cookie: `a=b; carebell_session=${token}; c=d` }, 'session'],
    ['a cookie whose name ends like ours', { cookie: `not_carebell_session=${token}` }, undefined],
    ['a cookie too short to be ours', { cookie: 'carebell_session=short' }, undefined],
    ['a cookie with other characters', { cookie: `carebell_session=${token}"<` }, undefined],
    ['a bearer token', { authorization: `Bearer ${token}` }, 'token'],
    ['a bearer token in small letters', { authorization: `bearer ${token}` }, 'token'],
    ['a basic authorization', { authorization: `Basic ${token}` }, undefined],
    [
      'a bad authorization beside a good cookie',
      { authorization: 'x', cookie: `carebell_session=${token}` },
      undefined,
    ],
  ];
  for (const [what, credentials, of] of cases) {
    it(`${what} is ${of ?? 'nobody'}`, () => {
      expect(presentedToken(credentials)).toEqual(of === undefined ? undefined : { of, token });
    });
  }
});
