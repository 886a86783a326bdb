import { configApiRef, useApi } from '@backstage/core-plugin-api';
import type { ScreenName } from '../AiMeshTab/screens';

/** The page of the documentation that speaks of each screen, below its root. */
const pages: Record<ScreenName, string> = {
  overview: '#overview',
  topology: 'topology/',
  traffic: '#traffic',
  canary: 'canary/',
  security: '#security',
  slos: 'slos/',
  review: '#review',
  scorecard: 'scorecards/',
};

/**
 * Where the documentation of a screen is read.
 *
 * @returns undefined where the portal does not say where it has the documentation (`aiMesh.documentation`)
 */
export function useDocumentation(screen: ScreenName): string | undefined {
  const root = useApi(configApiRef).getOptionalString('aiMesh.documentation');
  return root && `${root.replace(/\/*$/, '/')}${pages[screen]}`;
}
