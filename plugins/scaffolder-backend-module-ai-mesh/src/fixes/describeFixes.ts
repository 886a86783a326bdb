import { literal } from './literal';
import type { FixPlan } from './planFixes';

/** What a pull request says of its fixes, as Markdown. */
export function describeFixes(
  entityRefs: readonly string[],
  { done }: Pick<FixPlan, 'done'>,
): { title: string; description: string } {
  const codes = [...new Set(done.map(({ finding }) => finding.code))];
  const paragraphs = done.map(({ finding, file }) => {
    const { code, severity, message, why, link, evidence } = finding;
    return [
      `### ${code} (${severity}): ${literal(message)}`,
      literal(why),
      ...evidence.map(one => `- ${one.from}: ${literal(one.message)}`),
      `Changes ${literal(file)}. [About ${code}](${link})`,
    ].join('\n\n');
  });
  const subject =
    entityRefs.length === 1 ? entityRefs[0] : `${entityRefs.length} entities`;
  const named = entityRefs.map(entityRef => `\`${entityRef}\``).join(', ');
  return {
    title: `Mend ${codes.join(', ')} of ${subject}`,
    description: [
      `AI Mesh's review of ${named} found the following in the cluster; this mends it where it is written.`,
      ...paragraphs,
    ].join('\n\n'),
  };
}
