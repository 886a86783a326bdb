import { createInterface } from 'node:readline';
import { Chance } from './Chance';
import { decisionRows, foreseenOf, judgeOf, runRow } from './decisions';
import { seeded } from './seeded';

/** A process that simulates the rows that it is asked for, a JSON line each, and prints what became of them. */
const rows = decisionRows();
process.stdout.write(
  `${JSON.stringify(
    rows.map(row => ({
      name: row.name,
      requestsPerSecond: row.requestsPerSecond,
      judge: judgeOf(row),
    })),
  )}\n`,
);
createInterface({ input: process.stdin }).on('line', async line => {
  const { order, runs } = JSON.parse(line) as { order: number; runs: number };
  const row = rows[order];
  const result = {
    ...runRow(row, runs, new Chance(seeded(row.seed))),
    ...(await foreseenOf(row)),
  };
  process.stdout.write(`${JSON.stringify({ order, ...result })}\n`);
});
