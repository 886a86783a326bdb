import type { ObjectRef } from '@ai-mesh/plugin-ai-mesh-common';
import Link from '@material-ui/core/Link';
import { useAiMeshTranslation } from '../../translation';

/** Names an object, and opens its YAML. */
export function ObjectButton(props: {
  object: ObjectRef;
  /** Leaves the kind to the name for assistive technology. */
  short?: boolean;
  onOpen: () => void;
}) {
  const { object, short, onOpen } = props;
  const { t } = useAiMeshTranslation();
  return (
    <Link
      component="button"
      variant="body2"
      underline="always"
      aria-label={t('traffic.rule.object', {
        kind: object.kind,
        name: object.name,
      })}
      onClick={onOpen}
    >
      {short ? object.name : `${object.kind} ${object.name}`}
    </Link>
  );
}
