import Skeleton from '@material-ui/lab/Skeleton';
import { ComponentProps, lazy, Suspense } from 'react';
import { SPARKLINE_HEIGHT } from './sparklineShape';

const BudgetSparkline = lazy(() =>
  import('./BudgetSparkline').then(module => ({
    default: module.BudgetSparkline,
  })),
);

/** The budget's sparkline, without the chart library in the first load. */
export function LazyBudgetSparkline(
  props: ComponentProps<typeof BudgetSparkline>,
) {
  return (
    <Suspense fallback={<Skeleton variant="rect" height={SPARKLINE_HEIGHT} />}>
      <BudgetSparkline {...props} />
    </Suspense>
  );
}
