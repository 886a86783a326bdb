import type { FindingText } from '../message';
import type { objectMessages } from '../objectMessages';

/** The words of what istioctl and Kiali find too, in English. */
export const enObjects: Readonly<
  Record<keyof typeof objectMessages, FindingText>
> = {
  'AIM308.missing': {
    title: 'Gateway that does not exist',
    message: '{{place}} names the gateway {{gateway}}, which does not exist.',
    why: 'Nothing that comes from outside the mesh reaches the model by this route.',
  },
  'AIM308.internal': {
    title: 'Gateway of Istio’s own making',
    message:
      '{{place}} names {{gateway}}, which Istio makes from a listener of the Gateway API.',
    why: 'The name is Istio’s own affair and changes with a version: the route then stops without a change of yours.',
  },
  'AIM308.host': {
    title: 'Hosts that the gateway does not serve',
    message:
      'None of the hosts of {{place}} ({{hosts}}) is served by the gateway {{gateway}} for its namespace.',
    why: 'The route is never asked: what comes for these hosts is answered with 404.',
  },
  'AIM308.parent': {
    title: 'Route without a Gateway',
    message:
      '{{place}} is attached to the Gateway {{gateway}}, which {{because}}.',
    why: 'Nothing that comes from outside the mesh reaches the model by this route.',
  },
  AIM309: {
    title: 'Gateway bypasses the split',
    message:
      '{{place}} sends to {{host}} without a subset, so what comes through {{gateways}} is not split as {{other}} says.',
    why: 'A gateway asks no other VirtualService: a canary’s share, a timeout or a header rule there does not count for it.',
  },
  AIM310: {
    title: 'Routing by a claim nobody checks',
    message:
      '{{place}} routes by {{claim}}, but no RequestAuthentication checks tokens at {{gateway}} ({{pods}}).',
    why: 'Without a checked token there are no claims: the rule never matches, and everybody gets the rule below.',
  },
  'AIM311.conflict': {
    title: 'Two DestinationRules for one host',
    message:
      '{{place}} and {{other}} are for the same host and both speak for {{subset}}.',
    why: 'Istio keeps what it read first: a breaker or a version that only the other one has does not count.',
  },
  'AIM311.mtls': {
    title: 'Mutual TLS of a wider rule is lost',
    message:
      '{{place}} says nothing of TLS, and takes the place of {{other}}, which asks for mutual TLS.',
    why: 'Rules of several breadths are not merged: without auto mTLS the callers fall back to plaintext.',
  },
  'AIM311.noLabels': {
    title: 'Subset without labels',
    message:
      'The subset {{subset}} of {{place}} selects no label, and so takes every endpoint.',
    why: 'It looks like a version of the model and is all of them.',
  },
  AIM312: {
    title: 'Same destination twice',
    message: '{{place}} sends to {{target}} {{times}} times.',
    why: 'The shares add up, which whoever changes one of them does not see.',
  },
  AIM313: {
    title: 'Grant to an unknown namespace',
    message:
      '{{place}} allows routes of the namespace {{namespace}}, which does not exist.',
    why: 'Most likely another namespace was meant, whose routes are refused.',
  },
  AIM314: {
    title: 'Exported to an unknown namespace',
    message:
      '{{place}} is exported to the namespace {{namespace}}, which does not exist.',
    why: 'Callers in the namespace that was meant do not see the object, and get none of its timeouts, versions or breakers.',
  },
  AIM315: {
    title: 'Istio does not accept the object',
    message:
      '{{place}} is not in effect as written: {{type}} is {{status}} ({{reason}}): {{message}}',
    why: 'The mesh itself says so: what the object asks for is not done, or not all of it.',
  },
  'AIM316.protocol': {
    title: 'One external port, two protocols',
    message:
      '{{place}} and {{others}} give port {{port}} of {{host}} different protocols: {{protocols}}.',
    why: 'Which one counts is chance: calls to the provider work or fail, are seen as HTTP or not, from one restart to the next.',
  },
  'AIM316.twice': {
    title: 'External host defined twice',
    message: '{{place}} and {{others}} both define port {{port}} of {{host}}.',
    why: 'One of them counts; whoever changes the other changes nothing.',
  },
  'AIM316.addresses': {
    title: 'TCP host without an address',
    message: '{{place}} has the TCP port {{port}} and no address.',
    why: 'A connection has no host name: without an address of its own it is told from others by its port alone, and takes theirs.',
  },
  AIM317: {
    title: 'Sidecar for an unknown host',
    message: '{{place}} lets {{host}} through, which is no known host.',
    why: 'Most likely another host was meant, which the workloads then do not know.',
  },
  AIM412: {
    title: 'Selects no workload',
    message:
      '{{place}} selects {{labels}}, and no workload in its reach has that.',
    why: 'It looks like a protection or a setting, and does nothing.',
  },
  'AIM413.workload': {
    title: 'Several for one workload',
    message: '{{objects}} select the same pods ({{pod}} among them).',
    why: 'Only one of them counts, the oldest as a rule: the other does nothing.',
  },
  'AIM413.selectorless': {
    title: 'Several for one namespace',
    message: '{{objects}} are each for the whole namespace.',
    why: 'Only one of them counts, the oldest as a rule: the other does nothing.',
  },
  'AIM414.namespace': {
    title: 'Policy for an unknown namespace',
    message:
      '{{place}} names the namespace {{namespace}}, which does not exist.',
    why: 'Callers of the namespace that was meant are treated as strangers.',
  },
  'AIM414.method': {
    title: 'Policy for an unknown method',
    message: '{{place}} names the method {{method}}, which HTTP does not have.',
    why: 'The rule never matches: an ALLOW lets nobody in by it, a DENY keeps nobody out.',
  },
  'AIM414.host': {
    title: 'Policy for an unknown host',
    message:
      '{{place}} names the host {{host}}, which no Service, ServiceEntry or VirtualService has.',
    why: 'The rule never matches: an ALLOW lets nobody in by it, a DENY keeps nobody out.',
  },
  'AIM414.principal': {
    title: 'Policy for an unknown identity',
    message:
      '{{place}} names {{principal}}, and no workload has that service account.',
    why: 'The rule never matches: an ALLOW lets nobody in by it, a DENY keeps nobody out.',
  },
  'AIM414.remote': {
    title: 'Identity of another cluster',
    message:
      '{{place}} names {{principal}}, whose service account runs in {{cluster}} and not here.',
    why: 'The rule matches only where both clusters are one mesh and trust the same root.',
  },
  'AIM414.foreign': {
    title: 'Identity of another trust domain',
    message:
      '{{place}} names {{principal}}, of a trust domain that is not this mesh’s.',
    why: 'Whether anybody has that identity cannot be seen from here.',
  },
  'AIM415.noWaypoint': {
    title: 'HTTP setting without a waypoint',
    message:
      '{{place}} needs a waypoint, and the namespace {{namespace}} uses none.',
    why: 'In ambient, ztunnel sees connections, not requests: what is said of HTTP is not done.',
  },
  'AIM415.selector': {
    title: 'HTTP setting not tied to a waypoint',
    message: '{{place}} says something of HTTP and has no targetRefs.',
    why: 'A waypoint takes what is attached to it, its Service or its class; it ignores what selects pods.',
  },
  'AIM415.notCaptured': {
    title: 'Route of a service without a waypoint',
    message:
      '{{place}} is about {{service}}, which is in ambient and uses no waypoint.',
    why: 'Nobody on the way sees requests: versions, timeouts and breakers are not done.',
  },
  'AIM415.waypointMissing': {
    title: 'Route of a service whose waypoint is missing',
    message:
      '{{place}} is about {{service}}, which is in ambient and asks for the waypoint {{waypoint}}, which does not exist.',
    why: 'Nobody on the way sees requests: versions, timeouts and breakers are not done.',
  },
  'AIM415.otherNamespace': {
    title: 'Route outside its service’s namespace',
    message:
      '{{place}} is about {{service}}, whose waypoint reads its own namespace alone.',
    why: 'In ambient the called side routes: what lies in a caller’s namespace is not done.',
  },
  'AIM415.workload': {
    title: 'Policy of requests, and no waypoint',
    message:
      '{{workload}} is in ambient without a waypoint, and {{policies}} asks for what only a waypoint sees.',
    why: 'ztunnel leaves out what it cannot judge: a DENY does nothing, an ALLOW lets nobody in.',
  },
  'AIM801.missingProxy': {
    title: 'Pods without a proxy',
    message:
      '{{pods}} should have a proxy, as the namespace asks, and have none.',
    why: 'They are outside the mesh: no mutual TLS, no policy, no metrics, and STRICT callers refuse them.',
  },
  'AIM801.notInjected': {
    title: 'Namespace outside the mesh',
    message:
      'The namespace {{namespace}} has no label that puts it into the mesh.',
    why: 'New pods come without a proxy, unless their own labels say otherwise.',
  },
  'AIM801.byDefault': {
    title: 'In the mesh by default',
    message:
      'The namespace {{namespace}} says nothing, and the mesh injects by default.',
    why: 'A change of the mesh’s default takes these pods out of it.',
  },
  'AIM801.labels': {
    title: 'Contradicting injection labels',
    message:
      'The namespace {{namespace}} has {{labels}}, which contradict each other.',
    why: 'One of them counts, and which one is not what most people think.',
  },
  'AIM802.labels': {
    title: 'Asks for a sidecar and for ambient',
    message: '{{workload}} is asked to have a sidecar and to be in ambient.',
    why: 'With a sidecar it is not in ambient: waypoints and what they decide do not count for it.',
  },
  'AIM802.waypointOutside': {
    title: 'Waypoint for what is not in ambient',
    message: '{{workload}} is to use a waypoint, and is not in ambient.',
    why: 'Without ambient nothing leads its calls through the waypoint.',
  },
  'AIM802.waypointMissing': {
    title: 'Waypoint that does not exist',
    message:
      '{{workload}} is to use the waypoint {{waypoint}}, which does not exist.',
    why: 'Nothing is done of what the waypoint should do: routes, policies, metrics of requests.',
  },
  'AIM802.redirected': {
    title: 'Sidecar asked for, ambient given',
    message:
      '{{workload}} is asked to have a sidecar, and its pods are in ambient.',
    why: 'What counts for sidecars, timeouts and retries of its callers’ routes among it, does not count here.',
  },
  'AIM802.sidecar': {
    title: 'Sidecar in ambient',
    message: '{{workload}} has sidecars, and is to be in ambient.',
    why: 'A pod with a sidecar is not in ambient: its waypoint is not asked.',
  },
  'AIM803.name': {
    title: 'Port whose protocol is guessed',
    message:
      'The name of port {{port}} ({{name}}) of {{service}} says no protocol.',
    why: 'The proxy has to guess from the first bytes: a server that speaks first is held up, and HTTP may pass as TCP, without retries, timeouts and metrics of requests.',
  },
  'AIM803.appProtocol': {
    title: 'Unknown appProtocol',
    message:
      'Port {{port}} of {{service}} has the appProtocol {{name}}, which Istio does not know.',
    why: 'The proxy has to guess from the first bytes: a server that speaks first is held up, and HTTP may pass as TCP, without retries, timeouts and metrics of requests.',
  },
  AIM804: {
    title: 'Port that no container declares',
    message:
      'Port {{port}} of {{service}} leads to {{target}}, which no container of its pods declares.',
    why: 'If nothing listens there, every request to the port fails; a named port that is not declared has no endpoints at all.',
  },
  'AIM805.protocols': {
    title: 'One port, two protocols',
    message:
      '{{services}} lead to {{workload}} and give port {{port}} different protocols.',
    why: 'A proxy knows one protocol of a port: one of the services does not work as it says.',
  },
  'AIM805.ports': {
    title: 'Several ports for one',
    message:
      '{{services}} lead to {{target}} of {{workload}} by different ports: {{ports}}.',
    why: 'What is said for one of the ports, mutual TLS or a breaker, counts for callers of that one alone.',
  },
  AIM806: {
    title: 'Different in another cluster',
    message:
      '{{service}} is not the same in the clusters {{clusters}}: {{differences}}.',
    why: 'A mesh of several clusters takes them for one service: calls fail or not with the cluster that they come to.',
  },
  AIM807: {
    title: 'Server that listens to itself alone',
    message:
      'Port {{port}} of {{service}} leads to {{target}}, and the container {{container}} is told {{told}}.',
    why: 'A proxy calls the application at the pod’s address, where it does not listen: every call fails with 503.',
  },
};
