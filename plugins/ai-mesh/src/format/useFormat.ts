import { useMemo } from 'react';
import { useAiMeshTranslation } from '../translation';
import { createFormat } from './createFormat';

/** The reader's formats and texts. */
export function useFormat() {
  const { t, language } = useAiMeshTranslation();
  const format = useMemo(() => createFormat(t, language), [t, language]);
  return { t, language, format };
}
