import type { Reason, RuleKind } from './reason.ts';
import { clockOf, dayOf, lengthOf } from './reason-times.ts';
import type { SentenceLanguage } from './reason-times.ts';

type Parts = {
  since: string;
  now: string;
  passed: string;
  limit: string;
  by: string;
  count: string;
  where: string;
};

const sentences: Record<SentenceLanguage, Record<RuleKind, (parts: Parts) => string>> = {
  'zh-CN': {
    inactivity: ({ since, now, passed, limit, where }) =>
      `自 ${since}${where}起到 ${now} 已 ${passed}没有任何活动（规则：${limit}）。`,
    'not-up': ({ by, since, now, count }) =>
      `到 ${by} 还没有起床迹象：${since} 到 ${now} 只有 ${count} 次活动。`,
    'too-much-activity': ({ since, now, count }) =>
      `自 ${since} 到 ${now} 夜间反复活动，共 ${count} 个时段离床活动。`,
    'door-open': ({ since, now, passed, limit, where }) =>
      `门${where}自 ${since} 打开，到 ${now} 已 ${passed}未关（规则：${limit}）。`,
    'door-at-night': ({ since, where }) => `夜间 ${since} 门${where}被打开。`,
    'not-back': ({ since, now, passed, where }) =>
      `${since} 出门${where}后没有回来，到 ${now} 已 ${passed}。`,
    'bathroom-long': ({ since, now, passed, limit }) =>
      `${since} 进入卫生间后再没有在别处出现，到 ${now} 已 ${passed}（规则：${limit}）。`,
    'out-of-bed': ({ since, now, passed, limit }) =>
      `${since} 离床，到 ${now} 已 ${passed}未回床（规则：${limit}）。`,
    'button-not-tested': ({ since, count }) => `自 ${since} 起 ${count} 天没有测试按钮。`,
    'counter-without-use': ({ since, now, passed, count }) =>
      `自 ${since} 到 ${now} 的 ${passed}内用量只有 ${count}。`,
    'sensor-stuck': ({ since, now, passed, where }) =>
      `传感器${where}自 ${since} 到 ${now} 不间断上报 ${passed}，可能卡滞。`,
  },
  en: {
    inactivity: ({ since, now, passed, limit, where }) =>
      `No sign of life since ${since}${where}: ${passed} until ${now} (rule: ${limit}).`,
    'not-up': ({ by, since, now, count }) =>
      `Not up by ${by}: ${count} signs of life between ${since} and ${now}.`,
    'too-much-activity': ({ since, now, count }) =>
      `Up and about again and again at night: ${count} times between ${since} and ${now}.`,
    'door-open': ({ since, now, passed, limit, where }) =>
      `The door${where} has stood open since ${since}: ${passed} until ${now} (rule: ${limit}).`,
    'door-at-night': ({ since, where }) => `The door${where} was opened at night, at ${since}.`,
    'not-back': ({ since, now, passed, where }) =>
      `Went out${where} at ${since} and is not back: ${passed} until ${now}.`,
    'bathroom-long': ({ since, now, passed, limit }) =>
      `Went into the bathroom at ${since} and was seen nowhere else: ${passed} until ${now} (rule: ${limit}).`,
    'out-of-bed': ({ since, now, passed, limit }) =>
      `Left the bed at ${since} and has not come back: ${passed} until ${now} (rule: ${limit}).`,
    'button-not-tested': ({ since, count }) =>
      `The button has not been tested for ${count} days, since ${since}.`,
    'counter-without-use': ({ since, now, passed, count }) =>
      `Only ${count} was used in ${passed}, between ${since} and ${now}.`,
    'sensor-stuck': ({ since, now, passed, where }) =>
      `The sensor${where} has reported without a pause since ${since}: ${passed} until ${now}. It may stick.`,
  },
};

/** Says in one sentence why the hub raised an alarm by itself, with the times by the clock on the wall. */
export function reasonSentence(reason: Reason, language: SentenceLanguage, timeZone: string): string {
  const { room, count = 0, limitMinutes = 0 } = reason;
  const passedMs = Date.parse(reason.noticedAt) - Date.parse(reason.since);
  const isSameDay = dayOf(reason.since, timeZone) === dayOf(reason.noticedAt, timeZone);
  const sentence = sentences[language][reason.rule]({
    since: (isSameDay ? '' : `${dayOf(reason.since, timeZone)} `) + clockOf(reason.since, timeZone),
    now: clockOf(reason.noticedAt, timeZone),
    passed: lengthOf(passedMs / 60_000, language),
    limit: lengthOf(limitMinutes, language),
    by: reason.by ?? '',
    count: String(Math.round(count * 1000) / 1000),
    where: room === undefined || room === '' ? '' : language === 'en' ? ` (${room})` : `（${room}）`,
  });
  const { unknownMinutes = 0 } = reason;
  if (unknownMinutes < 1) return sentence;
  const unknown = lengthOf(unknownMinutes, language);
  return language === 'en'
    ? `${sentence} For ${unknown} of it nothing could be seen.`
    : `${sentence}其中 ${unknown}无法观察。`;
}
