import { describe, expect, it } from 'vitest';
import { ruleSchema } from './detection.ts';
import { ruleKinds } from './reason.ts';
import type { Reason } from './reason.ts';
import { reasonShort } from './reason-short.ts';

const timeZone = 'Asia/Shanghai';
const inactivity: Reason = {
  rule: 'inactivity',
  ruleId: 'inactivity-day',
  since: '2026-03-03T00:12:00.000Z',
  noticedAt: '2026-03-03T03:52:00.000Z',
  limitMinutes: 210,
};

describe('why a rule spoke, in a row of the wall', () => {
  it('says for how long and since when', () => {
    expect(reasonShort(inactivity, 'zh-CN', timeZone)).toBe('已 3 小时 40 分钟（08:12 起）');
    expect(reasonShort(inactivity, 'en', timeZone)).toBe('3 h 40 min, since 08:12');
  });

  it('names the day where it was another', () => {
    const since = '2026-03-02T15:12:00.000Z';
    expect(reasonShort({ ...inactivity, rule: 'not-back', since }, 'en', timeZone)).toBe(
      '12 h 40 min, since 03-02 23:12',
    );
  });

  it('counts where there is nothing to wait for', () => {
    expect(reasonShort({ ...inactivity, rule: 'not-up', by: '10:00', count: 3 }, 'zh-CN', timeZone)).toBe(
      '到 10:00 只有 3 次活动',
    );
  });

  it('knows every kind of rule that can be written', () => {
    expect(ruleSchema.options.map((option) => option.shape.kind.value)).toEqual([...ruleKinds]);
  });

  it('is short for every kind of rule', () => {
    for (const rule of ruleKinds)
      for (const language of ['zh-CN', 'en'] as const)
        expect(reasonShort({ ...inactivity, rule }, language, timeZone).length).toBeLessThan(32);
  });
});
