import type { RouteNote } from '@ai-mesh/plugin-ai-mesh-common';
import { useAiMeshTranslation } from '../../translation';
import { between } from '../Figures';
import { Notice, Said } from '../Marks';
import { ObjectButton, type OpenedObject } from '../Objects';

/** What routing itself stumbles on. */
export function RouteNotes(props: {
  notes: RouteNote[];
  onOpen: (object: OpenedObject) => void;
}) {
  const { notes, onOpen } = props;
  const { t } = useAiMeshTranslation();
  if (notes.length === 0) {
    return null;
  }
  return (
    <Notice tone="degraded" title={t('traffic.notes')}>
      {notes.map(({ kind, path, objects, ...sentences }) => (
        <div key={`${kind} ${sentences.message}`}>
          {t(`traffic.note.${kind}`)}
          {between(t)}
          <Said of={sentences} />
          {between(t)}
          {objects.map((object, index) => (
            <span key={`${object.kind} ${object.namespace} ${object.name}`}>
              <ObjectButton
                object={object}
                onOpen={() =>
                  onOpen({ ref: object, path: index === 0 ? path : undefined })
                }
              />{' '}
            </span>
          ))}
        </div>
      ))}
    </Notice>
  );
}
