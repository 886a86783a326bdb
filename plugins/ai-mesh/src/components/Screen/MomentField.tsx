import { LocalTimeField } from './LocalTimeField';

/** A moment that has been, by date and time in the reader's zone; the one before stays until there is another. */
export function MomentField(props: {
  label: string;
  /** ISO 8601. */
  value: string;
  onChange: (at: string) => void;
}) {
  const { onChange, ...field } = props;
  return (
    <LocalTimeField
      {...field}
      past
      onChange={at => {
        if (at) {
          onChange(at);
        }
      }}
    />
  );
}
