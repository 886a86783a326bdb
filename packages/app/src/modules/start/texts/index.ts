import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { en } from './en';

/** The texts of the demo's start page. */
export const startTranslationRef = createTranslationRef({
  id: 'ai-mesh-demo.start',
  messages: en,
  translations: { zh: () => import('./zh') },
});

type TextKey = keyof typeof en;

type NameIn<Key> = Key extends `happens.${infer Name}` ? Name : never;

/** The scenes of which it is said what happens in them. */
export type ToldScene = NameIn<TextKey>;

/** Whether there is a text of that key. */
export function isText<Part extends string>(
  key: `${Part}.${string}`,
): key is Extract<TextKey, `${Part}.${string}`> {
  return Object.hasOwn(en, key);
}
