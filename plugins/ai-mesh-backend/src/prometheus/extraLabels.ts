import {
  parser,
  VectorSelector,
  LabelMatchers,
} from '@prometheus-io/lezer-promql';
import { eq, Matcher } from './promql';

/**
 * Adds conditions to every selector of a query, so that one Prometheus can hold many clusters and a reader of one
 * never sees another's series. It works on the text's syntax tree: no selector can be forgotten.
 *
 * @throws Error where the text is not PromQL, which is a mistake in our own code
 */
export function withExtraLabels(
  promql: string,
  labels: Readonly<Record<string, string>>,
): string {
  const added = Object.entries(labels)
    .map(([label, value]): Matcher => eq(label, value))
    .join(',');
  const insertions: { at: number; text: string }[] = [];
  parser.parse(promql).iterate({
    enter: node => {
      if (node.type.isError) {
        throw new Error(`Not PromQL, at character ${node.from}: ${promql}`);
      }
      if (node.type.id === VectorSelector) {
        const matchers = node.node.getChild(LabelMatchers);
        if (!matchers) {
          insertions.push({ at: node.to, text: `{${added}}` });
        } else {
          const separator = matchers.firstChild ? ',' : '';
          insertions.push({
            at: matchers.from + 1,
            text: `${added}${separator}`,
          });
        }
      }
    },
  });
  if (added === '') {
    return promql;
  }
  return insertions.reduceRight(
    (text, insertion) =>
      text.slice(0, insertion.at) + insertion.text + text.slice(insertion.at),
    promql,
  );
}
