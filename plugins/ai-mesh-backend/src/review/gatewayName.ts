/** `namespace/name`, or a name of the object's own namespace, as a VirtualService names gateways. */
export function gatewayName(
  written: string,
  home: string,
): { namespace: string; name: string } {
  const [first, second] = written.split('/');
  return second === undefined
    ? { namespace: home, name: first }
    : { namespace: first === '.' ? home : first, name: second };
}
