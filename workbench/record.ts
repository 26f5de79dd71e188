import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { commissioningRecordSchema, signedContentSchema } from '@carebell/contracts/commissioning.ts';
import { commissioningOf } from './commission.ts';
import { done, notDone, UsageError } from './desk.ts';
import type { Desk, Outcome } from './desk.ts';
import type { Hub } from './hub.ts';
import { recordPage } from './record-page.ts';

export type RecordOptions = { out?: string };

const run = promisify(execFile);
const printWithinMs = 60_000;
/** What may print a page to PDF, tried in this order. */
const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'chrome', 'msedge'];

/** The signed record: word for word as JSON, or as a page, or as the PDF that a browser at hand makes of that. */
export async function saveRecord(
  hub: Hub,
  wish: string,
  { out }: RecordOptions,
  desk: Desk,
): Promise<Outcome> {
  const { texts } = desk;
  const { id } = await commissioningOf(hub, wish);
  const record = await hub.get(`/commissionings/${id}/record`, commissioningRecordSchema);
  const verdict = record.content === null ? texts.erased : record.holds ? texts.holds : texts.broken;
  const lines = [`SHA-256 ${record.sha256}`, verdict];
  if (out !== undefined) {
    if (record.content === null) return notDone(record, lines);
    const page = () => {
      const content = signedContentSchema.parse(JSON.parse(record.content ?? ''));
      return recordPage({ record, content, timeZone: hub.session.hub.timeZone, texts });
    };
    if (out.endsWith('.pdf')) await print(page(), resolve(out), desk);
    else if (out.endsWith('.html')) await writeFile(out, page());
    else if (out.endsWith('.json')) await writeFile(out, `${JSON.stringify(record, null, 2)}\n`);
    else throw new UsageError(texts.oneOf('.pdf, .html, .json'));
    lines.push(texts.recordWritten(out));
  }
  const json = { ...record, ...(out === undefined ? {} : { file: out }) };
  return record.holds ? done(json, lines) : notDone(json, lines);
}

async function print(page: string, out: string, { env, texts }: Desk): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'carebell-record-'));
  const source = join(folder, 'record.html');
  const named = env['CAREBELL_BROWSER'];
  const options = [
    '--headless',
    '--disable-gpu',
    '--no-pdf-header-footer',
    `--user-data-dir=${folder}`,
    // Chromium refuses its sandbox to root; what it shows is the page that was just written here, without scripts.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--print-to-pdf=${out}`,
    pathToFileURL(source).href,
  ];
  try {
    await writeFile(source, page, { mode: 0o600 });
    for (const browser of named === undefined ? browsers : [named]) {
      if (await printed(browser, options)) return;
    }
    throw new UsageError(texts.noBrowser);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** `false` where there is no such browser. */
async function printed(browser: string, options: readonly string[]): Promise<boolean> {
  try {
    await run(browser, options, { timeout: printWithinMs });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
