import { parser } from '@prometheus-io/lezer-promql';
import type { Matcher } from '../../prometheus/promql';
import type { Series } from '../signals/Signal';
import { readSelector } from './readSelector';

/** A window as other tools' templates write it: Sloth's `{{.window}}`, Grafana's `$__rate_interval`. */
const WINDOW = /\[\s*(\{\{\s*\.?window\s*\}\}|\$\{?\w+\}?)\s*\]/g;

/** What may stand around the one selector. */
const AROUND = new Set([
  'AggregateExpr',
  'FunctionCall',
  'MatrixSelector',
  'ParenExpr',
]);

/**
 * Reads which series a document's query is about: `errors_total{app="chat"}`, plain or under `sum` and `rate` or
 * `increase`. Nothing else of the text reaches Prometheus: the windows are the objective's, and the conditions that
 * confine it to the entity's namespaces are added to it.
 *
 * Names in quotes, as Prometheus 3 has them, are understood.
 *
 * @param confine - conditions that every series must meet
 * @throws Error with a message for the document's author
 */
export function customSeries(
  query: string,
  confine: readonly Matcher[],
): Series {
  const text = query.replace(WINDOW, '[5m]');
  const found: Series[] = [];
  const refused: string[] = [];
  parser.parse(text).iterate({
    enter: ({ type, node, from, to }) => {
      if (type.isError) {
        refused.unshift(`it is not PromQL at character ${from + 1}`);
      } else if (type.name === 'VectorSelector') {
        const { metric, matchers } = readSelector(node, text);
        if (!metric) {
          refused.push('it names no metric');
          return;
        }
        found.push({ metric, matchers: [...matchers, ...confine] });
      } else if (
        type.is('Expr') &&
        !node.parent?.name.endsWith('LabelMatcher') &&
        node.parent?.name !== 'QuotedLabelName'
      ) {
        const called = /^\w+/.exec(text.slice(from, to))?.[0] ?? '';
        if (!AROUND.has(type.name)) {
          refused.push('it calculates');
        } else if (type.name === 'AggregateExpr' && called !== 'sum') {
          refused.push(`it uses ${called}()`);
        } else if (
          type.name === 'FunctionCall' &&
          called !== 'rate' &&
          called !== 'increase'
        ) {
          refused.push(`it uses ${called}()`);
        }
      }
    },
  });
  if (refused.length === 0 && found.length !== 1) {
    refused.push('it has no selector, or several');
  }
  if (refused.length > 0) {
    throw new Error(
      `the query cannot be used: ${refused[0]}. It must be one counter, such as sum(errors_total{app="chat"})`,
    );
  }
  return found[0];
}
