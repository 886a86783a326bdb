import { languageKey } from '@ai-mesh/plugin-ai-mesh-common';
import type { PluginLanguage } from './PluginLanguage';
import { zhAtStart } from './zh/atStart';

/** The languages beside English, by their keys: a folder here and a line each. */
export const languages: Readonly<Record<string, PluginLanguage>> = {
  zh: { ...zhAtStart, load: () => import('./zh') },
};

/** The reader's language; undefined in English, and in one that the plugin does not have. */
export function languageOf(tag: string): PluginLanguage | undefined {
  const key = languageKey(tag);
  return Object.hasOwn(languages, key) ? languages[key] : undefined;
}
