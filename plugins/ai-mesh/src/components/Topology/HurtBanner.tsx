import type { Topology } from '@ai-mesh/plugin-ai-mesh-common';
import Link from '@material-ui/core/Link';
import { Fragment } from 'react';
import { useAiMeshTranslation } from '../../translation';
import { between } from '../Figures';
import { Notice, Said } from '../Marks';
import { UnwellBanner } from './UnwellBanner';
import type { Selection } from './useTopologyChoices';

/** Where the outage starts, and who only suffers from it. */
export function HurtBanner(props: {
  topology: Topology;
  onSelect: (selection: Selection) => void;
}) {
  const { topology, onSelect } = props;
  const { t } = useAiMeshTranslation();
  const { outage } = topology;
  if (outage.status === 'none') {
    return <UnwellBanner topology={topology} onSelect={onSelect} />;
  }
  if (outage.status === 'unknown') {
    return (
      <Notice tone="unknown" title={t('topology.hurt.unknown')}>
        <Said of={outage} />
      </Notice>
    );
  }
  const names = (ids: string[]) => (
    <>
      {ids.map((id, index) => (
        <Fragment key={id}>
          {index > 0 && t('text.and')}
          <Link
            component="button"
            variant="body2"
            underline="always"
            onClick={() => onSelect(`node:${id}`)}
          >
            {topology.nodes.find(node => node.id === id)?.name ?? id}
          </Link>
        </Fragment>
      ))}
    </>
  );
  const [only, ...others] = outage.origins;
  return (
    <Notice tone="failing" title={t('topology.hurt.title')}>
      <div>
        {t(
          outage.origins.some(({ confidence }) => confidence === 'likely')
            ? 'topology.hurt.origin'
            : 'topology.hurt.maybe',
          { origins: names(outage.origins.map(({ node }) => node)) },
        )}
        {others.length === 0 && (
          <>
            {between(t)}
            <Said of={{ message: only.reason, words: only.words }} />
          </>
        )}
      </div>
      {others.length > 0 &&
        outage.origins.map(({ node, reason, words }) => (
          <div key={node}>
            {names([node])}
            {t('text.colon')}
            <Said of={{ message: reason, words }} />
          </div>
        ))}
      {outage.suffering.length > 0 && (
        <div>
          {t('topology.hurt.suffering', {
            nodes: names(outage.suffering.map(({ node }) => node)),
          })}
        </div>
      )}
    </Notice>
  );
}
