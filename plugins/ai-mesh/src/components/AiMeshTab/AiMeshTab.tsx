import Skeleton from '@material-ui/lab/Skeleton';
import { ComponentType, lazy, Suspense } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { OverviewScreen } from '../Overview';
import { screens, ScreenName } from './screens';
import { ScreenTabs } from './ScreenTabs';

const components: Record<ScreenName, ComponentType> = {
  overview: OverviewScreen,
  topology: lazy(() =>
    import('../Topology').then(module => ({ default: module.TopologyScreen })),
  ),
  traffic: lazy(() =>
    import('../Traffic').then(module => ({ default: module.TrafficScreen })),
  ),
  slos: lazy(() =>
    import('../Slos').then(module => ({ default: module.SlosScreen })),
  ),
};

/** The entity's tab: its screens as routes below the place where the portal mounts it. */
export function AiMeshTab() {
  const { search } = useLocation();
  return (
    <Routes>
      {screens.map(screen => {
        const Component = components[screen];
        return (
          <Route
            key={screen}
            path={screen}
            element={
              <>
                <ScreenTabs />
                <Suspense fallback={<Skeleton variant="rect" height={400} />}>
                  <Component />
                </Suspense>
              </>
            }
          />
        );
      })}
      <Route
        index
        element={<Navigate to={{ pathname: 'overview', search }} replace />}
      />
      {/* As a parameter and not as `*`: from there `..` is the tab's own path, whichever path rules the portal chose. */}
      <Route
        path=":unknown/*"
        element={<Navigate to={{ pathname: '../overview', search }} replace />}
      />
    </Routes>
  );
}
