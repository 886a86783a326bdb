import type { CanaryCheck } from '@ai-mesh/plugin-ai-mesh-common';
import Button from '@material-ui/core/Button';
import { useId, useState } from 'react';
import { useFormat } from '../../../format';
import { GatesTable } from '../gates/GatesTable';
import type { VersionNames } from '../versionName';

/** The gates as they were when something was decided, on demand. */
export function Evidence(props: {
  evidence: CanaryCheck;
  /** Shown at once: it explains what matters most. */
  open?: boolean;
  versions: VersionNames;
}) {
  const { evidence, versions } = props;
  const { t, format } = useFormat();
  const id = useId();
  const [open, setOpen] = useState(props.open ?? false);
  return (
    <div>
      <Button
        size="small"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {open ? t('canary.evidence.hide') : t('canary.evidence.show')}
      </Button>
      <div id={id} hidden={!open}>
        {open && (
          <GatesTable
            label={t('canary.evidence.title', {
              time: format.time(evidence.at),
            })}
            check={evidence}
            versions={versions}
          />
        )}
      </div>
    </div>
  );
}
