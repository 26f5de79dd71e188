import { setTimeout as pass } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { serviceOrSkip } from '../services.ts';

export type WallFigures = {
  /** [time of the machine, emergencies that the wall counts], at each frame that shows another number. */
  counted: [number, number][];
  /** Between two frames; 16.7 where nothing holds the page up. */
  frameMs: { p99: number; most: number };
  /** Work that held the page up for more than 50 ms, in all and the longest. */
  longTasks: { count: number; mostMs: number };
  /** From a key's press to the paint that followed, as the browser tells it; what is under 16 ms counts as 16. */
  keyMs: { count: number; p50: number; p98: number; most: number };
  heapMb: number;
};

export type WallWatch = {
  /** From here on, with a key pressed all the while. */
  begin(): Promise<void>;
  end(): Promise<WallFigures>;
  picture(file: string): Promise<void>;
  close(): Promise<void>;
};

/** Six keys a second: an operator who works in the midst of it. */
const keyEveryMs = 160;
const shortestEventMs = 16;

/** Runs in the page. A frame callback sees what is painted with its frame. */
const watcher = `(() => {
  const seen = { frames: [], counted: [], tasks: [], keys: [] };
  globalThis.carebellSeen = seen;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.tasks.push(duration);
  }).observe({ type: 'longtask' });
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'keydown') seen.keys.push(duration);
  }).observe({ type: 'event', durationThreshold: ${shortestEventMs} });
  let last = performance.now();
  let number = -1;
  const frame = (now) => {
    seen.frames.push(now - last);
    last = now;
    const text = document.querySelector('[data-testid="tally-emergency"] small')?.textContent ?? '';
    const all = Number(text.replace(/\\D/g, ''));
    if (all !== number) seen.counted.push([performance.timeOrigin + performance.now(), (number = all)]);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})()`;
type Seen = { frames: number[]; counted: [number, number][]; tasks: number[]; keys: number[] };

/** The wall of a care station in a real Chromium; `undefined` where there is none. */
export async function openWallWatch(
  url: string,
  { name, password }: { name: string; password: string },
): Promise<WallWatch | undefined> {
  const executablePath = serviceOrSkip('chromium');
  if (executablePath === undefined) return undefined;
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--mute-audio'],
  });
  const context = await browser.newContext({
    viewport: { width: 1920, height: 1080 },
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await page.goto(url);
  await page.getByTestId('login-name').fill(name);
  await page.getByTestId('login-password').fill(password);
  await page.getByTestId('login-submit').click();
  await page.locator('[data-testid="feed-state"][data-state="live"]').waitFor();

  const keys = { pressed: 0, isHeld: true };
  let typing: Promise<void> = Promise.resolve();
  async function type(): Promise<void> {
    for (; !keys.isHeld; keys.pressed += 1) {
      await page.keyboard.press(keys.pressed % 8 < 5 ? 'ArrowDown' : 'ArrowUp');
      await pass(keyEveryMs);
    }
  }

  return {
    async begin() {
      await page.evaluate(watcher);
      keys.isHeld = false;
      typing = type();
    },
    async end() {
      keys.isHeld = true;
      await typing;
      const { frames, counted, tasks, keys: slow } = await page.evaluate<Seen>('globalThis.carebellSeen');
      const heapMb = await page.evaluate<number>('performance.memory.usedJSHeapSize / 1e6');
      const quick = Array.from({ length: Math.max(0, keys.pressed - slow.length) }, () => shortestEventMs);
      const [sorted, keyMs] = [frames, [...quick, ...slow]].map((values) => values.toSorted((a, b) => a - b));
      return {
        counted,
        frameMs: { p99: at(sorted, 0.99), most: at(sorted, 1) },
        longTasks: { count: tasks.length, mostMs: Math.max(0, ...tasks) },
        keyMs: { count: keys.pressed, p50: at(keyMs, 0.5), p98: at(keyMs, 0.98), most: at(keyMs, 1) },
        heapMb: Math.round(heapMb),
      };
    },
    picture: async (file) => void (await page.screenshot({ path: file })),
    close: () => browser.close(),
  };
}

function at(sorted: readonly number[] = [], part: number): number {
  return sorted[Math.ceil(part * sorted.length) - 1] ?? Number.NaN;
}
