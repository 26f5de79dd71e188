import type { PlacedRule, Rule, RuleOrigin } from '@carebell/contracts/detection.ts';
import { alarmOfRule } from '@carebell/contracts/rule-alarms.ts';
import type { TFunction } from 'i18next';
import { durationText } from '../escalation/duration-text.ts';

const minuteMs = 60_000;

/** What a rule is called: the alarm that it raises. */
export function ruleName(t: TFunction, rule: Pick<Rule, 'kind'> & { raises?: unknown }): string {
  const kind = rule.raises === 'wandering' ? 'wandering' : alarmOfRule[rule.kind];
  return t(`kind.${kind}`);
}

/** When a rule speaks, with its numbers. */
export function ruleWords(t: TFunction, rule: Rule): string {
  const time = (minutes: number): string => durationText(t, minutes * minuteMs);
  switch (rule.kind) {
    case 'inactivity': {
      const { from, to, afterMinutes, inBedAfterMinutes } = rule;
      const said = { from, to, after: time(afterMinutes) };
      return inBedAfterMinutes === null
        ? t('rule.words.inactivity-bed', said)
        : t('rule.words.inactivity', { ...said, inBed: time(inBedAfterMinutes) });
    }
    case 'not-up':
      return t('rule.words.not-up', { ...rule, still: time(rule.stillMinutes) });
    case 'too-much-activity':
      return t('rule.words.too-much-activity', rule);
    case 'door-at-night':
      return rule.afterMinutes === 0
        ? t('rule.words.door-at-night-once', rule)
        : t('rule.words.door-at-night', { ...rule, after: time(rule.afterMinutes) });
    case 'not-back':
      return rule.by === null
        ? t('rule.words.not-back', { after: time(rule.afterMinutes) })
        : t('rule.words.not-back-by', { by: rule.by, after: time(rule.afterMinutes) });
    case 'out-of-bed':
      return t('rule.words.out-of-bed', {
        ...rule,
        after: time(rule.afterMinutes),
        still: time(rule.stillMinutes),
      });
    case 'counter-without-use':
      return t('rule.words.counter-without-use', { ...rule, after: time(rule.afterMinutes) });
    case 'button-not-tested':
      return t('rule.words.button-not-tested', rule);
    case 'door-open':
    case 'bathroom-long':
    case 'sensor-stuck':
      return t(`rule.words.${rule.kind}`, { after: time(rule.afterMinutes) });
  }
}

/** Where a rule comes from; `here` is the organisation whose page it stands on. */
export function originText(t: TFunction, origin: RuleOrigin, here: string): string {
  switch (origin.of) {
    case 'everybody':
      return t('rule.origin.everybody');
    case 'pack':
      return t('rule.origin.pack', { pack: t(`riskGroup.${origin.pack}`) });
    case 'organisation':
      return origin.organisationId === here
        ? t('rule.origin.here')
        : t('rule.origin.organisation', {
            level: t(`level.${origin.level}`),
            name: origin.organisationName,
          });
    case 'resident':
      return t('rule.origin.resident');
  }
}

/** Whether a rule was changed here, so that it can be restored. */
export function isOwn({ origin }: Pick<PlacedRule, 'origin'>, here: string): boolean {
  return origin.of === 'resident' || (origin.of === 'organisation' && origin.organisationId === here);
}
