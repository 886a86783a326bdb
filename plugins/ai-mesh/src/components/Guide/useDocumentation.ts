import { languageOf } from '@ai-mesh/plugin-ai-mesh-common/screens';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { useAiMeshTranslation } from '../../translation';
import type { ScreenName } from '../AiMeshTab/screens';

/** What has documentation: the tab's screens, the page of all entities, and its list of contested Services. */
export type Documented = ScreenName | 'fleet' | 'contested';

/** The page of the documentation that speaks of each, below its root. */
export const documentationPages: Record<Documented, string> = {
  overview: '#overview',
  topology: 'topology/',
  traffic: '#traffic',
  canary: 'canary/',
  security: '#security',
  slos: 'slos/',
  review: '#review',
  scorecard: 'scorecards/',
  fleet: 'fleet/',
  contested: 'ownership/',
};

/** A screen's page below the documentation's root, in the reader's language where there is one. */
export function documentationPage(
  screen: Documented,
  language: string,
): string {
  const page = documentationPages[screen];
  return languageOf(language)?.pages[page] ?? page;
}

/**
 * Where the documentation of a screen is read.
 *
 * @returns undefined where the portal does not say where it has the documentation (`aiMesh.documentation`)
 */
export function useDocumentation(screen: Documented): string | undefined {
  const root = useApi(configApiRef).getOptionalString('aiMesh.documentation');
  const { language } = useAiMeshTranslation();
  return (
    root && `${root.replace(/\/*$/, '/')}${documentationPage(screen, language)}`
  );
}
