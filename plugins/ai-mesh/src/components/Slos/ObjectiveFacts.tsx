import {
  budgetState,
  type Objective,
  type ObjectiveStatus,
} from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import { useFormat } from '../../format';
import type { Translate } from '../../translation';
import { Figure, read } from '../Figures';
import { Terms } from '../Terms';

/** What stands behind an objective's bar: events, period, and where the promise and the numbers are from. */
export function ObjectiveFacts(props: { status: ObjectiveStatus }) {
  const { status } = props;
  const { objective } = status;
  const { t, format } = useFormat();
  const count = (
    name: 'events' | 'badEvents' | 'budgetLeftEvents',
    text: (value: number) => string,
  ) => ({
    name: t(`slos.${name}`),
    value: (
      <Figure
        label={t(`slos.${name}`)}
        query="periods"
        cluster={status.cluster}
        reading={read(status[name], t, value => ({
          value,
          text: text(value),
          exact: format.exact(value),
        }))}
      />
    ),
  });
  const whole = (value: number) => format.number(Math.round(value));
  return (
    <Terms
      terms={[
        count('events', whole),
        count('badEvents', whole),
        count('budgetLeftEvents', left =>
          budgetState(status) === 'young'
            ? t('slos.exhaustion.young')
            : format.number(left),
        ),
        ...(objective.calendar
          ? [
              {
                name: t('slos.calendar'),
                value: t('slos.calendarPeriod', {
                  from: format.time(objective.calendar.startsAt),
                  to: format.time(objective.calendar.endsAt),
                }),
              },
            ]
          : []),
        ...(objective.indicator.kind === 'latency' && !objective.indicator.exact
          ? [{ name: t('slos.precision'), value: t('slos.interpolated') }]
          : []),
        {
          name: t('slos.source'),
          value: objective.sourceUrl ? (
            <Link to={objective.sourceUrl}>{objective.source}</Link>
          ) : (
            whereFrom(objective, t)
          ),
        },
        { name: t('slos.readFrom'), value: t(`slos.from.${status.readFrom}`) },
      ]}
    />
  );
}

/** A document's place is its own; the portal's configuration has a name in each language. */
function whereFrom({ source }: Objective, t: Translate): string {
  return source === 'configuration' ? t('slos.source.configuration') : source;
}
