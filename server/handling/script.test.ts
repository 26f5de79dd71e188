import { alarmKindNames } from '@carebell/contracts/alarm-kinds.ts';
import { answersTo } from '@carebell/contracts/script-answers.ts';
import { scriptSchema } from '@carebell/contracts/handling.ts';
import type { Script } from '@carebell/contracts/handling.ts';
import { describe, expect, it } from 'vitest';
import { defaultScripts } from './default-scripts.ts';
import { alarmScript, scriptFor } from './script.ts';

const contact = (name: string, hasKey = false) => ({
  name,
  relation: '邻居',
  phone: `1390000000${name}`,
  hasKey,
});
const resident = {
  name: '王秀英',
  phone: '13900000502',
  contacts: [contact('1'), contact('2', true)],
  handlingNotes: ' 院里有狗 \n\n听力差',
};
const keys = (kind: 'help' | 'taxi', of: typeof resident | null) =>
  alarmScript(scriptFor(kind), { resident: of }).steps.map(({ key }) => key);

describe('the hub’s own scripts', () => {
  it('are scripts, written in both languages, one for every kind of alarm', () => {
    for (const script of defaultScripts) {
      expect(scriptSchema.safeParse(script).error?.issues).toBeUndefined();
      for (const { text } of script.steps) expect(text['zh-CN'] !== '' && text.en !== '').toBe(true);
    }
    for (const kind of alarmKindNames) expect(scriptFor(kind).steps.length).toBeGreaterThan(2);
  });

  it('lead from every answer to a step that is there', () => {
    for (const script of defaultScripts) {
      for (const of of [resident, { ...resident, contacts: [] }, null]) {
        const { steps } = alarmScript(script, { resident: of });
        for (const step of steps)
          for (const [answer, key] of Object.entries(step.goesTo ?? {})) {
            expect(answersTo(step)).toContain(answer);
            expect(steps.map((one) => one.key)).toContain(key);
          }
      }
    }
  });
});

describe('the script that an alarm goes by', () => {
  const named = (name: string, kinds: Script['kinds']): Script => ({
    name,
    kinds,
    steps: [{ key: 'only', action: 'do', text: { 'zh-CN': name, en: '' } }],
  });

  it('is the nearest that fits; there, one that names the kind', () => {
    const station = [named('all', []), named('help', ['help'])];
    expect(scriptFor('help', [station]).name).toBe('help');
    expect(scriptFor('taxi', [station]).name).toBe('all');
    expect(scriptFor('taxi', [[named('help', ['help'])], [named('above', [])]]).name).toBe('above');
    expect(scriptFor('taxi', [[], []]).name).toBe('service');
  });

  it('begins with the lines of the resident’s own record', () => {
    expect(keys('help', resident).slice(0, 3)).toEqual(['resident.1', 'resident.2', 'resident']);
  });

  it('calls the contacts one after another, and then goes on', () => {
    const { steps } = alarmScript(scriptFor('help'), { resident });
    const [first, second] = steps.filter(({ key }) => key.startsWith('contacts.'));
    expect(first).toMatchObject({
      person: { name: '1', hasKey: false },
      goesTo: { 'no-answer': 'contacts.2', refused: 'contacts.2', coming: 'access' },
    });
    expect(second).toMatchObject({ person: { name: '2', hasKey: true }, goesTo: { coming: 'access' } });
    expect(second?.goesTo).not.toHaveProperty('no-answer');
    expect(steps.find(({ key }) => key === 'danger')?.goesTo).toMatchObject({ no: 'contacts.1' });
  });

  it('calls keyholders only where it says so, 120 by its number, and says when there is nobody to call', () => {
    const script: Script = {
      name: 'x',
      kinds: [],
      steps: [
        { key: 'keys', action: 'call', whom: 'keyholders', text: { 'zh-CN': '钥匙', en: '' } },
        { key: 'help', action: 'call', whom: 'ambulance', text: { 'zh-CN': '急救', en: '' } },
      ],
    };
    const without = { ...resident, handlingNotes: '' };
    expect(alarmScript(script, { resident: without }).steps).toMatchObject([
      { key: 'keys.1', person: { name: '2' } },
      { key: 'help', person: { phone: '120' } },
    ]);
    expect(alarmScript(script, { resident: null }).steps).toMatchObject([
      { key: 'keys', person: null },
      { key: 'help', person: { phone: '120' } },
    ]);
  });
});
