import { literal } from '../fixes/literal';
import type { ProposedObjective } from './proposeObjectives';

/** What a pull request says of the objectives that it brings, as Markdown. */
export function describeObjectives(
  entityRef: string,
  objectives: readonly ProposedObjective[],
): { title: string; description: string } {
  const rows = objectives.map(
    ({ name, model, targetPercent, thresholdSeconds, basis }) =>
      `- ${literal(name)}: ${targetPercent}% of ${model === undefined ? 'all' : `${literal(model)}'s`} requests answered${
        thresholdSeconds === undefined ? '' : ` within ${thresholdSeconds} s`
      } (${literal(basis)})`,
  );
  return {
    title: `Put ${entityRef} under SLOs`,
    description: [
      `Objectives for \`${entityRef}\`, by what AI Mesh has of its last 30 days:`,
      rows.join('\n'),
    ].join('\n\n'),
  };
}
