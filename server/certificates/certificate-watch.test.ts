import { describe, expect, it } from 'vitest';
import { makeAuthority, makeServerPair } from '../local-ca/certificates.ts';
import { watchCertificates } from './certificate-watch.ts';
import { fingerprintsIn } from './tls-files.ts';
import type { TlsTexts } from './tls-files.ts';

const files = { cert: 'cert', key: 'key', ca: 'ca', revoked: 'revoked' };
const at = { names: ['hub'], addresses: [] };

async function watched() {
  const authority = await makeAuthority('CA', Date.now());
  const [first, second] = [
    await makeServerPair(authority, at, Date.now()),
    await makeServerPair(authority, at, Date.now()),
  ];
  const stored: Record<string, string | undefined> = { ...first, ca: authority.cert, revoked: '' };
  const renewed: TlsTexts[] = [];
  const events: string[] = [];
  let look = (): void => undefined;
  watchCertificates(
    {
      files,
      read(path) {
        const text = stored[path];
        if (text === undefined) throw new Error(`no file ${path}`);
        return text;
      },
      clock: {
        every(_, action) {
          look = action;
          return () => undefined;
        },
      },
      renew: (tls) => void renewed.push(tls),
      told: (event) => void events.push(event),
    },
    { ...first, ca: authority.cert, revoked: [] },
  );
  return { stored, second, renewed, events, look: () => look() };
}

describe('certificates in place', () => {
  it('are left alone as long as nothing has changed', async () => {
    const { look, renewed } = await watched();
    look();
    expect(renewed).toEqual([]);
  });

  it('are taken up when both the certificate and its key are there, and not between the two', async () => {
    const { stored, second, renewed, events, look } = await watched();
    stored['key'] = second.key;
    look();
    look();
    expect({ renewed, events }).toEqual({ renewed: [], events: ['tls.not-renewed'] });
    stored['cert'] = second.cert;
    look();
    look();
    expect(renewed).toMatchObject([second]);
    expect(events).toEqual(['tls.not-renewed', 'tls.renewed']);
  });

  it('that are gone leave the ones in use', async () => {
    const { stored, renewed, events, look } = await watched();
    stored['cert'] = undefined;
    look();
    expect({ renewed, events }).toEqual({ renewed: [], events: ['tls.not-renewed'] });
  });

  it('are renewed by a new line in the list of revoked ones too', async () => {
    const { stored, renewed, look } = await watched();
    stored['revoked'] = `${'ab'.repeat(32)} lost on the way\n`;
    look();
    expect(renewed[0]?.revoked).toEqual(['AB', ...Array<string>(31).fill('AB')].join(':').split('\n'));
  });
});

it.each([
  ['AB:'.repeat(31) + 'AB', 1],
  [`${'ab'.repeat(32)}  b1, stolen`, 1],
  ['# a note', 0],
  ['ab:cd', 0],
  ['', 0],
])('the line "%s" names %i certificates', (line, count) => {
  expect(fingerprintsIn(line)).toHaveLength(count);
});
