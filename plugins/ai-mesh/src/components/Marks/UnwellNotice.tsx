import type { ReactNode } from 'react';
import { useAiMeshTranslation } from '../../translation';
import { Notice } from './Notice';

/** More lines would push away what they are about. */
const MOST_LINES = 5;

/** No outage, and yet not all is well: what is not. */
export function UnwellNotice(props: {
  title: string;
  lines: readonly ReactNode[];
  /** How many there are, given or not. */
  total?: number;
}) {
  const { title, lines, total = lines.length } = props;
  const { t } = useAiMeshTranslation();
  const shown = lines.slice(0, MOST_LINES);
  return (
    <Notice tone="degraded" title={title}>
      {shown}
      {total > shown.length && (
        <div>
          {t('topology.hurt.more', { more: String(total - shown.length) })}
        </div>
      )}
    </Notice>
  );
}
