import {
  canaryPercent,
  type CanaryTransition,
} from '@ai-mesh/plugin-ai-mesh-common';
import { useFormat } from '../../../format';
import { Age } from '../../Figures';
import { Identity } from '../Identity';
import type { VersionNames } from '../versionName';
import { happeningOf } from './happenings';
import { Reason } from './Reason';

/** What happened, by whom and when, and what it did to the weights: one line of a history. */
export function HappeningLine(props: {
  row: CanaryTransition;
  versions: VersionNames;
}) {
  const { row, versions } = props;
  const { t } = useFormat();
  const happening = happeningOf(row.what);
  return (
    <>
      <strong>{happening ? t(happening.text) : row.what}</strong>
      {' · '}
      <Identity by={row.by} />
      {' · '}
      <Age at={row.at} /> <WeightsMoved row={row} versions={versions} />{' '}
      <Reason row={row} />
    </>
  );
}

/** Whether the canary's share changed. */
export function movedWeights({
  weightsBefore,
  weightsAfter,
}: Pick<CanaryTransition, 'weightsBefore' | 'weightsAfter'>): boolean {
  return (
    weightsBefore !== undefined &&
    weightsAfter !== undefined &&
    canaryPercent(weightsBefore) !== canaryPercent(weightsAfter)
  );
}

/** The canary's share before and after, where it changed. */
export function WeightsMoved(props: {
  row: Pick<CanaryTransition, 'weightsBefore' | 'weightsAfter'>;
  versions: VersionNames;
}) {
  const { row, versions } = props;
  const { t, format } = useFormat();
  const share = (weights: typeof row.weightsAfter) =>
    weights && format.percent(canaryPercent(weights) / 100);
  const before = share(row.weightsBefore);
  const after = share(row.weightsAfter);
  return before !== undefined && after !== undefined && before !== after ? (
    <>
      {t('canary.history.weights', {
        version: versions.canary,
        before,
        after,
      })}
    </>
  ) : null;
}
