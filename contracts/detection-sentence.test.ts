import { expect, it } from 'vitest';
import { ruleKinds } from './detection.ts';
import type { Reason } from './detection.ts';
import { reasonSentence } from './detection-sentence.ts';

const reason: Reason = {
  rule: 'inactivity',
  ruleId: 'inactivity-day',
  since: '2026-03-14T01:12:00Z',
  noticedAt: '2026-03-14T05:17:00Z',
  limitMinutes: 240,
  room: '客厅',
};

it('says with the times why an alarm was raised, in both languages', () => {
  expect(reasonSentence(reason, 'zh-CN', 'Asia/Shanghai')).toBe(
    '自 09:12（客厅）起到 13:17 已 4 小时 5 分钟没有任何活动（规则：4 小时）。',
  );
  expect(reasonSentence({ ...reason, unknownMinutes: 5 }, 'en', 'Asia/Shanghai')).toBe(
    'No sign of life since 09:12 (客厅): 4 h 5 min until 13:17 (rule: 4 h). For 5 min of it nothing could be seen.',
  );
});

it('names the day where it began on another one', () => {
  const since = '2026-03-13T15:00:00Z';
  expect(reasonSentence({ ...reason, rule: 'out-of-bed', since }, 'en', 'Asia/Shanghai')).toContain(
    '03-13 23:00',
  );
});

it.each(ruleKinds)('has words for %s in both languages', (rule) => {
  for (const language of ['zh-CN', 'en'] as const)
    expect(reasonSentence({ ...reason, rule }, language, 'UTC').length).toBeGreaterThan(8);
});
