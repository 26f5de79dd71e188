import type { Page } from 'playwright-core';

/** The sizes of screen that every page must fit. */
const sizes = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
] as const;

/** Says of the page what reaches beyond its screen, and which cells of an alarm's row lie upon one another. */
const misfits = `(() => {
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const name = (element) =>
    element.tagName.toLowerCase() + (element.className ? '.' + String(element.className).split(' ')[0] : '') +
    ' "' + (element.textContent ?? '').trim().replace(/[0-9]+/g, '#').slice(0, 30) + '"';
  const scrolls = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(at).overflowX) && at.tagName !== 'MAIN') return true;
    }
    return false;
  };
  /** All that is painted of an element: what is cut ends with its box, what is not reaches as far as its contents. */
  const painted = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const own = { left, top, right, bottom };
    if (getComputedStyle(element).overflowX !== 'visible') return own;
    if (element.clientWidth > 0) own.right = Math.max(right, left + element.scrollWidth);
    for (const child of element.children) {
      if (!shown(child) || getComputedStyle(child).position === 'absolute') continue;
      const box = painted(child);
      own.left = Math.min(own.left, box.left);
      own.right = Math.max(own.right, box.right);
      own.top = Math.min(own.top, box.top);
      own.bottom = Math.max(own.bottom, box.bottom);
    }
    return own;
  };
  const found = [];
  for (const whole of [document.documentElement, ...document.querySelectorAll('main')]) {
    if (whole.scrollWidth > whole.clientWidth + 1) {
      const wide = [...whole.querySelectorAll('*')].find(
        (element) => shown(element) && !scrolls(element) && element.getBoundingClientRect().right > innerWidth + 1,
      );
      found.push(name(whole).split(' ')[0] + ' is wider than the screen by ' + (whole.scrollWidth - whole.clientWidth) + ': ' + (wide ? name(wide) : '?'));
    }
  }
  for (const row of document.querySelectorAll('.row, .alarm-head')) {
    const cells = [...row.children].filter((cell) => shown(cell) && getComputedStyle(cell).position !== 'absolute')
      .map((cell) => ({ cell, box: painted(cell) }))
      .filter(({ cell }) => cell.textContent.trim() !== '');
    for (const [index, one] of cells.entries()) {
      for (const other of cells.slice(index + 1)) {
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (across > 2 && down > 2) found.push(name(one.cell) + ' lies upon ' + name(other.cell));
      }
    }
  }
  return [...new Set(found)];
})()`;

/** What does not fit at one of the sizes; the page is left at the first of them. */
export async function misfitsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const size of [...sizes.slice(1), sizes[0]]) {
    await page.setViewportSize(size);
    // A virtual list and a chart are laid out a frame later.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    for (const misfit of await page.evaluate<string[]>(misfits)) found.push(`${size.width}: ${misfit}`);
  }
  return found;
}
