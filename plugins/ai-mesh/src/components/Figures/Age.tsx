import { useFormat } from '../../format';
import { useNow } from '../../hooks';
import { Explained } from './Explained';

/** How long ago something was, with the exact time in the reader's zone on hover and focus. */
export function Age(props: { at: string }) {
  const { format } = useFormat();
  const now = useNow();
  return (
    <Explained by={format.time(props.at)}>
      <time dateTime={props.at}>{format.age(props.at, now)}</time>
    </Explained>
  );
}
