import { literal } from '../fixes/literal';
import type { Change } from './Change';

/** What a pull request says of what is to be kept in Git, as Markdown. */
export function describeChange(
  entityRef: string,
  title: string,
  done: readonly { finding: Change; file: string }[],
): { title: string; description: string } {
  return {
    title: `${title}: ${entityRef}`,
    description: [
      `By AI Mesh, of \`${entityRef}\`:`,
      ...done.map(
        ({ finding, file }) =>
          `${literal(finding.message)} Changes ${literal(file)}.`,
      ),
    ].join('\n\n'),
  };
}
