import Skeleton from '@material-ui/lab/Skeleton';
import { type ComponentProps, lazy, Suspense } from 'react';
import { WEIGHT_CHART_HEIGHT } from './chartShape';

const WeightChart = lazy(() =>
  import('./WeightChart').then(module => ({ default: module.WeightChart })),
);
const PlanChart = lazy(() =>
  import('./PlanChart').then(module => ({ default: module.PlanChart })),
);

const placeholder = <Skeleton variant="rect" height={WEIGHT_CHART_HEIGHT} />;

/** The weights' chart, without the chart library in the first load. */
export function LazyWeightChart(props: ComponentProps<typeof WeightChart>) {
  return (
    <Suspense fallback={placeholder}>
      <WeightChart {...props} />
    </Suspense>
  );
}

/** The plan's chart, likewise. */
export function LazyPlanChart(props: ComponentProps<typeof PlanChart>) {
  return (
    <Suspense fallback={placeholder}>
      <PlanChart {...props} />
    </Suspense>
  );
}
