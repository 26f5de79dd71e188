import { ruleKinds, ruleSchema } from '@carebell/contracts/detection.ts';
import type { PlacedRule, RuleChange } from '@carebell/contracts/detection.ts';
import { describe, expect, it } from 'vitest';
import { changedBy, draftOf, newDraft, withField } from './rule-draft.ts';
import { fieldsOf } from './rule-fields.ts';

const bathroom = { id: 'bathroom-long', kind: 'bathroom-long', afterMinutes: 90 } as const;
const ofPack: PlacedRule = {
  rule: bathroom,
  isOff: false,
  origin: { of: 'pack', pack: 'living-alone' },
  instead: null,
};
const here = 'station';
const ofStation: PlacedRule = {
  ...ofPack,
  rule: { ...bathroom, afterMinutes: 60, groups: ['living-alone'] },
  origin: { of: 'organisation', organisationId: here, organisationName: '站', level: 'station' },
};

describe('a rule that is changed', () => {
  it('stands at first for the risk group in whose list it was found, beside the own ones', () => {
    const own: RuleChange[] = [{ id: 'not-up', isOff: true }];
    const draft = draftOf(own, ofPack, { id: here, pack: 'living-alone' });
    expect(changedBy(own, withField(draft, 'afterMinutes', 70))).toEqual({
      ok: true,
      rules: [own[0], { ...bathroom, afterMinutes: 70, groups: ['living-alone'] }],
    });
  });

  it('replaces the own one where there is one, and keeps for whom it is', () => {
    const own: RuleChange[] = [{ id: 'not-up', isOff: true }, ofStation.rule];
    const draft = draftOf(own, ofStation, { id: here, pack: 'living-alone' });
    expect(draft.was).toBe('bathroom-long living-alone');
    expect(changedBy(own, { ...draft, isOff: true })).toEqual({
      ok: true,
      rules: [own[0], { id: 'bathroom-long', isOff: true, groups: ['living-alone'] }],
    });
  });

  it('of another organisation is left alone', () => {
    expect(draftOf([ofStation.rule], ofStation, { id: 'other', pack: 'living-alone' }).was).toBe(null);
  });

  it('finds its place again when somebody else has changed the list meanwhile', () => {
    const own: RuleChange[] = [{ id: 'not-up', isOff: true }, ofStation.rule];
    const draft = draftOf(own, ofStation, { id: here, pack: 'living-alone' });
    const changed = withField(draft, 'afterMinutes', 50);
    const expected = { ...ofStation.rule, afterMinutes: 50 };
    expect(changedBy([ofStation.rule, own[0]!], changed)).toMatchObject({ rules: [expected, own[0]] });
    expect(changedBy([], changed)).toMatchObject({ rules: [expected] });
  });

  it('for other people takes the place of what stood for them', () => {
    const forDementia = { ...ofStation.rule, groups: ['dementia' as const] };
    const draft = draftOf([ofStation.rule, forDementia], ofStation, { id: here, pack: 'living-alone' });
    expect(changedBy([ofStation.rule, forDementia], withField(draft, 'groups', ['dementia']))).toMatchObject({
      rules: [{ groups: ['dementia'], afterMinutes: 60 }],
    });
  });

  it('says of each wrong field what it may be', () => {
    const draft = draftOf([], ofPack, { id: here, pack: null });
    expect(changedBy([], withField(draft, 'afterMinutes', 2))).toEqual({
      ok: false,
      wrong: [{ field: 'afterMinutes', least: 5 }],
    });
    expect(changedBy([], withField(draft, 'afterMinutes', Number.NaN))).toMatchObject({
      wrong: [{ field: 'afterMinutes' }],
    });
  });
});

it('a new rule of every kind can be saved as it begins, and has a field for all that the contract asks', () => {
  for (const kind of ruleKinds) {
    const draft = newDraft(kind, [`${kind}-1`], null);
    expect(draft.rule.id).toBe(`${kind}-2`);
    expect(changedBy([], draft)).toMatchObject({ ok: true });
    const shape = ruleSchema.options.find((option) => option.shape.kind.value === kind)?.shape ?? {};
    const asked = Object.keys(shape).filter((name) => !['id', 'kind', 'groups'].includes(name));
    expect(fieldsOf[kind].map(({ name }) => name).toSorted()).toEqual(asked.toSorted());
  }
});
