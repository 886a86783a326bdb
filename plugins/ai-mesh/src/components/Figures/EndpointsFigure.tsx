import type { Endpoints, Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { useFormat } from '../../format';
import { Figure } from './Figure';
import { read } from './reading';

/** Ready endpoints of all. */
export function EndpointsFigure(props: { endpoints: Measured<Endpoints> }) {
  const { t } = useFormat();
  return (
    <Figure
      label={t('figure.endpoints')}
      reading={read(props.endpoints, t, ({ ready, total }) => {
        const text = t('unit.endpoints', {
          ready: String(ready),
          total: String(total),
        });
        return { value: ready, text, exact: text };
      })}
    />
  );
}
