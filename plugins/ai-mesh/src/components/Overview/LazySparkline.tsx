import Skeleton from '@material-ui/lab/Skeleton';
import { ComponentProps, lazy, Suspense } from 'react';
import { SPARKLINE_HEIGHT } from './sparklineShape';

const Sparkline = lazy(() =>
  import('./Sparkline').then(module => ({ default: module.Sparkline })),
);

/** The sparkline, without the chart library in the first load. */
export function LazySparkline(props: ComponentProps<typeof Sparkline>) {
  return (
    <Suspense fallback={<Skeleton variant="rect" height={SPARKLINE_HEIGHT} />}>
      <Sparkline {...props} />
    </Suspense>
  );
}
