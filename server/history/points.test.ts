import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineOf, nanosecondsOf } from './line-protocol.ts';
import { pointsOf } from './points.ts';
import type { JournalRow } from './points.ts';

const row: JournalRow = {
  seq: 12_345_678,
  atMs: 1_773_446_400_123,
  receivedAtMs: 1_773_446_401_000,
  type: 'event',
  deviceId: 'b1',
  residentId: 'r1',
  stationId: 's1',
  alarmId: null,
  kind: 'button.pressed',
  body: '{"id":"e1","kind":"button.pressed","data":{"key":"help"}}',
  heardBy: null,
  closedState: null,
  pressReceivedAtMs: null,
};
const linesOf = (change: Partial<JournalRow>): string[] => pointsOf({ ...row, ...change }).map(lineOf);

describe('an entry of the journal', () => {
  it('of an event becomes one point with the sequence number in its nanoseconds', () => {
    expect(linesOf({})).toEqual([
      String.raw`event,device=b1,resident=r1,station=s1,kind=button.pressed seq=12345678i,delay_ms=877i,data="{\"key\":\"help\"}" 1773446400123345678`,
    ]);
  });

  it('of a kind outside the contract keeps its word as a value and not as a tag', () => {
    const [line] = linesOf({ kind: 'frobnicated', body: '{"id":"e","kind":"frobnicated"}' });
    expect(line).toContain(',kind=unknown ');
    expect(line).toContain('unknown_kind="frobnicated"');
  });

  it('of a reading keeps every number as a float, under a name that the store takes', () => {
    const body =
      '{"battery":80,"rssi":-71.5,"温度":21.5,"a b,c=d":1,"time":3,"device":4,"__proto__":5,"at":"x"}';
    expect(linesOf({ type: 'reading', kind: null, body })).toEqual([
      'reading,device=b1,resident=r1,station=s1 battery=80,rssi=-71.5,温度=21.5,a_b_c_d=1,time_=3,device_=4,__proto__=5 1773446400123345678',
    ]);
  });

  it('of a reading without a number becomes nothing', () => {
    expect(linesOf({ type: 'reading', body: '{"at":"2026-01-01T00:00:00Z"}' })).toEqual([]);
  });

  it('of a gateway keeps truths as 0 and 1, and texts under names of their own', () => {
    const body = '{"up":true,"load":0.5,"version":"1.2"}';
    expect(linesOf({ type: 'health', residentId: null, deviceId: 'g1', body })).toEqual([
      'gateway_health,device=g1,station=s1 up=1,load=0.5,version_text="1.2" 1773446400123345678',
    ]);
  });

  it('of an availability says online or not', () => {
    expect(
      linesOf({
        type: 'availability',
        kind: 'offline',
        residentId: null,
        body: '{"of":"device","cause":"will"}',
      }),
    ).toEqual([
      'availability,device=b1,station=s1,kind=offline seq=12345678i,online=0i,cause="will" 1773446400123345678',
    ]);
  });

  it('that closes an alarm also tells how long each hop took since the press', () => {
    const closedState = JSON.stringify({
      kind: 'help',
      pressedAtMs: 1000,
      raisedAtMs: 1030,
      displayedAtMs: 1200,
      acknowledgedAtMs: 9000,
      closedAtMs: 61_000,
      disposition: 'helped-by-phone',
    });
    const [step, response] = linesOf({
      type: 'alarm',
      kind: 'closed',
      deviceId: null,
      alarmId: 'a1',
      body: '{"step":"closed"}',
      closedState,
      pressReceivedAtMs: 1010,
    });
    expect(step).toContain('alarm_step,resident=r1,station=s1,kind=closed seq=12345678i,alarm="a1"');
    expect(response).toContain(
      'alarm_response,resident=r1,station=s1,kind=help seq=12345678i,alarm="a1",disposition="helped-by-phone",' +
        'received_ms=10i,stored_ms=30i,displayed_ms=200i,acknowledged_ms=8000i,closed_ms=60000i',
    );
  });

  it('of the registry becomes nothing', () => {
    expect(linesOf({ type: 'registry', body: '{}' })).toEqual([]);
  });

  it('becomes the same point when it is followed again', () => {
    expect(pointsOf(row)).toEqual(pointsOf({ ...row }));
  });
});

describe('a line', () => {
  it('stays one line whatever its texts hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, text) => {
        const line = lineOf({
          measurement: 'reading',
          tags: { device: text, resident: null, station: '', kind: null },
          atMs: 1,
          sub: 2,
          fields: { [name || 'x']: text },
        });
        expect(line).not.toMatch(/[\r\n]/);
        expect(line).not.toMatch(/,station=/);
        expect(line.endsWith(' 1000002')).toBe(true);
      }),
    );
  });

  it('has the milliseconds and six more digits as its time', () => {
    expect(nanosecondsOf({ atMs: 1_773_446_400_123, sub: 7 })).toBe('1773446400123000007');
  });
});
