import type { Browser, Page } from 'playwright-core';

/** Where Chromium keeps the Lighthouse of its developer tools, and in it axe as one template literal. */
const bundleUrl = 'devtools://devtools/bundled/third_party/lighthouse/lighthouse-dt-bundle.js';
const firstWords = '/*! axe v';
const wcagLevels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export type Violation = {
  rule: string;
  impact: string;
  help: string;
  /** Where, as a selector, with what axe says of it. */
  places: { selector: string; html: string; why: string }[];
};

/** The source of axe from the browser itself; throws if this Chromium does not carry it. */
export async function readAxe(browser: Browser): Promise<string> {
  const page = await browser.newPage();
  try {
    await page.goto(bundleUrl);
    const bundle = await page.evaluate<string>('document.body.textContent');
    return await page.evaluate<string>(literalIn(bundle));
  } catch (cause) {
    throw new Error(`this Chromium (${browser.version()}) carries no axe at ${bundleUrl}`, { cause });
  } finally {
    await page.close();
  }
}

/** What axe finds wrong on the page as it stands. `rules` narrows it to these. */
export async function axeFindings(page: Page, axe: string, rules?: readonly string[]): Promise<Violation[]> {
  if (!(await page.evaluate<boolean>('typeof axe === "object"'))) await page.evaluate(`${axe};0`);
  const runOnly = rules === undefined ? { type: 'tag', values: wcagLevels } : { type: 'rule', values: rules };
  return page.evaluate<Violation[]>(`
    axe.run(document, ${JSON.stringify({ runOnly, resultTypes: ['violations'] })}).then(({ violations }) =>
      violations.map(({ id, impact, help, nodes }) => ({
        rule: id,
        impact,
        help,
        places: nodes.map(({ target, html, failureSummary }) => ({
          selector: target.join(' '),
          html: html.slice(0, 160),
          why: (failureSummary ?? '').split('\\n').slice(1).join(' ').trim(),
        })),
      })),
    )`);
}

/** From the backtick before axe's first words to the backtick that ends it, both included. */
function literalIn(bundle: string): string {
  const start = bundle.indexOf(`\`${firstWords}`);
  if (start === -1) throw new Error(`no template literal begins with "${firstWords}"`);
  let end = start + 1;
  while (end < bundle.length && bundle[end] !== '`') end += bundle[end] === '\\' ? 2 : 1;
  const literal = bundle.slice(start, end + 1);
  if (!literal.endsWith('`')) throw new Error('the template literal of axe has no end');
  if (/(?<!\\)\$\{/.test(literal)) throw new Error('the template literal of axe is no plain text');
  return literal;
}
