import { inspect } from 'node:util';
import { sandboxCascades, type SandboxKind } from './sandboxCascades';
import { scoreSandbox } from './scoreSandbox';

/** Scores a seed of each kind that the sandbox can play, or of some, and tells each on a line of its own. */
async function main([seed, ...only]: string[]) {
  const playable = Object.keys(sandboxCascades) as SandboxKind[];
  const stranger = only.find(kind => !(kind in sandboxCascades));
  if (stranger !== undefined) {
    throw new Error(
      `The sandbox plays ${playable.join(', ')}, and no "${stranger}"`,
    );
  }
  for (const kind of playable) {
    if (only.length === 0 || only.includes(kind)) {
      const score = await scoreSandbox(kind, Number(seed));
      process.stdout.write(`${JSON.stringify(score)}\n`);
    }
  }
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${inspect(error)}\n`);
  process.exit(1);
});
