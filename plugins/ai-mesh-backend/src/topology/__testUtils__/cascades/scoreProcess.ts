import { scoreCascades } from './scoreCascades';

const [, , seeds, sinceSeconds] = process.argv;
process.stdout.write(
  `${JSON.stringify(
    scoreCascades(
      Number(seeds),
      sinceSeconds === undefined ? undefined : Number(sinceSeconds),
    ),
  )}\n`,
);
