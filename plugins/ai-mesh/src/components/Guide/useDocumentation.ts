import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { languageOf, useAiMeshTranslation } from '../../translation';
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

/** A screen's page below the documentation's root, in the reader's language where there is one. */
export function documentationPage(
  screen: ScreenName,
  language: string,
): string {
  const page = pages[screen];
  return languageOf(language)?.pages[page] ?? page;
}

/**
 * Where the documentation of a screen is read.
 *
 * @returns undefined where the portal does not say where it has the documentation (`aiMesh.documentation`)
 */
export function useDocumentation(screen: ScreenName): string | undefined {
  const root = useApi(configApiRef).getOptionalString('aiMesh.documentation');
  const { language } = useAiMeshTranslation();
  return (
    root && `${root.replace(/\/*$/, '/')}${documentationPage(screen, language)}`
  );
}
