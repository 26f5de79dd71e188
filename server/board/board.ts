import { boardCasesAtMost } from '@carebell/contracts/boards.ts';
import type { Board, BoardPart } from '@carebell/contracts/boards.ts';
import { instant } from '../clock.ts';
import type { OrganisationEntry } from '../device/directory.ts';
import { isCounted } from '../report/numbers.ts';
import type { BoardFacts, Place } from './board-facts.ts';
import { noFacts, partsOf } from './board-facts.ts';
import { boardNumbers } from './board-numbers.ts';

type Tree = {
  /** All of them; the order in which they are shown follows from their names. */
  organisations: Iterable<OrganisationEntry>;
  /** An organisation and all above it, nearest first. */
  lineage(organisationId: string | null): readonly { id: string }[];
};

/** The children of an organisation and the rest, each with the numbers of the facts that lie in it. */
export function childrenOf(
  organisation: { id: string; isStation: boolean },
  facts: BoardFacts,
  tree: Tree,
  nowMs: number,
): BoardPart[] {
  if (organisation.isStation) return gridsOf(facts, nowMs);
  const children = [...tree.organisations].filter(({ parentId }) => parentId === organisation.id);
  const ids = new Set(children.map(({ id }) => id));
  const childAbove = ({ organisationId }: Place): string | null =>
    tree.lineage(organisationId).find(({ id }) => ids.has(id))?.id ?? null;
  const parts = partsOf(facts, childAbove);
  return [
    ...children.toSorted(byName).map(({ id, name, level }): BoardPart => {
      const numbers = boardNumbers(parts.get(id) ?? noFacts, { nowMs, hasUse: true });
      return { of: 'organisation', id, name, level, numbers };
    }),
    ...restOf(parts.get(null), { nowMs, hasUse: true }),
  ];
}

/** The users and screens of a station are no grid's. */
function gridsOf(facts: BoardFacts, nowMs: number): BoardPart[] {
  const parts = partsOf({ ...facts, users: [], stations: [] }, ({ grid }) => grid);
  return [
    ...[...parts]
      .flatMap(([grid, own]) => (grid === null ? [] : [{ name: grid, own }]))
      .toSorted(byName)
      .map(({ name, own }): BoardPart => {
        const numbers = boardNumbers(own, { nowMs, hasUse: false });
        return { of: 'grid', id: name, name, level: null, numbers };
      }),
    ...restOf(parts.get(null), { nowMs, hasUse: false }),
  ];
}

function restOf(facts: BoardFacts | undefined, how: { nowMs: number; hasUse: boolean }): BoardPart[] {
  if (facts === undefined) return [];
  return [{ of: 'rest', id: null, name: '', level: null, numbers: boardNumbers(facts, how) }];
}

/** What somebody has to look at: open alarms first, then those that missed a deadline, each the latest first. */
export function casesToLookAt(facts: BoardFacts): Board['cases'] {
  return facts.cases
    .filter((one) => isCounted(one) && (one.closedAtMs === null || one.missed.length > 0))
    .toSorted(
      (a, b) =>
        Number(b.closedAtMs === null) - Number(a.closedAtMs === null) ||
        b.pressedAtMs - a.pressedAtMs ||
        a.alarmId.localeCompare(b.alarmId),
    )
    .slice(0, boardCasesAtMost)
    .map(({ alarmId, kind, priority, pressedAtMs, closedAtMs, missed }) => ({
      alarmId,
      kind,
      priority,
      pressedAt: instant(pressedAtMs),
      isOpen: closedAtMs === null,
      missed: missed.length,
    }));
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name, 'zh-CN', { numeric: true });
}
