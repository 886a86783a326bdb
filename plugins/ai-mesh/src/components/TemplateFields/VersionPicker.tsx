import type { CanaryOptions } from '@ai-mesh/plugin-ai-mesh-common';
import { useFormat } from '../../format';
import {
  chooseRoute,
  type OfferedService,
  percentOf,
  serviceKey,
} from '../Canary/request/subjectChoices';
import { answerIn, type Choices, MeshPicker } from './MeshPicker';
import type { PickerProps } from './schemas';

/** Picks a version of a service, and says which share of the traffic each has now. */
export function VersionPicker(field: PickerProps) {
  const { t, format } = useFormat();
  const name = field.uiSchema['ui:options']?.serviceField ?? 'service';
  const wanted = answerIn(field, name);
  const choicesOf = ({ services }: CanaryOptions): Choices => {
    const service = serviceCalled(services, wanted);
    if (!service) {
      return {
        choices: [],
        nothing: t(
          services.length === 0
            ? 'template.noService'
            : 'template.whichService',
        ),
      };
    }
    const route = chooseRoute(service);
    return {
      choices: service.versions.map(offered => ({
        value: offered.label,
        label: route
          ? t('template.share', {
              version: offered.label,
              share: format.percent(percentOf(offered, route) / 100),
            })
          : offered.label,
      })),
      ...(service.versions.length === 0 && {
        nothing: t('template.noVersion'),
      }),
    };
  };
  return (
    <MeshPicker
      field={field}
      title={t('template.version')}
      choicesOf={choicesOf}
    />
  );
}

/** As the action finds it: by its name with or without the cluster; without any, the only one with a route. */
function serviceCalled(
  services: readonly OfferedService[],
  wanted: string | undefined,
): OfferedService | undefined {
  const found = services.filter(offered =>
    wanted === undefined
      ? offered.routes.length > 0
      : [
          serviceKey(offered),
          `${offered.service.namespace}/${offered.service.name}`,
        ].includes(wanted),
  );
  return found.length === 1 ? found[0] : undefined;
}
