import { createInterface } from 'node:readline';
import { Chance } from './Chance';
import { decisionRows, foreseenOf, runRow } from './decisions';
import { seeded } from './seeded';

/** A process that simulates the rows that it is asked for, a JSON line each, and prints what became of them. */
process.stdout.write(`${JSON.stringify(decisionRows())}\n`);
createInterface({ input: process.stdin }).on('line', async line => {
  const { order, runs } = JSON.parse(line) as { order: number; runs: number };
  const row = decisionRows()[order];
  const result = {
    ...runRow(row, runs, new Chance(seeded(row.seed))),
    ...(await foreseenOf(row)),
  };
  process.stdout.write(`${JSON.stringify({ order, ...result })}\n`);
});
