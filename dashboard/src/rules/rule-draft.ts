import { ruleSchema } from '@carebell/contracts/detection.ts';
import type { PackName, PlacedRule, RuleChange, RuleKind } from '@carebell/contracts/detection.ts';
import { firstOf } from './rule-fields.ts';

/** A rule while it is changed: its numbers may be wrong, and it may be switched off. */
export type RuleDraft = {
  /** Which of the own entries it replaces, as {@link keyOf} says; `null`: none. */
  was: string | null;
  isOff: boolean;
  /** As it is typed, by the contract's names. */
  rule: Record<string, unknown> & { id: string; kind: RuleKind };
};

/** One entry for each rule and those for whom it is, however the list has changed meanwhile. */
function keyOf({ id, groups = [] }: Pick<RuleChange, 'id' | 'groups'>): string {
  return `${id} ${groups.join()}`;
}

/** The own entry that made this rule; `undefined` if it is inherited. Of several for the same people the last holds. */
export function ownOf(
  own: readonly RuleChange[],
  { rule, isOff, origin }: PlacedRule,
  here: { id: string; pack: PackName | null },
): RuleChange | undefined {
  const isHere =
    origin.of === 'resident' || (origin.of === 'organisation' && origin.organisationId === here.id);
  if (!isHere) return undefined;
  if (!isOff) return own.findLast((change) => keyOf(change) === keyOf(rule));
  return own.findLast(
    ({ id, groups }) =>
      id === rule.id && (groups === undefined || (here.pack !== null && groups.includes(here.pack))),
  );
}

/** Begins to change a rule: the own entry, or another in the place of what is inherited, for this risk group. */
export function draftOf(
  own: readonly RuleChange[],
  placed: PlacedRule,
  here: { id: string; pack: PackName | null },
): RuleDraft {
  const known = ownOf(own, placed, here);
  const { groups: _, ...rule } = placed.rule;
  const groups = known ? known.groups : here.pack === null ? undefined : [here.pack];
  return {
    was: known ? keyOf(known) : null,
    isOff: placed.isOff,
    rule: { ...rule, ...(groups ? { groups } : {}) },
  };
}

/** A further rule of a kind, with an identifier that none has. */
export function newDraft(kind: RuleKind, taken: Iterable<string>, pack: PackName | null): RuleDraft {
  const ids = new Set(taken);
  let n = 1;
  while (ids.has(`${kind}-${n}`)) n += 1;
  const groups = pack === null ? {} : { groups: [pack] };
  return { was: null, isOff: false, rule: { id: `${kind}-${n}`, kind, ...firstOf[kind], ...groups } };
}

export type WrongField = { field: string; least?: number; most?: number };

/** The own entries as they would be, or what is wrong with the draft. */
export function changedBy(
  own: readonly RuleChange[],
  { was, isOff, rule }: RuleDraft,
): { ok: true; rules: RuleChange[] } | { ok: false; wrong: WrongField[] } {
  const groups = Array.isArray(rule['groups']) ? { groups: rule['groups'] as PackName[] } : {};
  if (isOff) return { ok: true, rules: replaced(own, was, { id: rule.id, isOff: true, ...groups }) };
  const parsed = ruleSchema.safeParse(rule);
  if (parsed.success) return { ok: true, rules: replaced(own, was, parsed.data) };
  const wrong = parsed.error.issues.map((issue): WrongField => {
    const field = issue.path.join('.');
    if (issue.code === 'too_small') return { field, least: Number(issue.minimum) };
    if (issue.code === 'too_big') return { field, most: Number(issue.maximum) };
    return { field };
  });
  return { ok: false, wrong };
}

/** In its old place or at the end; what was there for the same people before goes. */
function replaced(own: readonly RuleChange[], was: string | null, change: RuleChange): RuleChange[] {
  const place = own.findLastIndex((one) => keyOf(one) === (was ?? keyOf(change)));
  const next = place === -1 ? [...own, change] : own.with(place, change);
  return next.filter((one) => one === change || keyOf(one) !== keyOf(change));
}

/** The own entries without the one that made this rule. */
export function withoutOwn(own: readonly RuleChange[], gone: RuleChange | undefined): RuleChange[] {
  return own.filter((change) => change !== gone);
}

/** The draft with one field entered anew. */
export function withField(draft: RuleDraft, field: string, value: unknown): RuleDraft {
  const { [field]: _, ...rest } = draft.rule;
  const rule = value === undefined ? rest : { ...draft.rule, [field]: value };
  return { ...draft, rule: rule as RuleDraft['rule'] };
}
