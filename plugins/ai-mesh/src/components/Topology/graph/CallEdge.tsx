import { BaseEdge, EdgeLabelRenderer, EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { type Tone, useTones } from '../../../theme';
import { turnTones } from '../compare';
import { edgeHealth, isAlarming } from '../edgeHealth';
import { arrowId } from './Arrows';
import { CallLabel } from './CallLabel';
import type { CallData, CallFlowEdge } from './graphElements';
import { useLabelInView } from './inView';

/** Drawn from its data alone: the library tells the ends anew once it has measured them, and nothing here asks for them. */
const Call = memo((props: { data: CallData }) => {
  const { edge, change, path, label } = props.data;
  const tones = useTones();
  const labelled = useLabelInView(label);
  const health = edgeHealth(edge);
  const ownTone: Tone = isAlarming(health) ? health : 'unknown';
  const tone = change ? turnTones[change.turn] : ownTone;
  const rate =
    edge.traffic.requestsPerSecond.status === 'known'
      ? edge.traffic.requestsPerSecond.value
      : 0;
  return (
    <>
      <BaseEdge
        path={path}
        // Nothing is done with the line itself.
        interactionWidth={0}
        markerEnd={`url(#${arrowId(tone)})`}
        style={{
          stroke: tones[tone].mark,
          strokeWidth: Math.min(1.5 + Math.log10(1 + rate) * 1.5, 6),
          strokeDasharray: change?.turn === 'gone' ? '6 4' : undefined,
        }}
      />
      {labelled && (
        <EdgeLabelRenderer>
          <CallLabel data={props.data} tone={tone} />
        </EdgeLabelRenderer>
      )}
    </>
  );
});

/** A call: a line that is the thicker the more requests take it, and a label with its lock and what matters of it. */
export function CallEdge({ data }: EdgeProps<CallFlowEdge>) {
  return data ? <Call data={data} /> : null;
}
