import type { Catalogue } from '@ai-mesh/plugin-ai-mesh-common';
import type { en } from './en';

/** What is known of a language before its texts are loaded. */
export interface LanguageAtStart {
  /** How portals call it: Backstage looks for the very name. */
  names: readonly string[];
  /** What is said where the plugin could not be loaded, and so its texts neither. */
  notLoaded: { title: string; body: string; reload: string };
  /** The pages of the documentation that are written in it too, by the English ones. */
  pages: Readonly<Record<string, string>>;
}

/** A language beside English; its texts are loaded where it is chosen. */
export interface PluginLanguage extends LanguageAtStart {
  load: () => Promise<{
    default: Record<keyof typeof en, string>;
    catalogue: Catalogue;
  }>;
}
