import { afterAll, beforeAll, expect, it } from 'vitest';
import { faults } from './faults.ts';
import { foundTown } from './founded-town.ts';
import type { Town } from './founded-town.ts';
import { runFault } from './run-fault.ts';

/** A nightly run asks for more rounds, and for all faults; killing has a test of its own in every run. */
const rounds = process.env['CAREBELL_FAULT_ROUNDS'];
const inEveryRun = new Set(['hub-frozen', 'links-half-open', 'disk-full', 'log-torn', 'subscriber-deaf']);
const chosen = faults.filter(({ name }) => rounds !== undefined || inEveryRun.has(name));
const crowd = Number(process.env['CAREBELL_FAULT_CROWD'] ?? 500);
let town: Town;

beforeAll(async () => {
  town = await foundTown(rounds === undefined ? 2_000 : 20_000, crowd);
}, 120_000);
afterAll(() => town.remove());

it.each(chosen.map((fault) => [fault.what, fault] as const))(
  'under load, %s: nothing acknowledged is lost, nothing shown twice, every alarm has a deadline',
  { timeout: 120_000 + Number(rounds ?? 0) * 30_000 },
  async (_, fault) => {
    const report = await runFault(fault, town, Number(rounds ?? fault.rounds));
    if (typeof report === 'string') {
      process.stderr.write(`skipped: ${fault.name}: ${report}\n`);
      return;
    }
    expect(report.broken).toEqual({});
    expect(report.presses).toBeGreaterThan(0);
  },
);
