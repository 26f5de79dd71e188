import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { eventually } from '../eventually.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { logInThrough, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

export const wallLanguages = ['zh-CN', 'en'] as const;
type Words = Record<(typeof wallLanguages)[number], string>;

const pictures = process.env['CAREBELL_TEST_PICTURES'];
const restoredWords = {
  'zh-CN': /✓ 已于 \d\d:\d\d:\d\d 恢复/,
  en: /✓ Restored since \d\d:\d\d:\d\d/,
};
const shownWithinMs = 60_000;

/** The wall of one station in two languages, before which parts of the hub's surroundings fail and come back. */
export type ChainWalls = {
  pages: Record<(typeof wallLanguages)[number], StationPage>;
  alarmsOf(kind: AlarmKind): Promise<AlarmView[]>;
  ready(): Promise<{ status: number; text: string }>;
  /** Stands on both walls with these words, once for each that fails, and not as restored. */
  isOnTheWall(kind: AlarmKind, words: Words, of?: { howMany?: number }): Promise<void>;
  /** Says on both walls since when it is restored, and stays open. */
  isRestoredOnTheWall(kind: AlarmKind, of?: { howMany?: number; presses?: number }): Promise<void>;
  feedState(state: string): Promise<void>;
  banner(words: Words): Promise<void>;
  picture(name: string): Promise<void>;
};

export async function openWalls(browser: Browser, hub: ScenarioHub): Promise<ChainWalls> {
  const open = async (language: (typeof wallLanguages)[number], name: string) => {
    const station = await openStationPage(browser, hub.url, { beforeLoad: speaking(language) });
    await logInThrough(station, name);
    return station;
  };
  const pages = { 'zh-CN': await open('zh-CN', 'li'), en: await open('en', 'zhang') };

  const alarmsOf: ChainWalls['alarmsOf'] = async (kind) =>
    (await hub.admin.get<{ items: AlarmView[] }>('/alarms')).body.items.filter((one) => one.kind === kind);

  async function onBoth(selector: string, hasText?: Words): Promise<void> {
    await Promise.all(
      wallLanguages.map((language) =>
        pages[language].page
          .locator(selector, hasText === undefined ? {} : { hasText: hasText[language] })
          .waitFor(),
      ),
    );
  }

  async function picture(name: string): Promise<void> {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    for (const language of wallLanguages)
      await pages[language].page.screenshot({ path: join(pictures, `${name}-${language}.png`) });
  }

  return {
    pages,
    alarmsOf,
    async ready() {
      const answer = await fetch(`${hub.url}/readyz`);
      return { status: answer.status, text: await answer.text() };
    },
    async isOnTheWall(kind, words, { howMany = 1 } = {}) {
      for (const language of wallLanguages) {
        const row = pages[language].page.locator(`.row[data-kind="${kind}"]`);
        await eventually(async () => {
          expect(await row.locator('.row-kind', { hasText: words[language] }).count()).toBe(howMany);
          expect(await row.locator('[data-mark="restored"]').count()).toBe(0);
        }, shownWithinMs);
        await expect.poll(() => row.count()).toBe(howMany);
      }
      const alarms = await alarmsOf(kind);
      expect(alarms).toHaveLength(howMany);
      for (const alarm of alarms) expect(alarm).toMatchObject({ priority: 'technical', cancelledAt: null });
      await picture(kind);
    },
    async isRestoredOnTheWall(kind, { howMany = 1, presses = 1 } = {}) {
      for (const language of wallLanguages) {
        const marks = pages[language].page.locator(`.row[data-kind="${kind}"] [data-mark="restored"]`);
        await eventually(async () => expect(await marks.count()).toBe(howMany), shownWithinMs);
        for (const text of await marks.allTextContents()) expect(text).toMatch(restoredWords[language]);
      }
      for (const alarm of await alarmsOf(kind)) expect(alarm).toMatchObject({ phase: 'raised', presses });
      await picture(`${kind}-restored`);
    },
    feedState: (state) => onBoth(`[data-testid="feed-state"][data-state="${state}"]`),
    banner: (words) => onBoth('.banner', words),
    picture,
  };
}
