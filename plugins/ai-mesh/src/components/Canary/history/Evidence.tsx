import type { CanaryCheck } from '@ai-mesh/plugin-ai-mesh-common';
import { useState } from 'react';
import { useFormat } from '../../../format';
import { Disclosure } from '../Disclosure';
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
  const [open, setOpen] = useState(props.open ?? false);
  return (
    <Disclosure
      open={open}
      show={t('canary.evidence.show')}
      hide={t('canary.evidence.hide')}
      onToggle={() => setOpen(!open)}
    >
      <GatesTable
        label={t('canary.evidence.title', { time: format.time(evidence.at) })}
        check={evidence}
        versions={versions}
      />
    </Disclosure>
  );
}
