import Skeleton from '@material-ui/lab/Skeleton';
import { type ComponentProps, lazy, Suspense } from 'react';
import { SPARKLINE_HEIGHT } from './sparklineShape';

const CanarySparkline = lazy(() =>
  import('./CanarySparkline').then(module => ({
    default: module.CanarySparkline,
  })),
);

/** The canary's sparkline, without the chart library in the first load. */
export function LazyCanarySparkline(
  props: ComponentProps<typeof CanarySparkline>,
) {
  return (
    <Suspense fallback={<Skeleton variant="rect" height={SPARKLINE_HEIGHT} />}>
      <CanarySparkline {...props} />
    </Suspense>
  );
}
