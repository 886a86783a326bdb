import {
  canaryPercent,
  windowSeconds,
  type CanaryDetails,
} from '@ai-mesh/plugin-ai-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { DateTime } from 'luxon';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useFormat } from '../../../format';
import { useWindow } from '../../../hooks';
import { versionName } from '../../Canary/versionName';
import { between } from '../../Figures';
import { SaidBy } from '../../States';
import { Choice } from '../../Screen';
import { useCanariesWithin } from '../replay/useReplay';
import { STEP, useComparedMoment } from './useComparedMoment';

/** A choice of more is a history, which the canary's own screen has. */
const MOST_STEPS = 30;
const NONE = '';

/** Of which canary's step to look at before and after: the window that ends with it, and the one that begins. */
export function StepChoice() {
  const { t, format } = useFormat();
  const entityRef = stringifyEntityRef(useEntity().entity);
  const [window] = useWindow();
  const [compared] = useComparedMoment();
  const [, setParams] = useSearchParams();
  const all = useMemo(
    () => ({
      from: DateTime.utc().minus({ days: 30 }).startOf('hour').toISO(),
      to: DateTime.utc().plus({ days: 1 }).startOf('hour').toISO(),
    }),
    [],
  );
  const { data, error } = useCanariesWithin(entityRef, all);
  if (error && !data) {
    return (
      <Typography variant="body2" role="alert">
        {t('compare.step.unknown')}
        {between(t)}
        <SaidBy error={error} />
      </Typography>
    );
  }
  const steps = data ? stepsOf(data.canaries) : [];
  if (data && steps.length === 0) {
    return (
      <Typography variant="body2" role="status">
        {t('compare.step.none')}
      </Typography>
    );
  }
  const chosen = compared.slice(STEP.length);
  const choose = (at: string) =>
    setParams(before => {
      const after = new URLSearchParams(before);
      after.set('with', `${STEP}${at}`);
      const end = DateTime.fromISO(at, { zone: 'utc' }).plus({
        seconds: windowSeconds[window],
      });
      // What followed a step of just now is the present.
      if (end < DateTime.utc()) {
        after.set('at', end.toISO()!);
      } else {
        after.delete('at');
      }
      return after;
    });
  return (
    <Choice
      label={t('compare.step.label')}
      value={steps.some(({ at }) => at === chosen) ? chosen : NONE}
      onChange={at => at !== NONE && choose(at)}
      options={[
        { value: NONE, label: t('compare.step.choose') },
        ...steps.map(({ at, version, percent }) => ({
          value: at,
          label: t('compare.step.one', {
            time: format.clock(at, true),
            version,
            percent: String(percent),
          }),
        })),
      ]}
    />
  );
}

/** The changes of weights that canaries made, newest first. */
function stepsOf(canaries: readonly CanaryDetails[]) {
  return canaries
    .flatMap(({ transitions, canary, service }) =>
      transitions.flatMap(({ at, weightsAfter }) =>
        weightsAfter
          ? [
              {
                at,
                version: versionName(canary, service),
                percent: canaryPercent(weightsAfter),
              },
            ]
          : [],
      ),
    )
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, MOST_STEPS);
}
