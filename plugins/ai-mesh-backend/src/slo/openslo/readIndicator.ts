import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { OpenSloIndicator, OpenSloQuery } from './OpenSlo';
import { DocumentReader, UnusableField } from './DocumentReader';

type Path = (string | number)[];

/** Reads the indicator whose spec is at the path. Throws {@link UnusableField}. */
export function readIndicator(
  reader: DocumentReader,
  spec: Path,
): OpenSloIndicator {
  if (reader.has([...spec, 'thresholdMetric'])) {
    return {
      kind: 'threshold',
      query: readQuery(reader, [...spec, 'thresholdMetric']),
    };
  }
  const ratio = [...spec, 'ratioMetric'];
  if (!reader.has(ratio)) {
    throw new UnusableField(spec, wording('openslo.noMetric'));
  }
  if (!reader.has([...ratio, 'total'])) {
    throw new UnusableField(
      ratio,
      wording(
        reader.has([...ratio, 'raw']) ? 'openslo.raw' : 'openslo.noTotal',
      ),
    );
  }
  const total = readQuery(reader, [...ratio, 'total']);
  if (reader.has([...ratio, 'good'])) {
    return {
      kind: 'ratio',
      good: readQuery(reader, [...ratio, 'good']),
      total,
    };
  }
  if (reader.has([...ratio, 'bad'])) {
    return { kind: 'ratio', bad: readQuery(reader, [...ratio, 'bad']), total };
  }
  throw new UnusableField(ratio, wording('openslo.onlyTotal'));
}

function readQuery(reader: DocumentReader, metric: Path): OpenSloQuery {
  const source = [...metric, 'metricSource'];
  return {
    type: (
      reader.optionalText([...source, 'type']) ?? 'prometheus'
    ).toLowerCase(),
    spec: reader.map([...source, 'spec']),
  };
}
