import type { TopologyNode } from '@ai-mesh/plugin-ai-mesh-common';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import ExternalIcon from '@material-ui/icons/CloudQueue';
import ServiceIcon from '@material-ui/icons/DeviceHub';
import UnknownIcon from '@material-ui/icons/HelpOutline';
import WorkloadIcon from '@material-ui/icons/Memory';
import type { ComponentType } from 'react';

const icons: Record<TopologyNode['kind'], ComponentType<SvgIconProps>> = {
  service: ServiceIcon,
  workload: WorkloadIcon,
  external: ExternalIcon,
  unknown: UnknownIcon,
};

/** What kind of thing a node is; a name beside it says it too. */
export function KindIcon(props: { kind: TopologyNode['kind'] }) {
  const Icon = icons[props.kind];
  return <Icon fontSize="small" color="action" />;
}
