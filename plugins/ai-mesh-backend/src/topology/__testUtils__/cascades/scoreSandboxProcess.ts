import { cascadeKinds } from './cascades';
import { sandboxCascades } from './sandboxCascades';
import { scoreSandbox } from './scoreSandbox';

/** Scores a seed of each kind that the sandbox can play, or of one, and tells each on a line of its own. */
async function main([seed, only]: string[]) {
  for (const kind of cascadeKinds) {
    if (sandboxCascades[kind] && (only === undefined || only === kind)) {
      const score = await scoreSandbox(kind, Number(seed));
      process.stdout.write(`${JSON.stringify(score)}\n`);
    }
  }
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exit(1);
});
