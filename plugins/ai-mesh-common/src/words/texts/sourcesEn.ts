/** Why a source (Prometheus, Kiali, a tracing system, a cluster's API) says nothing or not all, in English. */
export const sourceTextsEn = {
  'source.prometheus': "Prometheus of the cluster '{{cluster}}' ({{url}})",
  'source.kiali': "Kiali of the cluster '{{cluster}}' ({{url}})",
  'source.tracing': "The tracing system of the cluster '{{cluster}}' ({{url}})",

  'source.tooDeep':
    'answered with JSON that is nested more than {{most}} deep, which is no answer of its. Check that {{key}}.url leads to it.',
  'source.garbled':
    'answered with JSON that breaks off or is garbled. Something between it and the portal may cut long answers.',
  'source.garbledOrDeep':
    'answered with JSON that breaks off, is garbled, or is nested more than {{most}} deep.',
  'source.tooLarge': 'answered with more than {{megabytes}} MB.',
  'source.manySeries':
    'Its series may have labels of too many values; drop those or ask for less.',
  'source.largeMesh': 'The mesh may be too large for one answer of Kiali.',
  'source.shorterWindow': 'Ask for a shorter window.',
  'source.shorter': 'Ask for a shorter window',
  'source.load': 'Look at its load',
  'source.queueFull':
    'is asked too much: as many questions wait for it as may. Ask again in a moment, or raise {{key}}.queue of this cluster under aiMesh.clusters.',
  'source.late':
    'did not answer within {{seconds}} s. {{advice}}, or raise {{key}}.timeout of this cluster under aiMesh.clusters.',
  'source.noTurn':
    'is asked so much that this question had no turn within {{seconds}} s. {{advice}}, or raise {{key}}.timeout of this cluster under aiMesh.clusters.',
  'source.unreachable':
    'cannot be reached: {{why}}. Check {{key}}.url and {{key}}.tls of this cluster under aiMesh.clusters.',
  'source.longLabel':
    'answered with a label of more than {{most}} characters, which is as long as is read. Drop it, or shorten it by metric_relabel_configs.',
  'source.credentials':
    "refused the portal's credentials ({{status}}). Check {{key}}.auth, headers and tenant of this cluster under aiMesh.clusters.",
  'source.noTenant':
    'It keeps several tenants and was told none: set tracing.tenant.',
  'source.redirects':
    'redirects instead of answering ({{status}}). Set {{key}}.url to where the API itself is; a page to sign in at needs another way in.',
  'source.redirectsTo':
    'redirects to {{to}} instead of answering ({{status}}). Set prometheus.url to where the API itself is; a page to sign in at needs another way in.',
  'source.tooManyRequests': 'has too many requests at present (429).',
  'source.waits':
    'has too many requests at present (429); it asks to wait {{after}} s.',
  'source.prometheusPage':
    "answered with a web page instead of JSON ({{status}}). Check that prometheus.url leads to Prometheus' API and not to a proxy's or a sign-in page.",
  'source.noPrometheus':
    'has no API there ({{status}}). Check prometheus.url: the path before /api/v1 may be missing, such as /prometheus.',
  'source.notPrometheus':
    "answered with JSON that is not in Prometheus' format (at {{at}}). Check that prometheus.url leads to Prometheus' API.",
  'source.itsWhole': 'its whole',
  'source.queryUnsaid': 'could not run the query: it does not say why',
  'source.queryFailed': 'could not run the query: {{text}}',
  'source.query.unsaid': 'could not run the query ({{status}}).',
  'source.query.said': 'could not run the query ({{status}}): {{text}}',
  'source.search.unsaid': 'could not answer the search ({{status}}).',
  'source.search.said': 'could not answer the search ({{status}}): {{text}}',
  'source.searchSaid': 'could not answer the search: {{text}}',
  'source.unavailable.unsaid': 'is not available at present ({{status}}).',
  'source.unavailable.said':
    'is not available at present ({{status}}): {{text}}',
  'source.failed.unsaid': 'failed ({{status}}).',
  'source.failed.said': 'failed ({{status}}): {{text}}',
  'source.refused.unsaid': 'refused what was asked for ({{status}}).',
  'source.refused.said': 'refused what was asked for ({{status}}): {{text}}',
  'source.noSuchPart.unsaid': 'has no such part of the API ({{status}}).',
  'source.noSuchPart.said':
    'has no such part of the API ({{status}}): {{text}}',
  'source.maybeOlder': 'Its version may be older than what is asked for.',
  'source.notUnderstood.unsaid':
    'did not understand the question ({{status}}).',
  'source.notUnderstood.said':
    'did not understand the question ({{status}}): {{text}}',
  'source.maybeNewer': 'Its version may be newer than what this portal knows.',
  'source.noKiali':
    'has no API at {{places}}. Check kiali.url of this cluster under aiMesh.clusters.',
  'source.openId':
    "lets people in through OpenID only, which needs a browser. Give the portal a Kiali of its own whose auth.strategy is 'token' or 'anonymous'.",
  'source.strategy':
    'asks for a way to sign in that this portal does not know (auth.strategy: {{strategy}}).',
  'source.wantsToken':
    'wants a token: set kiali.token of this cluster under aiMesh.clusters to the token of a service account that may read the mesh.',
  'source.tokenRefused':
    'did not accept the token of kiali.token of this cluster under aiMesh.clusters; it',
  'source.kialiPage':
    'answered with a web page instead of JSON. Check that kiali.url leads to Kiali and not to a proxy or a sign-in page.',
  'source.unknownForm':
    'answered in a form that this portal does not know ({{path}}, at {{at}}).',
  'source.tracingPage':
    'answered with a web page instead of JSON ({{status}}). Check tracing.url: the path before /api/traces may be missing, such as /jaeger.',
  'source.noTracing':
    "has no such API there ({{status}}). Check that tracing.url leads to Jaeger's query service or to Tempo's API, and that tracing.type, where it is set, is right.",
  'source.notJaegerV1':
    "answered with JSON that is not in Jaeger's format (at {{at}}). Check that tracing.url leads to Jaeger's query API; Tempo's own API is another: tracing.type: tempo.",
  'source.notJaeger':
    "answered with JSON that is not in Jaeger's format (at {{at}}). Check tracing.url and tracing.type.",
  'source.notTempo':
    "answered with JSON that is not in Tempo's format (at {{at}}). Check tracing.url and tracing.type.",
  'source.neither':
    'is neither Jaeger nor Tempo, as far as it tells: no list of services, no echo. Set tracing.type.',
  'source.series': 'series',
  'source.points': 'points over time',
  'source.tooMuch':
    "Prometheus of the cluster '{{cluster}}' answered with {{count}} {{what}}, and {{most}} is as many as a view reads. Its figures are unknown, since those of a part would be wrong.",
  'source.noneConfigured':
    "No Prometheus is configured for the cluster '{{cluster}}': set aiMesh.clusters[].prometheus.url.",
  'source.noCluster': 'No cluster is configured.',
  'source.catalogOwners':
    'The catalog did not say which entities own these services: {{text}}',
  'system.denied':
    "{{count}} of the System's components are not looked at: you may not see their mesh (permission ai-mesh.read).",
  'system.tooMany':
    'The System has {{count}} components in the mesh, of which the first {{most}} are looked at.',
  'system.unread': '{{entity}} is not looked at: {{text}}',
  'source.models': 'Models could not be looked up: {{text}}',
  'source.largeTable':
    "The traffic of the whole mesh of '{{cluster}}' is {{series, number}} series, and at most {{most, number}} are kept (aiMesh.fleet.mostSeries): who calls whom is known on each entity's own page alone. What each service receives is asked for by itself, less often.",
  'source.largeLatencies':
    "The latencies of the whole mesh of '{{cluster}}' are {{series, number}} series, and at most {{most, number}} of its traffic are kept (aiMesh.fleet.mostSeries): those of each service are asked for by themselves, less often, and not compared with what is usual. Each entity's own page does.",
  'source.lackLabel':
    "Istio's series of {{namespaces}} lack the label {{labels}}: what is to be told by it cannot be found. Does a Telemetry drop it by tagOverrides?",
  'source.lackLabels':
    "Istio's series of {{namespaces}} lack the labels {{labels}}: what is to be told by them cannot be found. Does a Telemetry drop them by tagOverrides?",
  'source.untoldCallers':
    "The series lack the label {{label}}: what two proxies report of one caller's requests cannot be told from the requests of two callers. Does a Telemetry drop it by tagOverrides?",
  'source.versionNames':
    "Of {{all}} versions that Istio's series name otherwise than their workloads, {{most}} are told by their own names: the others' figures stand under Istio's.",
  'source.strangers':
    "The Prometheus of '{{cluster}}' has reports of {{strangers}}, none of which is a configured cluster; all are counted as '{{cluster}}'. Say in aiMesh.clusters[].istioCluster what Istio calls each.",
  'source.shared':
    "'{{cluster}}' and {{others}} are read from one Prometheus whose series name no cluster (source_cluster, destination_cluster): what is counted for one may be another's. Give each cluster extraLabels that tell its series apart.",

  'silence.whole':
    "Prometheus has nothing of the entity's services at {{at, moment}}, nor since then.",
  'silence.until':
    "Prometheus has nothing of the entity's services at {{at, moment}}; since {{since, moment}} it has.",

  'kube.notServed': "Cluster '{{cluster}}' does not serve {{kind}}.",
  'kube.notYet': "Cluster '{{cluster}}' has not answered for {{kind}} yet.",
  'kube.unconfigured':
    "Metrics name the cluster '{{cluster}}', which is not configured: add it to aiMesh.clusters, or say in aiMesh.clusters[].istioCluster which cluster is meant.",
  'kube.silent': "Cluster '{{cluster}}' has not been heard from for too long.",
  'kube.mayNotListMany':
    "The portal may not list {{resources}} on the cluster '{{cluster}}'. Give its account a ClusterRole with the verbs list and watch on them.",
  'kube.mayNotBeListed': '{{kind}}s may not be listed.',
  'kube.notListed': '{{kind}}s have not been listed yet.',
  'kube.mayNotList':
    "The portal may not list {{resource}} on the cluster '{{cluster}}'.",
  'kube.clusterRole':
    "Give its account a ClusterRole with the verbs list and watch on the resource '{{name}}' of the API group '{{group}}' ({{reason}}).",
  'kube.rootRole':
    "Give its account a Role in Istio's root namespace with the verbs list and watch on the resource '{{name}}' of the API group '{{group}}' ({{reason}}).",
  'kube.unauthorized':
    "The cluster '{{cluster}}' does not let the portal in: {{reason}}. Check kubernetes of this cluster under aiMesh.clusters.",
  'kube.tooLarge':
    "The {{resource}} of the cluster '{{cluster}}' are not read: {{reason}}.",
  'kube.noAnswer':
    "The cluster '{{cluster}}' does not answer: {{reason}}. Check kubernetes of this cluster under aiMesh.clusters, and the network to it.",
  'kube.fails':
    "The cluster '{{cluster}}' fails to list {{resource}}: {{reason}}.",
  'kube.unusable': 'the API server cannot be used: {{why}}',
  'kube.unusableAt': 'the API server at {{server}} cannot be used: {{why}}',
  'kube.noPod':
    'the portal does not run in a pod (KUBERNETES_SERVICE_HOST is not set), so inCluster cannot work; set kubernetes.url or kubernetes.kubeconfig',
  'kube.noPodOfPlugin':
    "the Kubernetes plugin's cluster '{{name}}' has no serviceAccountToken, which means the account of the portal's own pod, and the portal does not run in a pod (KUBERNETES_SERVICE_HOST is not set); set serviceAccountToken there (kubernetes.clusterLocatorMethods), or kubernetes.url or kubernetes.kubeconfig here in place of fromKubernetesPlugin",
  'kube.noContext':
    "the kubeconfig has no context '{{context}}' with a cluster; it has {{contexts}}",
  'kube.noContexts':
    "the kubeconfig has no context '{{context}}' with a cluster; it has none",
  'kube.unusableProvider':
    "the user '{{user}}' of the kubeconfig signs in by the auth-provider '{{provider}}', which AI Mesh cannot use; give it a token, a tokenFile, a client certificate or an exec command",
  'kube.noClientKey':
    "the user '{{user}}' of the kubeconfig has a client certificate without a client key",
  'kube.commandFailed':
    "the user '{{user}}' of the kubeconfig signs in by the command '{{command}}', which failed: {{text}}",
  'kube.late': 'it did not answer within {{seconds}} s',
  'kube.answered': 'the API server answered {{status}}',
  'kube.answeredSaying': 'the API server answered {{status}}: {{said}}',
  'kube.answeredPage':
    'the API server answered {{status}}: a web page; something else than an API server listens there',
  'kube.signedIn':
    '{{answer}}; the credentials may have expired, or belong to another cluster',
  'kube.notSignedIn':
    '{{answer}}; no credentials are configured for it (serviceAccountToken)',
  'kube.unread': 'its answer could not be read ({{error}})',
  'kube.noApi':
    'what listens there does not answer like a Kubernetes API server; check the address',
  'kube.noList':
    'the API server answered {{path}} with something that is not a list',
  'kube.moreObjects':
    'there are more than {{most}}, which is as many as are read',
  'kube.anEvent': 'an event of {{path}}',
  'kube.theAnswer': 'the answer to {{path}}',
  'kube.largerThan':
    '{{what}} is larger than {{megabytes}} MB, which is as much as is read at a time',
  'kube.deeper':
    'an answer of its API server is nested more than {{most}} deep',
  'kube.noVersion':
    "The cluster '{{cluster}}' does not serve {{resource}} in a version that AI Mesh reads ({{versions}}).",
  'kube.morePorts':
    'Service {{service}} has {{all}} ports, of which the first {{most}} are looked at.',
  'kube.moreParts':
    "On the cluster '{{cluster}}' routes divide the requests of the entity's Services among {{all}} others, of which {{most}} are looked at (aiMesh.ownership.mostServices).",
  'kube.passing':
    'What was seen last is shown while it is asked again: a cluster that has just started answers so for a moment.',
};
