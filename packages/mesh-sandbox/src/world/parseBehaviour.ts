import { z } from 'zod';
import { Behaviour, behaviourSchema } from './Behaviour';

/** A world that cannot be played; the message says where it is wrong and how. */
export class InvalidWorld extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidWorld';
  }
}

/**
 * Checks the contents of a `behaviour.yaml` and fills in the defaults.
 *
 * @throws InvalidWorld naming every wrong field by its path
 */
export function parseBehaviour(input: unknown, file: string): Behaviour {
  const result = behaviourSchema.safeParse(input ?? {});
  if (!result.success) {
    throw new InvalidWorld(
      `${file}:\n${result.error.issues.map(describe).join('\n')}`,
    );
  }
  const behaviour = result.data;
  const unknown = unknownModels(behaviour);
  if (unknown.length > 0) {
    throw new InvalidWorld(`${file}:\n${unknown.join('\n')}`);
  }
  return behaviour;
}

function describe(issue: z.core.$ZodIssue): string {
  const path = issue.path
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  return `  ${path || 'the file'}: ${issue.message}`;
}

function unknownModels(behaviour: Behaviour): string[] {
  const known = new Set(behaviour.models.map(model => model.name));
  const check = (where: string, { serves }: { serves: string[] }) =>
    serves
      .filter(name => !known.has(name))
      .map(name => `  ${where}.serves: there is no model "${name}" in models`);
  return [
    ...behaviour.workloads.flatMap((one, i) => check(`workloads[${i}]`, one)),
    ...behaviour.externals.flatMap((one, i) => check(`externals[${i}]`, one)),
  ];
}
