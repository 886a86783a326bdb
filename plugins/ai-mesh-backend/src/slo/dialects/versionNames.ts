import { said, wording, type Sentences } from '@ai-mesh/plugin-ai-mesh-common';
import { addTo } from '../../kubernetes/addTo';
import {
  escapeRegex,
  joinLabels,
  number,
  andOn,
  relabelTo,
  tag,
  type Expr,
} from '../../prometheus/promql';
import { istioLabels } from '../../telemetry';
import { patternsRegex } from '../objectives/modelFilter';
import type { ModelFilter } from '../objectives/SloObjective';

/** What a version is called that Istio's series name otherwise. */
export interface VersionName {
  /** Of the workload; empty for series that name none. */
  readonly namespaces: readonly string[];
  readonly workload: string;
  /** What the series name the version; all of the workload's unless given. */
  readonly reported?: string;
  readonly name: string;
}

/** The labels that tell whose version a series is of. */
export const VERSION_LABELS = [
  istioLabels.destinationWorkloadNamespace,
  istioLabels.destinationWorkload,
  istioLabels.destinationVersion,
];

/** Each is one function more in every question. */
const MOST_NAMES = 50;

/** Says of how many versions the figures stand under the names that Istio's series have; undefined where of none. */
export function whatKeepsItsName(
  names: readonly VersionName[],
): Sentences | undefined {
  const all = groupBy(names, ({ name }) => name).size;
  return all > MOST_NAMES
    ? said(wording('source.versionNames', { all, most: MOST_NAMES }))
    : undefined;
}

const JOINED = 'ai_mesh_version';
const WANTED = 'ai_mesh_wanted';
const YES = 'yes';

type Labels = Readonly<Record<string, string>>;

/** Gives the labels of a row with its version under its own name. */
export function versionNamer(
  names: readonly VersionName[],
): (labels: Labels) => Labels {
  const byWorkload = groupBy(names, ({ workload }) => workload);
  return labels => {
    const [namespace, workload, version] = VERSION_LABELS.map(
      label => labels[label] ?? '',
    );
    const found = byWorkload
      .get(workload)
      ?.find(
        ({ namespaces, reported }) =>
          namespaces.includes(namespace) &&
          (reported === undefined || reported === version),
      );
    return found
      ? { ...labels, [istioLabels.destinationVersion]: found.name }
      : labels;
  };
}

function groupBy(
  names: readonly VersionName[],
  keyOf: (one: VersionName) => string,
): Map<string, VersionName[]> {
  const groups = new Map<string, VersionName[]>();
  for (const one of names) {
    addTo(groups, keyOf(one), one);
  }
  return groups;
}

/**
 * Series of Istio's with their versions under their own names. Those that were told apart stay so: no two become equal.
 *
 * @param expr - numbers, not histograms, with {@link VERSION_LABELS}
 */
export function withVersionNames(
  names: readonly VersionName[] = [],
  expr: Expr,
): Expr {
  const byName = groupBy(names, ({ name }) => name);
  return [...byName]
    .slice(0, MOST_NAMES)
    .reduce(
      (inner, [name, some]) =>
        relabelTo(
          inner,
          istioLabels.destinationVersion,
          name,
          JOINED,
          some.map(asJoined).join('|'),
        ),
      byName.size > 0 ? joinLabels(expr, JOINED, '/', VERSION_LABELS) : expr,
    );
}

function asJoined({ namespaces, workload, reported }: VersionName): string {
  return [
    `(${namespaces.map(escapeRegex).join('|')})`,
    escapeRegex(workload),
    reported === undefined ? '[\\s\\S]*' : escapeRegex(reported),
  ].join('/');
}

/** Those whose version a filter names, once they have their own names. */
export function versionsWanted(
  { include, exclude }: ModelFilter,
  expr: Expr,
): Expr {
  const mark = (inner: Expr, value: string, patterns: readonly string[]) =>
    relabelTo(
      inner,
      WANTED,
      value,
      istioLabels.destinationVersion,
      patternsRegex(patterns),
    );
  const included = mark(expr, YES, include);
  return andOn(
    [WANTED],
    exclude.length > 0 ? mark(included, '', exclude) : included,
    tag(number(1), WANTED, YES),
  );
}
