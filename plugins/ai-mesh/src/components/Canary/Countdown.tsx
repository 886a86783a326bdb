import { useFormat } from '../../format';
import { useNow } from '../../hooks';
import { Explained } from '../Figures';

/** How long until something may happen, second by second, with the exact time on hover and focus. */
export function Countdown(props: { at: string }) {
  const { at } = props;
  const { t, format } = useFormat();
  const now = useNow(1_000);
  const due = Date.parse(at) <= now.getTime();
  return (
    <Explained by={format.time(at)}>
      <time dateTime={at}>
        {due ? t('canary.next.due') : format.when(at, now)}
      </time>
    </Explained>
  );
}
