import type { Topology } from '@ai-mesh/plugin-ai-mesh-common';
import Link from '@material-ui/core/Link';
import { Fragment } from 'react';
import { useAiMeshTranslation } from '../../translation';
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
  return (
    <Notice tone="failing" title={t('topology.hurt.title')}>
      <div>
        {t(
          outage.origins.some(({ confidence }) => confidence === 'likely')
            ? 'topology.hurt.origin'
            : 'topology.hurt.maybe',
          { origins: names(outage.origins.map(({ node }) => node)) },
        )}{' '}
        {outage.origins.map(({ node, reason, words }) => (
          <Fragment key={node}>
            <Said of={{ message: reason, words }} />{' '}
          </Fragment>
        ))}
      </div>
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
