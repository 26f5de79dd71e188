import { launchBrowser } from './browser/station-page.ts';
import { pictureCommunity } from './pictures/lived-community.ts';
import { pictureStation } from './pictures/station-scene.ts';
import { serviceOrSkip } from './services.ts';

/** Takes the pictures of README and docs anew, of invented people, into `docs/screens`: `node e2e/screens.ts`. */
const chromium = serviceOrSkip('chromium');
if (chromium !== undefined) {
  const browser = await launchBrowser(chromium, ['--lang=zh-CN']);
  await pictureStation(browser);
  await pictureCommunity(browser);
  await browser.close();
}
