import { scoreCascades } from './scoreCascades';

const [, , seeds] = process.argv;
process.stdout.write(`${JSON.stringify(scoreCascades(Number(seeds)))}\n`);
