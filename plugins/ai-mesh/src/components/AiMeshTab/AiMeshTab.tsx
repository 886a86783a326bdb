import {
  isAiMeshAvailable,
  TARGET_ANNOTATIONS,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  MissingAnnotationEmptyState,
  useEntity,
} from '@backstage/plugin-catalog-react';
import { ComponentType, lazy } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { OverviewScreen } from '../Overview';
import { isSystem } from '../../isSystem';
import { ScreenPage } from './ScreenPage';
import { screens, type ScreenName } from './screens';
import { SystemTopology } from './SystemTopology';

const canary = {
  list: lazy(() =>
    import('../Canary').then(module => ({ default: module.CanariesScreen })),
  ),
  one: lazy(() =>
    import('../Canary').then(module => ({ default: module.CanaryScreen })),
  ),
  request: lazy(() =>
    import('../Canary').then(module => ({ default: module.RequestScreen })),
  ),
};

const components: Record<ScreenName, ComponentType> = {
  overview: OverviewScreen,
  topology: lazy(() =>
    import('../Topology').then(module => ({ default: module.TopologyScreen })),
  ),
  traffic: lazy(() =>
    import('../Traffic').then(module => ({ default: module.TrafficScreen })),
  ),
  security: lazy(() =>
    import('../Security').then(module => ({ default: module.SecurityScreen })),
  ),
  slos: lazy(() =>
    import('../Slos').then(module => ({ default: module.SlosScreen })),
  ),
  review: lazy(() =>
    import('../Review').then(module => ({ default: module.ReviewScreen })),
  ),
  scorecard: lazy(() =>
    import('../Scorecard').then(module => ({
      default: module.ScorecardScreen,
    })),
  ),
  canary: canary.list,
};

/** Each page of the tab. What lies below a screen is a route of its own, so that `..` is the tab's own path there too. */
const pages: { path: string; screen: ScreenName; Component: ComponentType }[] =
  [
    ...screens.map(screen => ({
      path: screen,
      screen,
      Component: components[screen],
    })),
    { path: 'canary/new', screen: 'canary', Component: canary.request },
    { path: 'canary/:canaryId', screen: 'canary', Component: canary.one },
  ];

/** The entity's tab: its screens as routes below the place where the portal mounts it. */
export function AiMeshTab() {
  const { search } = useLocation();
  const { entity } = useEntity();
  if (!isAiMeshAvailable(entity)) {
    if (isSystem(entity)) {
      return <SystemTopology />;
    }
    return <MissingAnnotationEmptyState annotation={[...TARGET_ANNOTATIONS]} />;
  }
  return (
    <Routes>
      {pages.map(({ path, screen, Component }) => (
        <Route
          key={path}
          path={path}
          element={
            <ScreenPage screen={screen}>
              <Component />
            </ScreenPage>
          }
        />
      ))}
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
