import type { CanaryOptions } from '@ai-mesh/plugin-ai-mesh-common';
import { useAiMeshTranslation } from '../../translation';
import { serviceKey } from '../Canary/request/subjectChoices';
import { Said } from '../Marks';
import { type Choices, MeshPicker } from './MeshPicker';
import type { PickerProps } from './schemas';

/** Picks one of an entity's services whose traffic can be moved. */
export function ServicePicker(field: PickerProps) {
  const { t } = useAiMeshTranslation();
  const choicesOf = ({ services }: CanaryOptions): Choices => {
    const movable = services.filter(({ routes }) => routes.length > 0);
    const why = services.find(({ message }) => message !== undefined);
    return {
      choices: movable.map(offered => ({
        value: serviceKey(offered),
        label: serviceKey(offered),
      })),
      choosesOnly: true,
      ...(movable.length === 0 && {
        nothing: why?.message ? (
          <Said of={{ message: why.message, words: why.words }} />
        ) : (
          t('template.noService')
        ),
      }),
    };
  };
  return (
    <MeshPicker
      field={field}
      title={t('canary.form.service')}
      choicesOf={choicesOf}
    />
  );
}
