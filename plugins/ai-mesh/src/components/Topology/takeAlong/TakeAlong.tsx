import type { Topology } from '@ai-mesh/plugin-ai-mesh-common';
import Button from '@material-ui/core/Button';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import DownloadIcon from '@material-ui/icons/GetApp';
import { useState } from 'react';
import { useFormat } from '../../../format';
import { useTones } from '../../../theme';
import { saveFile } from '../../Figures';
import { edgeLines, shortFigures } from '../describe';
import type { Visible } from '../filterTopology';
import { layoutAside } from '../graph/layoutAside';
import { structureOf } from '../graph/layoutGraph';
import { pngOf } from './pngOf';
import { topologyCsv } from './topologyCsv';
import { topologySvg } from './topologySvg';

const forms = ['svg', 'png', 'json', 'csv'] as const;
type Form = (typeof forms)[number];

const mediaTypes: Record<Form, string> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  json: 'application/json',
  csv: 'text/csv;charset=utf-8',
};

const useStyles = makeStyles({
  place: { display: 'flex', justifyContent: 'flex-end' },
  // In a corner of the graph, where it takes nothing of its height.
  over: { position: 'absolute', zIndex: 5, top: 4, right: 4 },
});

/** What is shown, to take along as a picture or as data. */
export function TakeAlong(props: {
  topology: Topology;
  visible: Visible;
  /** Lies over what comes after it. */
  over: boolean;
}) {
  const { topology, visible, over } = props;
  const { t, format } = useFormat();
  const tones = useTones();
  const theme = useTheme();
  const classes = useStyles();
  const [anchor, setAnchor] = useState<Element | null>(null);
  const [failure, setFailure] = useState<string>();

  const shown = {
    ...topology,
    nodes: topology.nodes.filter(({ id }) => visible.nodes.has(id)),
    edges: topology.edges.filter(({ id }) => visible.edges.has(id)),
  };
  const at = format.time(topology.observedAt);
  const picture = async () => {
    const layout = await layoutAside(structureOf(shown));
    return topologySvg(
      shown,
      layout,
      {
        paper: theme.palette.background.paper,
        text: theme.palette.text.primary,
        line: tones.unknown.mark,
        health: {
          healthy: tones.healthy.mark,
          slow: tones.slow.mark,
          degraded: tones.degraded.mark,
          failing: tones.failing.mark,
          unknown: tones.unknown.mark,
        },
      },
      {
        title: `${topology.entityRef} · ${at} · ${t(`window.${topology.window}`)}`,
        ofNode: node => {
          const { rate, errors, p95 } = shortFigures(node.traffic, format);
          return [
            [node.namespace, t(`health.${node.health.status}`)]
              .filter(Boolean)
              .join(' · '),
            `${rate} · ${t('topology.edge.errors', { percent: errors })} · ${p95}`,
          ];
        },
        ofEdge: edge => edgeLines(edge, format, t),
      },
    );
  };
  const contentOf: Record<Form, () => Promise<Blob | string | undefined>> = {
    svg: picture,
    png: async () => {
      const svg = await picture();
      const [, width, height] =
        /<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
      return pngOf(svg, { width: Number(width), height: Number(height) });
    },
    json: async () => JSON.stringify(shown, undefined, 2),
    csv: async () => topologyCsv(shown),
  };
  const take = async (form: Form) => {
    setAnchor(null);
    setFailure(undefined);
    try {
      const content = await contentOf[form]();
      if (content === undefined) {
        setFailure(t('topology.take.notDrawn'));
        return;
      }
      saveFile({
        fileName: `topology-${fileNameOf(topology)}.${form}`,
        mediaType: mediaTypes[form],
        content,
      });
    } catch (error) {
      setFailure(
        t('topology.take.failed', {
          reason: error instanceof Error ? error.message : String(error),
        }),
      );
    }
  };

  return (
    <div className={over ? classes.over : classes.place}>
      <span role="alert">{failure}</span>
      <Button
        size="small"
        startIcon={<DownloadIcon />}
        aria-haspopup="menu"
        onClick={event => setAnchor(event.currentTarget)}
      >
        {t('topology.take.label')}
      </Button>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
      >
        {forms.map(form => (
          <MenuItem key={form} onClick={() => take(form)}>
            {t(`topology.take.${form}`)}
          </MenuItem>
        ))}
      </Menu>
    </div>
  );
}

/** The entity and the time, in characters that every file system takes. */
function fileNameOf({ entityRef, observedAt }: Topology): string {
  return `${entityRef.split('/').pop()}-${observedAt}`.replace(
    /[^\w.-]+/g,
    '-',
  );
}
