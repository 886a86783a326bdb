import type { Catalogue } from '../texts/Catalogue';
import type { screenTextsEn } from './en';

/**
 * Every text of the screens in one language, by its key.
 *
 * @public
 */
export type ScreenTexts = Readonly<Record<keyof typeof screenTextsEn, string>>;

/**
 * What is known of a language before its texts are loaded.
 *
 * @public
 */
export interface LanguageAtStart {
  /** How portals call it: Backstage looks for the very name. */
  names: readonly string[];
  /** What is said where the plugin could not be loaded, and so its texts neither. */
  notLoaded: { title: string; body: string; reload: string };
  /** The pages of the documentation that are written in it too, by the English ones. */
  pages: Readonly<Record<string, string>>;
}

/**
 * A language beside English; its texts are loaded where it is chosen, the screens' and the backend's.
 *
 * @public
 */
export interface ScreenLanguage extends LanguageAtStart {
  load: () => Promise<{ default: ScreenTexts; catalogue: Catalogue }>;
}
