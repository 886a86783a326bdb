import type { KialiView } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { HealthMark, Quoted } from '../../Marks';

/** Kiali's judgement of a service and of its objects, in Kiali's words. */
export function KialiDetails(props: { kiali: KialiView }) {
  const { health, validations } = props.kiali;
  return (
    <>
      <HealthMark status={health} />
      {validations.map(({ object, code, message, path }) => (
        <Typography
          key={`${object.kind} ${object.name} ${code} ${path}`}
          variant="body2"
        >
          {[code, `${object.kind} ${object.name}`, path]
            .filter(Boolean)
            .join(' · ')}
          : <Quoted>{message}</Quoted>
        </Typography>
      ))}
    </>
  );
}
