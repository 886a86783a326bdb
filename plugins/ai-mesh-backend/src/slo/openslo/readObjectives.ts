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
    throw new UnusableField(
      ['spec'],
      'spec.objectives needs at least one objective with a target',
    );
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
  const name = reader.text(path, 'the name of an SLI document of this file');
  const indicator = indicators.get(name);
  if (!indicator) {
    const known = [...indicators.keys()].join(', ') || 'none';
    throw new UnusableField(
      path,
      `spec.indicatorRef names the SLI '${name}', but this file has ${known}`,
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
      `spec.timeWindow[0].duration must be a whole number of m, h, d, w, M, Q or Y, such as 30d, not '${text}'`,
    );
  }
  if (!(span.seconds >= LEAST_PERIOD && span.seconds <= LONGEST_PERIOD)) {
    throw new UnusableField(
      [...path, 'duration'],
      `spec.timeWindow[0].duration must be between an hour and a year, not '${text}'`,
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
      `calendar.timeZone must be a time zone such as Europe/Berlin, not '${timeZone}'`,
    );
  }
  if (!DateTime.fromSQL(startTime, { zone: timeZone }).isValid) {
    throw new UnusableField(
      [...calendar, 'startTime'],
      `calendar.startTime must be a time such as 2026-01-01 00:00:00, not '${startTime}'`,
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
    throw new UnusableField(
      objective,
      'an objective needs target (such as 0.995) or targetPercent (such as 99.5)',
    );
  }
  const path = isPercent ? percent : ratio;
  const target = isPercent
    ? reader.number(path, '99.5') / 100
    : reader.number(path, '0.995');
  if (!(target > 0 && target < 1)) {
    throw new UnusableField(
      path,
      isPercent
        ? 'targetPercent must be above 0 and below 100: a promise of 100 % leaves no budget'
        : 'target must be above 0 and below 1: a promise of 1 leaves no budget (for percent use targetPercent)',
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
      `op must be one of ${OPERATORS.join(', ')}, not '${op}'`,
    );
  }
  return {
    op: operator,
    value: reader.number([...objective, 'value'], '2.5'),
  };
}
