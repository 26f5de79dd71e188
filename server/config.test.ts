import { describe, expect, it } from 'vitest';
import { BadSettings, readConfig } from './config.ts';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof BadSettings) return error.problems;
    throw error;
  }
  return [];
}

describe('settings', () => {
  it('have secure defaults: loopback only, no password, no demo', () => {
    expect(readConfig({})).toMatchObject({
      http: { host: '127.0.0.1', port: 8080 },
      mqtt: { host: '127.0.0.1', port: 1883, tlsPort: null },
      chainAt: null,
      tls: null,
      trustProxy: null,
      adminPassword: null,
      timeZone: 'Asia/Shanghai',
      locale: 'zh-CN',
      isDemo: false,
      demoClockMs: null,
    });
  });

  it('name the roles that log in with a code, and no others than there are', () => {
    expect(readConfig({}).requireTotp).toEqual([]);
    expect(readConfig({ CAREBELL_REQUIRE_TOTP: 'administrator, auditor' }).requireTotp).toEqual([
      'administrator',
      'auditor',
    ]);
    expect(problemsOf({ CAREBELL_REQUIRE_TOTP: 'administrator,chief' }).join()).toContain('station-manager');
  });

  it('name by host and port where the hub’s own test enters', () => {
    expect(readConfig({ CAREBELL_CHAIN_MQTT: 'mqtt.example.org:1884' }).chainAt).toEqual({
      host: 'mqtt.example.org',
      port: 1884,
    });
    expect(readConfig({ CAREBELL_CHAIN_MQTT: '[::1]:1883' }).chainAt).toEqual({ host: '::1', port: 1883 });
    expect(problemsOf({ CAREBELL_CHAIN_MQTT: 'mqtt.example.org' }).join()).toContain('host:port');
  });

  it('are listed together when they are wrong, each by its name and with what to do', () => {
    const problems = problemsOf({
      CAREBELL_HTTP_PORT: '99999',
      CAREBELL_TIME_ZONE: 'Mars/Olympus',
      CAREBELL_ADMIN_PASSWORD: 'short',
      CAREBELL_TLS_CERT: '/nowhere.pem',
      CAREBELL_HTPP_HOST: 'x',
      HOME: '/root',
    });
    for (const name of ['HTTP_PORT', 'TIME_ZONE', 'ADMIN_PASSWORD', 'TLS_CERT', 'HTPP_HOST']) {
      expect(problems.filter((problem) => problem.startsWith(`CAREBELL_${name}`))).toHaveLength(1);
    }
    expect(problems).toHaveLength(5);
  });

  it.each(['DATABASE_URL', 'MQTT_URL'])('say that %s is not part of this version', (name) => {
    expect(problemsOf({ [`CAREBELL_${name}`]: 'x://y' })).toEqual([
      expect.stringContaining('not part of this version'),
    ]);
  });

  it.each(['influx:8086', 'ftp://h/d', 'http://h/a/b', 'http://h/d?x=1'])(
    'refuse %s as the address of an InfluxDB, without repeating it',
    (url) => {
      const [problem] = problemsOf({ CAREBELL_INFLUX_URL: url });
      expect(problem).toContain('CAREBELL_INFLUX_URL: use http(s)://user:password@host:8086/database');
      expect(problem).not.toContain(url);
    },
  );

  it.each([
    [{ CAREBELL_MQTT_TLS_PORT: '8883' }, 'needs CAREBELL_TLS_CERT'],
    [{ CAREBELL_DEMO: '1', CAREBELL_HTTP_HOST: '0.0.0.0' }, 'on 127.0.0.1 only'],
    [{ CAREBELL_DEMO_CLOCK: '2026-10-01T00:00:00+08:00' }, 'only the clock of a demo is moved'],
  ])('that contradict each other are refused: %o', (environment, expected) => {
    expect(problemsOf(environment).join('\n')).toContain(expected);
  });

  it('left empty are as if they were not set', () => {
    expect(problemsOf({ CAREBELL_HTTP_PORT: '' })).toEqual([]);
  });

  it('leaves the settings of a bridge in the same environment to the bridge', () => {
    expect(readConfig({ CAREBELL_BRIDGE_SECRET_FILE: '/etc/carebell/secret' }).http.port).toBe(8080);
  });
});
