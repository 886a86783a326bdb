import type { Translate } from '../../../translation';
import type { Mistake } from './Expression';

/** What cannot be read, where, and what would be right. Places count from 1, as people do. */
export function mistakeSentence(
  { at, problem }: Mistake,
  t: Translate,
): string {
  const place = String(at + 1);
  switch (problem.kind) {
    case 'too-long':
    case 'too-deep':
      return t(`topology.mistake.${problem.kind}`, {
        at: place,
        most: String(problem.most),
      });
    case 'unexpected':
      return t('topology.mistake.unexpected', {
        at: place,
        found: problem.found,
      });
    case 'no-field':
      return problem.meant
        ? t('topology.mistake.no-field-but', {
            at: place,
            found: problem.found,
            meant: problem.meant,
          })
        : t('topology.mistake.no-field', { at: place, found: problem.found });
    case 'misspelt':
      return t('topology.mistake.misspelt', {
        at: place,
        found: problem.found,
        meant: problem.meant,
      });
    case 'no-order':
    case 'no-value':
      return t(`topology.mistake.${problem.kind}`, {
        at: place,
        field: problem.field,
      });
    case 'no-number':
      return t('topology.mistake.no-number', {
        at: place,
        found: problem.found,
        example: problem.example,
      });
    default:
      return t(`topology.mistake.${problem.kind}`, { at: place });
  }
}
