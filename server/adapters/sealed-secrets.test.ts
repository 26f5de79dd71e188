import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSecretKey } from './sealed-secrets.ts';

const dir = mkdtempSync(join(tmpdir(), 'carebell-key-'));
afterAll(() => rmSync(dir, { recursive: true }));

describe('the secrets of channels', () => {
  it('are sealed with a key that only the owner of the data directory may read', () => {
    const file = join(dir, 'secret.key');
    const key = openSecretKey(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const sealed = key.seal('channel-1', { password: 'hunter2' });
    expect(sealed).not.toContain('hunter2');
    expect(key.seal('channel-1', { password: 'hunter2' })).not.toBe(sealed);
    expect(openSecretKey(file).unseal('channel-1', sealed)).toEqual({ password: 'hunter2' });
  });

  it('cannot be opened as those of another channel, nor changed, nor opened with another key', () => {
    const key = openSecretKey(join(dir, 'secret.key'));
    const sealed = key.seal('channel-1', { password: 'hunter2' });
    const changed = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`;
    expect(key.unseal('channel-2', sealed)).toBeUndefined();
    expect(key.unseal('channel-1', changed)).toBeUndefined();
    expect(openSecretKey(join(dir, 'other.key')).unseal('channel-1', sealed)).toBeUndefined();
  });

  it('are never sealed with a broken key file', () => {
    const file = join(dir, 'short.key');
    writeFileSync(file, 'short');
    expect(() => openSecretKey(file)).toThrow(/32 octets/);
    expect(readFileSync(file, 'utf8')).toBe('short');
  });

  it('and signatures have keys of their own, derived for each purpose', () => {
    const key = openSecretKey(join(dir, 'secret.key'));
    expect(key.sign('responder-link', 'abc')).toHaveLength(22);
    expect(key.sign('responder-link', 'abc')).toBe(key.sign('responder-link', 'abc'));
    expect(key.sign('sms-report', 'abc')).not.toBe(key.sign('responder-link', 'abc'));
  });
});
