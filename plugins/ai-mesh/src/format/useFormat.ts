import { useMemo } from 'react';
import { type Translate, useAiMeshTranslation } from '../translation';
import { createFormat, type Format } from './createFormat';

/** The reader's formats and texts. */
export function useFormat(): {
  t: Translate;
  language: string;
  format: Format;
} {
  const { t, language } = useAiMeshTranslation();
  const format = useMemo(() => createFormat(t, language), [t, language]);
  return { t, language, format };
}
