import { readFileSync } from 'node:fs';

const STEP = /<!-- try-install: ([a-z-]+) -->\s*```[a-z]*\n([\s\S]*?)```/g;

/**
 * The blocks that READMEs mark as steps of their installation (`<!-- try-install: name -->` before the code), by name.
 * Throws for a name that occurs twice.
 */
export function readmeSteps(files) {
  const steps = new Map();
  for (const file of files) {
    for (const [, name, code] of readFileSync(file, 'utf8').matchAll(STEP)) {
      if (steps.has(name)) {
        throw new Error(`${file} has a second step ${name}`);
      }
      steps.set(name, code);
    }
  }
  return {
    /** The code of a step. Throws where no README has it. */
    get(name) {
      const code = steps.get(name);
      if (code === undefined) {
        throw new Error(`no README has the step ${name}`);
      }
      return code;
    },
  };
}
