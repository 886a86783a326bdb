import IconButton from '@material-ui/core/IconButton';
import Paper from '@material-ui/core/Paper';
import Tooltip from '@material-ui/core/Tooltip';
import AddIcon from '@material-ui/icons/Add';
import EntityIcon from '@material-ui/icons/GpsFixed';
import FitIcon from '@material-ui/icons/ZoomOutMap';
import RemoveIcon from '@material-ui/icons/Remove';
import { Panel, useReactFlow, useStoreApi } from '@xyflow/react';
import { useAiMeshTranslation } from '../../../translation';
import type { GraphLayout } from './layoutGraph';
import { openingView } from './openingView';
import type { Opening } from './ViewKeeper';

/** Zoom without a wheel, the whole graph, and back to where it opened. */
export function GraphButtons(props: { opening: Opening; layout: GraphLayout }) {
  const { opening, layout } = props;
  const { zoomIn, zoomOut, fitView, setViewport } = useReactFlow();
  const store = useStoreApi();
  const { t } = useAiMeshTranslation();
  const buttons = [
    { name: t('topology.graph.zoomIn'), icon: AddIcon, run: () => zoomIn() },
    {
      name: t('topology.graph.zoomOut'),
      icon: RemoveIcon,
      run: () => zoomOut(),
    },
    {
      name: t('topology.graph.fit'),
      icon: FitIcon,
      run: () => fitView({ padding: 0.04, maxZoom: 1 }),
    },
    {
      name: t('topology.graph.back'),
      icon: EntityIcon,
      run: () => setViewport(openingView(layout, opening, store.getState())),
    },
  ];
  return (
    <Panel position="bottom-left">
      <Paper variant="outlined">
        {buttons.map(({ name, icon: Icon, run }) => (
          <Tooltip key={name} title={name}>
            <IconButton size="small" aria-label={name} onClick={run}>
              <Icon fontSize="small" />
            </IconButton>
          </Tooltip>
        ))}
      </Paper>
    </Panel>
  );
}
