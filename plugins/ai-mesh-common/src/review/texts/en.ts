import type { FindingMessageKey } from '../findingMessages';
import type { FindingText } from '../message';
import { enObjects } from './enObjects';

/**
 * The review's words in English.
 *
 * @public
 */
export const findingTextsEn: Readonly<Record<FindingMessageKey, FindingText>> =
  {
    AIM101: {
      title: 'No timeout',
      message: '{{place}} sends requests to {{service}} without a timeout.',
      why: 'A model that hangs holds a connection, and the caller, for as long as it likes; under load every caller ends up waiting.',
    },
    AIM102: {
      title: 'Timeout too short',
      message:
        'The timeout of {{timeout}} in {{place}} is below what {{service}} needs: 1% of its answers take longer than {{p99}}.',
      why: 'Normal, only slow, answers are cut off, and are paid for nevertheless.',
    },
    AIM103: {
      title: 'Retries that may be billed twice',
      message: '{{place}} retries on {{conditions}}.',
      why: 'After such a failure the model may have answered already: the retry generates, and bills, the answer again.',
    },
    'AIM103.gatewayError': {
      title: 'Retries on gateway errors',
      message: '{{place}} retries on gateway-error.',
      why: 'Most of 502, 503 and 504 come before any work is done; a 504 of a proxy on the way may come after it, and is then billed twice.',
    },
    AIM104: {
      title: 'Retries that never happen',
      message:
        'In {{place}} {{attempts}} retries of {{perTry}} each do not fit into the timeout of {{timeout}}.',
      why: 'The route gives up before the last try begins: it looks more robust than it is.',
    },
    AIM105: {
      title: 'Retries on a stream',
      message:
        '{{place}} streams ({{because}}) and retries {{attempts}} times.',
      why: 'A stream that breaks half-way has been generated and billed half-way; the retry starts it from the beginning.',
    },
    AIM106: {
      title: 'Default retries apply',
      message:
        '{{place}} does not say how to retry: the mesh tries {{attempts}} more times on {{conditions}}.',
      why: 'The default is meant for quick, idempotent calls. For a model it is better to have said what is wanted.',
    },
    AIM201: {
      title: 'No outlier detection',
      message:
        'Nothing takes a failing endpoint of {{service}} out of the pool.',
      why: 'A model server that is out of memory or quota answers errors fast, and so attracts more and more of the requests.',
    },
    AIM202: {
      title: 'Dead gateway-error rule',
      message:
        'consecutive5xxErrors ({{any}}) is not above consecutiveGatewayErrors ({{gateway}}) in {{place}}.',
      why: 'Every gateway error is a 5xx too: the 5xx rule fires first, and the gateway rule never.',
    },
    'AIM203.capacity': {
      title: 'Ejection takes too much',
      message:
        'With {{endpoints}} endpoints, maxEjectionPercent {{percent}} in {{place}} may take {{ejected}} of them away.',
      why: 'Model servers are few and warm up slowly: the ones left get all the load and fall next.',
    },
    'AIM203.panic': {
      title: 'One ejection switches ejection off',
      message:
        'With {{endpoints}} endpoints, one ejection leaves {{left}}% healthy, below minHealthPercent {{minimum}} in {{place}}.',
      why: 'Below that bound requests go to ejected endpoints too: the breaker stops protecting just when it is needed.',
    },
    'AIM204.missing': {
      title: 'No connection-pool limits',
      message: 'Nothing limits how many requests pile up before {{service}}.',
      why: 'A model works on few requests at a time. Without a limit the rest wait in queues until everybody has timed out.',
    },
    'AIM204.low': {
      title: 'Connection-pool limits too low',
      message:
        'One calling proxy had up to {{peak}} requests to {{service}} under way at once; {{place}} lets {{limit}} through.',
      why: 'What is beyond the limit is rejected at once, although the model would have answered it.',
    },
    AIM205: {
      title: 'Idle timeout too short',
      message:
        'The idle timeout of {{idle}} in {{place}} is below what {{service}} needs: 1% of its answers take longer than {{p99}}.',
      why: 'A model that thinks sends nothing for long: the connection counts as idle and is closed under it.',
    },
    AIM206: {
      title: 'Breaker state not exported',
      message:
        'The proxies that call {{service}} do not export circuit-breaker statistics.',
      why: 'Whether a breaker is open can then only be guessed from rejected requests.',
    },
    'AIM207.share': {
      title: 'Ejection that never happens',
      message:
        'maxEjectionPercent {{percent}} in {{place}} lets none of {{endpoints}} endpoints be ejected: one is {{one}}% of them.',
      why: 'A model server that only answers errors stays in the pool, though the detection is on.',
    },
    'AIM207.single': {
      title: 'One endpoint, which is never ejected',
      message:
        '{{place}} never ejects the only endpoint of {{group}}: one of one is more than maxEjectionPercent {{percent}}.',
      why: 'A breaker needs a second pod to send to. Run two at least, of which maxEjectionPercent 50 lets one be ejected. With 100 a single one is ejected too, and each call is then refused at once until it comes back.',
    },
    'AIM207.counts': {
      title: 'Outlier detection counts nothing',
      message:
        '{{place}} ejects neither on 5xx nor on gateway errors: both counts are 0.',
      why: 'A model server that only answers errors stays in the pool, though the detection is on.',
    },
    'AIM301.host': {
      title: 'Destination does not exist',
      message: '{{place}} sends to {{host}}, which the cluster does not know.',
      why: 'Each of these requests fails with 503.',
    },
    'AIM301.subset': {
      title: 'Subset does not exist',
      message:
        '{{place}} sends to the subset {{subset}} of {{host}}, which no DestinationRule that applies defines.',
      why: 'Each of these requests fails with 503.',
    },
    'AIM301.unseenSubset': {
      title: 'Subset that not all callers know',
      message:
        '{{place}} sends callers of every namespace to the subset {{subset}} of {{host}}, which is defined for those in {{namespaces}} alone.',
      why: 'Requests of all others fail with 503: no DestinationRule that they see defines it.',
    },
    'AIM301.port': {
      title: 'Unknown destination port',
      message:
        '{{place}} sends to port {{port}} of {{host}}, which has {{ports}}.',
      why: 'Every request that the rule takes fails with 503.',
    },
    'AIM301.mirrorHost': {
      title: 'Mirror to nowhere',
      message: '{{place}} mirrors to {{host}}, which does not exist.',
      why: 'Nothing is mirrored and nothing says so: the new model is never tried.',
    },
    'AIM301.mirrorSubset': {
      title: 'Mirror to an unknown subset',
      message:
        '{{place}} mirrors to the subset {{subset}} of {{host}}, which no DestinationRule that its callers see defines.',
      why: 'Nothing is mirrored and nothing says so: the new model is never tried.',
    },
    'AIM301.mirrorPort': {
      title: 'Mirror to an unknown port',
      message:
        '{{place}} mirrors to port {{port}} of {{host}}, which has {{ports}}.',
      why: 'Nothing is mirrored and nothing says so: the new model is never tried.',
    },
    'AIM301.endpoints': {
      title: 'Destination without endpoints',
      message: '{{place}} sends to {{target}}, which has no ready endpoint.',
      why: 'Each of these requests fails with 503.',
    },
    'AIM301.ruleHost': {
      title: 'DestinationRule for nothing',
      message:
        '{{place}} is for the host {{host}}, which the cluster does not know.',
      why: 'Its circuit breaker and its TLS settings protect nobody; most often the name is misspelt.',
    },
    'AIM301.emptySubset': {
      title: 'Subset without pods',
      message:
        'The subset {{subset}} in {{place}} selects no pod ({{labels}}).',
      why: 'Whoever sends traffic to that model version gets 503.',
    },
    'AIM302.unreachable': {
      title: 'Unreachable rule',
      message:
        '{{place}} is never asked: {{catcher}} takes everything before it.',
      why: 'What the rule was meant to do, its model, timeout or retries, does not happen.',
    },
    'AIM302.overlap': {
      title: 'Match without effect',
      message:
        '{{place}} never matches anything new: {{catcher}} takes it before.',
      why: 'Whoever changes the route expects it to count.',
    },
    AIM303: {
      title: 'Competing VirtualServices',
      message: '{{loser}} and {{winner}} are for the same host {{host}}.',
      why: 'Istio does not merge them: the rules of one have no effect, and which one may change when an object is created anew.',
    },
    AIM304: {
      title: 'Weights do not add up to 100',
      message: 'The weights in {{place}} add up to {{sum}}: {{shares}}.',
      why: 'Weights are relative: a reader takes them for percentages, and the split between models is not what it seems.',
    },
    AIM305: {
      title: 'Fault injection left on',
      message: '{{place}} injects {{fault}}.',
      why: 'Real requests are slowed down or fail, and look like failures of the model.',
    },
    AIM306: {
      title: 'Mirrored requests are billed',
      message: '{{place}} mirrors {{percent}}% of the requests to {{host}}.',
      why: 'Every mirrored request is answered by a model and paid for, and nobody reads the answer.',
    },
    AIM307: {
      title: '100% that is not',
      message:
        '{{place}} still sends to {{version}}, though {{lower}} gives it nothing any more.',
      why: 'The rollout looks complete, and the requests that this rule takes are answered by the old model.',
    },
    'AIM401.ready': {
      title: 'Could be STRICT',
      message:
        '{{service}} takes plaintext, and nobody has sent any over the look-back.',
      why: 'Prompts and answers are often personal data. Switching to STRICT now refuses nobody who was seen.',
    },
    'AIM401.blocked': {
      title: 'Plaintext callers',
      message: '{{service}} takes plaintext, and gets it from {{callers}}.',
      why: 'Prompts and answers travel readable, and the caller cannot be known. STRICT would refuse these callers today.',
    },
    'AIM401.unknown': {
      title: 'Not STRICT',
      message:
        '{{service}} takes plaintext; whether anybody sends it is not known: {{reason}}',
      why: 'Prompts and answers may travel readable without anybody noticing.',
    },
    'AIM401.noProxy': {
      title: 'No proxy, no mutual TLS',
      message: '{{service}} cannot be STRICT: {{reason}}',
      why: 'Prompts and answers travel readable, and no policy of the mesh is enforced.',
    },
    AIM402: {
      title: 'Mutual TLS off on a port',
      message: '{{place}} switches mutual TLS off on port {{port}}.',
      why: 'Callers cannot be known on this port, and rules that name callers never match there.',
    },
    AIM403: {
      title: 'TLS settings conflict',
      message:
        '{{place}} makes callers in {{callers}} send {{client}}, but {{server}}.',
      why: 'Their connections are refused: every call fails, and looks like an outage of the model.',
    },
    'AIM404.missing': {
      title: 'Anybody may call',
      message: 'No AuthorizationPolicy says who may call {{service}}.',
      why: 'Whoever reaches the network may spend the token budget.',
    },
    'AIM404.allowsAll': {
      title: 'A rule that allows all',
      message:
        '{{place}} has no condition: it allows every call to {{service}}.',
      why: 'Whoever reaches the network may spend the token budget; every other ALLOW rule is without effect.',
    },
    'AIM405.never': {
      title: 'Rule needs mutual TLS that never is',
      message:
        '{{place}} asks for the caller’s identity, but calls to {{service}} arrive in plaintext ({{because}}).',
      why: 'In plaintext a caller has no identity: an ALLOW rule never matches, and a DENY rule never denies.',
    },
    'AIM405.bypass': {
      title: 'Rule can be evaded in plaintext',
      message:
        '{{place}} keeps callers out by their identity, but {{service}} takes plaintext.',
      why: 'In plaintext a caller has no identity: who is to be kept out need only call without a proxy.',
    },
    'AIM405.plaintextCaller': {
      title: 'Callers that a rule cannot know',
      message:
        '{{place}} asks for the caller’s identity, which {{callers}}, calling in plaintext, cannot show.',
      why: 'These callers are denied, or need a rule that lets anybody in.',
    },
    'AIM407.noEffect': {
      title: 'Policy without effect',
      message: '{{place}} has no effect on calls to {{service}}. {{because}}',
      why: 'What looks protected is open: nothing there enforces what the policy says.',
    },
    'AIM407.altered': {
      title: 'Policy that does something else',
      message:
        '{{place}} does not do what it says on calls to {{service}}. {{because}}',
      why: 'ztunnel sees connections, not requests: a rule that asks for requests refuses callers that were meant to get in.',
    },
    AIM408: {
      title: 'Selector means a Gateway’s pods',
      message:
        '{{place}} means pods of the Gateway {{gateway}}, which take targetRefs and no selector.',
      why: 'The gateway or waypoint does not enforce it, though it reads as if it did.',
    },
    AIM409: {
      title: 'Sidecar without a sidecar',
      message:
        '{{place}} is for workloads of {{namespace}} in ambient mode, which have no sidecar: it has no effect.',
      why: 'What it imports and limits is not imported and not limited.',
    },
    AIM410: {
      title: 'STRICT refuses every caller',
      message:
        '{{place}} makes {{service}} refuse all that were seen calling it: {{callers}}.',
      why: 'None of them speaks mutual TLS as it is now: every call fails, and looks like an outage of the model.',
    },
    'AIM411.rule': {
      title: 'Server is not checked',
      message:
        '{{place}} calls {{host}} by TLS ({{mode}}) and names no CA to check its certificate by.',
      why: 'Whoever stands between may answer in the provider’s place, and read prompts and keys.',
    },
    'AIM411.port': {
      title: 'Server is not checked on a port',
      message:
        '{{place}} calls {{host}} by TLS ({{mode}}) and names no CA to check its certificate by.',
      why: 'Whoever stands between may answer in the provider’s place, and read prompts and keys.',
    },
    AIM501: {
      title: 'No model on traces',
      message: 'Traces of {{service}} do not carry the name of the model.',
      why: 'A slow or expensive request cannot be traced back to the model that answered it.',
    },
    'AIM502.none': {
      title: 'No traces',
      message: '{{place}} keeps no trace of requests to {{service}}.',
      why: 'The next slow answer cannot be explained afterwards.',
    },
    'AIM502.all': {
      title: 'Every request traced',
      message:
        '{{place}} keeps a trace of every request to {{service}}, at {{rate}} requests/s.',
      why: 'Tracing everything costs latency, memory and storage, most of it when load is highest.',
    },
    AIM503: {
      title: 'Every request logged',
      message: '{{place}} logs every request to {{service}}.',
      why: 'Access logs of AI traffic grow fast and may hold prompts in URLs; failures and slow answers are what is looked for.',
    },
    'AIM601.noEntry': {
      title: 'Provider without a ServiceEntry',
      message:
        'Workloads of {{service}} call {{host}}, which no ServiceEntry makes known.',
      why: 'Calls to a model provider then have no timeout, no breaker and no metrics by name.',
    },
    'AIM601.passthrough': {
      title: 'Unknown hosts outside the mesh',
      message:
        'Workloads of {{service}} call hosts outside the mesh that no ServiceEntry makes known.',
      why: 'Calls to a model provider then have no timeout, no breaker and no metrics by name.',
    },
    'AIM601.noTls': {
      title: 'Provider called without TLS',
      message:
        'Requests to {{host}} leave the mesh unencrypted on port {{port}} ({{place}}).',
      why: 'Prompts, answers and the API key cross the internet readable.',
    },
    AIM701: {
      title: 'Old API version',
      message: '{{object}} is written in {{version}}.',
      why: 'Alpha versions stop being served when the mesh is upgraded; whatever applies the manifest then fails.',
    },
    ...enObjects,
  };
