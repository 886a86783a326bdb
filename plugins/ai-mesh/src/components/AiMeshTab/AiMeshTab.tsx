import {
  isAiMeshAvailable,
  TARGET_ANNOTATIONS,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  MissingAnnotationEmptyState,
  useEntity,
} from '@backstage/plugin-catalog-react';
import type { ComponentType } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { OverviewScreen } from '../Overview';
import { isSystem } from '../../isSystem';
import { reviewScreen } from '../Review/findingsOnCall';
import { shownOnCall } from '../States';
import { ScreenPage } from './ScreenPage';
import { screens, type ScreenName } from './screens';

const Topology = shownOnCall(
  async () => (await import('../Topology')).TopologyScreen,
);

const canary = {
  list: shownOnCall(async () => (await import('../Canary')).CanariesScreen),
  one: shownOnCall(async () => (await import('../Canary')).CanaryScreen),
  request: shownOnCall(async () => (await import('../Canary')).RequestScreen),
};

const components: Record<ScreenName, ComponentType> = {
  overview: OverviewScreen,
  topology: Topology,
  traffic: shownOnCall(async () => (await import('../Traffic')).TrafficScreen),
  security: shownOnCall(
    async () => (await import('../Security')).SecurityScreen,
  ),
  slos: shownOnCall(async () => (await import('../Slos')).SlosScreen),
  review: shownOnCall(reviewScreen),
  scorecard: shownOnCall(
    async () => (await import('../Scorecard')).ScorecardScreen,
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
      // Its components have the other screens.
      return (
        <ScreenPage screen="topology" alone>
          <Topology />
        </ScreenPage>
      );
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
