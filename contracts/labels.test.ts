import { describe, expect, it } from 'vitest';
import { idInCode, labelledIn, labelText } from './labels.ts';
import type { Labelled } from './labels.ts';

describe('a label', () => {
  it.each<[Labelled, string]>([
    [{ of: 'device', id: 'btn-0042' }, 'https://hub.example/d/btn-0042'],
    [{ of: 'device', id: '00:15:8d:0001' }, 'https://hub.example/d/00%3A15%3A8d%3A0001'],
    [{ of: 'gateway', id: 'gw-1' }, 'https://hub.example/g/gw-1'],
    [{ of: 'dwelling', id: 'w_17' }, 'https://hub.example/h/w_17'],
  ])('holds %j as an address and is read back', (labelled, text) => {
    expect(labelText('https://hub.example', labelled)).toBe(text);
    expect(labelledIn(text)).toEqual(labelled);
    expect(labelledIn(text.replace('https://hub.example', 'http://10.0.0.7:8080'))).toEqual(labelled);
  });

  it.each([
    'https://hub.example/x/btn',
    'https://hub.example/d/',
    'https://hub.example/d/%E0%A4%A',
    'https://hub.example/d/a%2Fb',
    'https://hub.example/d/a?secret=b',
    'javascript:alert(1)//d/a',
    'btn-0042',
  ])('%s is none', (text) => {
    expect(labelledIn(text)).toBeUndefined();
  });

  it("gives an identifier also of a maker's serial number, and nothing of any other text", () => {
    expect(idInCode('https://hub.example/d/btn-0042')).toBe('btn-0042');
    expect(idInCode(' SN2291:0042 ')).toBe('SN2291:0042');
    expect(idInCode('WIFI:S:home;P:hunter2;;')).toBeUndefined();
    expect(idInCode('https://maker.example/manual')).toBeUndefined();
  });
});
