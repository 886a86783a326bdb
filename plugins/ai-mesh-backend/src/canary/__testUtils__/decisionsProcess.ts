import { Chance } from './Chance';
import { decisionRows, runRow } from './decisions';
import { seeded } from './seeded';

/** A process that simulates its part of the rows and prints what became of them, as JSON lines. */
const options = JSON.parse(process.argv[2]) as {
  runs: number;
  rows: string[];
  part: number;
  parts: number;
};
const wanted = decisionRows().filter(
  ({ name }) => options.rows.length === 0 || options.rows.includes(name),
);
for (const [order, row] of wanted.entries()) {
  if (order % options.parts === options.part) {
    const result = runRow(row, options.runs, new Chance(seeded(row.seed)));
    process.stdout.write(`${JSON.stringify({ order, ...result })}\n`);
  }
}
