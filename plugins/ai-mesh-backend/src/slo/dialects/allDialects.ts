import type { MetricDialect } from '@ai-mesh/plugin-ai-mesh-node';
import { builtInDialects } from './builtInDialects';
import { istioDialect } from './istioDialect';

/** The dialects in the order in which they are preferred: added ones, the built-in ones, and the mesh's own last. */
export function allDialects(
  added: readonly MetricDialect[],
): readonly MetricDialect[] {
  const names = new Set(added.map(({ name }) => name));
  return [
    ...added,
    ...[...builtInDialects, istioDialect].filter(
      ({ name }) => !names.has(name),
    ),
  ];
}
