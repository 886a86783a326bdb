import type { TcpTraffic } from '@ai-mesh/plugin-ai-mesh-common';
import { useFormat } from '../../../format';
import { Figure, read } from '../../Figures';
import { Terms } from '../../Terms';

/** The figures of TCP traffic. */
export function TcpTerms(props: { tcp: TcpTraffic; cluster: string }) {
  const { tcp, cluster } = props;
  const { t, format } = useFormat();
  const rows = [
    {
      label: t('figure.connectionsOpened'),
      measured: tcp.connectionsOpenedPerSecond,
      show: format.connections,
    },
    {
      label: t('figure.sentBytes'),
      measured: tcp.sentBytesPerSecond,
      show: format.bytesPerSecond,
    },
    {
      label: t('figure.receivedBytes'),
      measured: tcp.receivedBytesPerSecond,
      show: format.bytesPerSecond,
    },
  ];
  return (
    <Terms
      terms={rows.map(({ label, measured, show }) => ({
        name: label,
        value: (
          <Figure
            label={label}
            query="tcp"
            cluster={cluster}
            reading={read(measured, t, value => ({
              value,
              text: show(value),
              exact: format.exact(value),
            }))}
          />
        ),
      }))}
    />
  );
}
