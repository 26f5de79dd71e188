import type { Locator, Page } from 'playwright-core';

/** A stroke by mouse, which a box to sign in takes like a finger's. */
export async function signByHand(page: Page, box: Locator): Promise<void> {
  await box.scrollIntoViewIfNeeded();
  const at = await box.boundingBox();
  if (!at) throw new Error('there is nothing to sign in');
  await page.mouse.move(at.x + 30, at.y + 40);
  await page.mouse.down();
  for (let step = 1; step <= 12; step += 1)
    await page.mouse.move(at.x + 30 + step * 18, at.y + 60 + 25 * Math.sin(step));
  await page.mouse.up();
}
