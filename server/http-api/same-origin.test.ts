import { describe, expect, it } from 'vitest';
import { isSameOrigin } from './same-origin.ts';
import type { OriginHeaders } from './same-origin.ts';

const host = 'hub.example:8080';

describe('a request comes from our own pages', () => {
  const cases: [what: string, headers: OriginHeaders, isOurs: boolean][] = [
    ['from a program that is no browser', { host }, true],
    ['with our origin', { host, origin: 'http://hub.example:8080' }, true],
    [
      'with our origin in other letters',
      { host: 'Hub.Example:8080', origin: 'http://hub.example:8080' },
      true,
    ],
    ['with our origin on its default port', { host: 'hub.example', origin: 'https://hub.example' }, true],
    ['with another origin', { host, origin: 'http://evil.example' }, false],
    ['with our name on another port', { host, origin: 'http://hub.example:9090' }, false],
    ['with our name as part of another', { host, origin: 'http://hub.example.evil.example:8080' }, false],
    ['with the origin of a sandboxed page', { host, origin: 'null' }, false],
    ['with an origin and no host', { origin: 'http://hub.example:8080' }, false],
    [
      'that the browser calls same-origin',
      { host, origin: 'http://proxy.example', secFetchSite: 'same-origin' },
      true,
    ],
    ['that the browser calls typed by the user', { host, secFetchSite: 'none' }, true],
    ['that the browser calls cross-site', { host, secFetchSite: 'cross-site' }, false],
    [
      'that the browser calls same-site',
      { host, origin: 'http://hub.example:8080', secFetchSite: 'same-site' },
      false,
    ],
  ];
  for (const [what, headers, isOurs] of cases) {
    it(`${isOurs ? 'yes' : 'no'}: ${what}`, () => expect(isSameOrigin(headers)).toBe(isOurs));
  }
});
