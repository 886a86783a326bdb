import { inspect } from 'node:util';
import { cascadeKinds } from './cascades';
import { sandboxCascades } from './sandboxCascades';
import { scoreSandbox } from './scoreSandbox';

/** Scores a seed of each kind that the sandbox can play, or of some, and tells each on a line of its own. */
async function main([seed, ...only]: string[]) {
  const playable: string[] = cascadeKinds.filter(kind => sandboxCascades[kind]);
  const stranger = only.find(kind => !playable.includes(kind));
  if (stranger !== undefined) {
    throw new Error(
      `The sandbox plays ${playable.join(', ')}, and no "${stranger}"`,
    );
  }
  for (const kind of cascadeKinds) {
    if (sandboxCascades[kind] && (only.length === 0 || only.includes(kind))) {
      const score = await scoreSandbox(kind, Number(seed));
      process.stdout.write(`${JSON.stringify(score)}\n`);
    }
  }
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${inspect(error)}\n`);
  process.exit(1);
});
