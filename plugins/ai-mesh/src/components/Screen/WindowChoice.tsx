import { windowSchema } from '@ai-mesh/plugin-ai-mesh-common';
import { useWindow } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { Choice } from './Choice';

/** The time window of the screen's numbers, kept in the address. */
export function WindowChoice() {
  const { t } = useAiMeshTranslation();
  const [window, setWindow] = useWindow();
  return (
    <Choice
      label={t('window.label')}
      value={window}
      onChange={setWindow}
      options={windowSchema.options.map(value => ({
        value,
        label: t(`window.${value}`),
      }))}
    />
  );
}
