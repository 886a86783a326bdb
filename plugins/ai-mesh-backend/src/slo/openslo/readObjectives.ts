import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { DateTime, IANAZone } from 'luxon';
import type { OpenSloIndicator, OpenSloObjective } from './OpenSlo';
import { DocumentReader, UnusableField } from './DocumentReader';
import { readDuration } from './duration';
import { readIndicator } from './readIndicator';

const LEAST_PERIOD = 3600;
const LONGEST_PERIOD = 366 * 86_400;
const MODEL_LABEL = 'ai-mesh.io/model';
const OPERATORS = ['lte', 'lt', 'gte', 'gt'] as const;

/**
 * Reads the objectives of one `SLO` document. Throws {@link UnusableField}.
 *
 * @param indicators - the `SLI` documents of the same file, by name
 */
export function readObjectives(
  reader: DocumentReader,
  indicators: ReadonlyMap<string, OpenSloIndicator>,
): OpenSloObjective[] {
  const name = reader.text(['metadata', 'name'], 'chat-availability');
  const count = reader.length(['spec', 'objectives']);
  if (count === 0) {
    throw new UnusableField(['spec'], wording('openslo.noObjectives'));
  }
  const shared = {
    model: reader.optionalText(['metadata', 'labels', MODEL_LABEL]),
    indicator: indicatorOf(reader, indicators),
    place: reader.place(
      reader.has(['spec', 'indicator'])
        ? ['spec', 'indicator']
        : ['spec', 'indicatorRef'],
    ),
    ...periodOf(reader),
  };
  return Array.from({ length: count }, (_, index) => {
    const path = ['spec', 'objectives', index];
    return {
      ...shared,
      id: count === 1 ? name : `${name}-${index + 1}`,
      name:
        reader.optionalText([...path, 'displayName']) ??
        reader.optionalText(['metadata', 'displayName']) ??
        name,
      target: targetOf(reader, path),
      ...(shared.indicator.kind === 'threshold' && {
        threshold: thresholdOf(reader, path),
      }),
    };
  });
}

function indicatorOf(
  reader: DocumentReader,
  indicators: ReadonlyMap<string, OpenSloIndicator>,
): OpenSloIndicator {
  if (reader.has(['spec', 'indicator'])) {
    return readIndicator(reader, ['spec', 'indicator', 'spec']);
  }
  const path = ['spec', 'indicatorRef'];
  const name = reader.text(path, 'chat-errors');
  const indicator = indicators.get(name);
  if (!indicator) {
    const known = [...indicators.keys()].join(', ');
    throw new UnusableField(
      path,
      known
        ? wording('openslo.otherIndicators', { name, known })
        : wording('openslo.noIndicators', { name }),
    );
  }
  return indicator;
}

function periodOf(
  reader: DocumentReader,
): Pick<OpenSloObjective, 'period' | 'periodSeconds' | 'calendar'> {
  const path = ['spec', 'timeWindow', 0];
  const text = reader.text([...path, 'duration'], '30d');
  const span = readDuration(text);
  if (!span) {
    throw new UnusableField(
      [...path, 'duration'],
      wording('openslo.duration', { text }),
    );
  }
  if (!(span.seconds >= LEAST_PERIOD && span.seconds <= LONGEST_PERIOD)) {
    throw new UnusableField(
      [...path, 'duration'],
      wording('openslo.durationRange', { text }),
    );
  }
  const period = { periodSeconds: span.seconds };
  if (!reader.has([...path, 'calendar'])) {
    return { period: 'rolling', ...period };
  }
  const calendar = [...path, 'calendar'];
  const startTime = reader.text(
    [...calendar, 'startTime'],
    '2026-01-01 00:00:00',
  );
  const timeZone = reader.optionalText([...calendar, 'timeZone']) ?? 'UTC';
  if (!IANAZone.isValidZone(timeZone)) {
    throw new UnusableField(
      [...calendar, 'timeZone'],
      wording('openslo.timeZone', { text: timeZone }),
    );
  }
  if (!DateTime.fromSQL(startTime, { zone: timeZone }).isValid) {
    throw new UnusableField(
      [...calendar, 'startTime'],
      wording('openslo.startTime', { text: startTime }),
    );
  }
  return {
    period: 'calendar',
    ...period,
    calendar: { startTime, timeZone, count: span.count, unit: span.unit },
  };
}

function targetOf(reader: DocumentReader, objective: (string | number)[]) {
  const percent = [...objective, 'targetPercent'];
  const ratio = [...objective, 'target'];
  const isPercent = reader.has(percent);
  if (!isPercent && !reader.has(ratio)) {
    throw new UnusableField(objective, wording('openslo.noTarget'));
  }
  const path = isPercent ? percent : ratio;
  const target = isPercent
    ? reader.number(path, '99.5') / 100
    : reader.number(path, '0.995');
  if (!(target > 0 && target < 1)) {
    throw new UnusableField(
      path,
      wording(isPercent ? 'openslo.percentRange' : 'openslo.targetRange'),
    );
  }
  return target;
}

function thresholdOf(reader: DocumentReader, objective: (string | number)[]) {
  const op = reader.optionalText([...objective, 'op']) ?? 'lte';
  const operator = OPERATORS.find(known => known === op);
  if (!operator) {
    throw new UnusableField(
      [...objective, 'op'],
      wording('openslo.operator', { known: OPERATORS.join(', '), text: op }),
    );
  }
  return {
    op: operator,
    value: reader.number([...objective, 'value'], '2.5'),
  };
}
