import { AnswerHeaders } from '../mesh';
import { AnswerHeader, MeshResponse } from './messages';

/**
 * What a proxy makes of an answer's headers: its destination's changes first, then the rule's, which have the last
 * word; of each, removals come before additions, as in Envoy.
 */
export function alterAnswer(
  response: MeshResponse,
  changes: readonly (AnswerHeaders | undefined)[],
): MeshResponse {
  return changes.every(change => !change)
    ? response
    : { ...response, headers: changes.reduce(alter, response.headers) };
}

function alter(
  headers: readonly AnswerHeader[] = [],
  { remove = [], set = {}, add = {} }: AnswerHeaders = {},
): readonly AnswerHeader[] {
  const gone = new Set(
    [...remove, ...Object.keys(set)].map(name => name.toLowerCase()),
  );
  return [
    ...headers.filter(({ name }) => !gone.has(name)),
    ...[...Object.entries(set), ...Object.entries(add)].map(
      ([name, value]) => ({ name: name.toLowerCase(), value }),
    ),
  ];
}
