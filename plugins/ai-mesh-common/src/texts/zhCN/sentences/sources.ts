import type { sourceTextsEn } from '../../../words/texts/sourcesEn';

/** Why a source says nothing or not all, in Simplified Chinese. */
export const sourceTextsZhCN: Readonly<
  Record<keyof typeof sourceTextsEn, string>
> = {
  'source.prometheus': '集群“{{cluster}}”的 Prometheus（{{url}}）',
  'source.kiali': '集群“{{cluster}}”的 Kiali（{{url}}）',
  'source.tracing': '集群“{{cluster}}”的追踪系统（{{url}}）',

  'source.tooDeep':
    '响应的 JSON 嵌套超过 {{most}} 层，不是它的响应。请检查 {{key}}.url 是否指向它。',
  'source.garbled':
    '响应的 JSON 不完整或已损坏。它与门户之间可能有组件截断了较长的响应。',
  'source.garbledOrDeep':
    '响应的 JSON 不完整、已损坏，或嵌套超过 {{most}} 层。',
  'source.tooLarge': '的响应超过 {{megabytes}} MB。',
  'source.manySeries':
    '它的序列的某些标签可能取值过多；请去掉它们，或缩小查询范围。',
  'source.largeMesh': '网格可能太大，Kiali 无法一次响应。',
  'source.shorterWindow': '请查询更短的时间窗口。',
  'source.shorter': '请查询更短的时间窗口',
  'source.load': '请查看它的负载',
  'source.queueFull':
    '收到的查询过多：等待它的查询已达上限。请稍后再试，或在 aiMesh.clusters 下提高此集群的 {{key}}.queue。',
  'source.late':
    '没有在 {{seconds}} 秒内响应。{{advice}}，或在 aiMesh.clusters 下提高此集群的 {{key}}.timeout。',
  'source.noTurn':
    '收到的查询过多，此查询在 {{seconds}} 秒内没有轮到。{{advice}}，或在 aiMesh.clusters 下提高此集群的 {{key}}.timeout。',
  'source.unreachable':
    '无法访问：{{why}}。请检查 aiMesh.clusters 下此集群的 {{key}}.url 和 {{key}}.tls。',
  'source.longLabel':
    '响应中有超过 {{most}} 个字符的标签，超出读取上限。请去掉它，或用 metric_relabel_configs 缩短它。',
  'source.credentials':
    '拒绝了门户的凭据（{{status}}）。请检查 aiMesh.clusters 下此集群的 {{key}}.auth、headers 和 tenant。',
  'source.noTenant':
    '它有多个租户，而没有指明是哪一个：请设置 tracing.tenant。',
  'source.redirects':
    '没有响应而是重定向（{{status}}）。请把 {{key}}.url 设为 API 本身的地址；登录页面需要另一种访问方式。',
  'source.redirectsTo':
    '没有响应而是重定向到 {{to}}（{{status}}）。请把 prometheus.url 设为 API 本身的地址；登录页面需要另一种访问方式。',
  'source.tooManyRequests': '目前请求过多（429）。',
  'source.waits': '目前请求过多（429）；它要求等待 {{after}} 秒。',
  'source.prometheusPage':
    '响应的是网页而不是 JSON（{{status}}）。请检查 prometheus.url 是否指向 Prometheus 的 API，而不是代理或登录页面。',
  'source.noPrometheus':
    '那里没有 API（{{status}}）。请检查 prometheus.url：可能缺少 /api/v1 之前的路径，例如 /prometheus。',
  'source.notPrometheus':
    '响应的 JSON 不符合 Prometheus 的格式（位于 {{at}}）。请检查 prometheus.url 是否指向 Prometheus 的 API。',
  'source.itsWhole': '整个响应',
  'source.queryUnsaid': '无法执行查询，且没有说明原因。',
  'source.queryFailed': '无法执行查询：「{{text}}」',
  'source.query.unsaid': '无法执行查询（{{status}}）。',
  'source.query.said': '无法执行查询（{{status}}）：「{{text}}」',
  'source.search.unsaid': '无法响应搜索（{{status}}）。',
  'source.search.said': '无法响应搜索（{{status}}）：「{{text}}」',
  'source.searchSaid': '无法响应搜索：「{{text}}」',
  'source.unavailable.unsaid': '目前不可用（{{status}}）。',
  'source.unavailable.said': '目前不可用（{{status}}）：「{{text}}」',
  'source.failed.unsaid': '失败（{{status}}）。',
  'source.failed.said': '失败（{{status}}）：「{{text}}」',
  'source.refused.unsaid': '拒绝了所请求的内容（{{status}}）。',
  'source.refused.said': '拒绝了所请求的内容（{{status}}）：「{{text}}」',
  'source.noSuchPart.unsaid': '没有 API 的这一部分（{{status}}）。',
  'source.noSuchPart.said': '没有 API 的这一部分（{{status}}）：「{{text}}」',
  'source.maybeOlder': '它的版本可能比所请求的更旧。',
  'source.notUnderstood.unsaid': '没有理解该查询（{{status}}）。',
  'source.notUnderstood.said': '没有理解该查询（{{status}}）：「{{text}}」',
  'source.maybeNewer': '它的版本可能比此门户所了解的更新。',
  'source.noKiali':
    '在 {{places}} 没有 API。请检查 aiMesh.clusters 下此集群的 kiali.url。',
  'source.openId':
    '只允许通过 OpenID 登录，而这需要浏览器。请给门户一个专用的 Kiali，其 auth.strategy 为 token 或 anonymous。',
  'source.strategy':
    '要求一种此门户不了解的登录方式（auth.strategy：{{strategy}}）。',
  'source.wantsToken':
    '需要令牌：请把 aiMesh.clusters 下此集群的 kiali.token 设为可以读取网格的服务账号的令牌。',
  'source.tokenRefused':
    '没有接受 aiMesh.clusters 下此集群的 kiali.token 中的令牌；它',
  'source.kialiPage':
    '响应的是网页而不是 JSON。请检查 kiali.url 是否指向 Kiali，而不是代理或登录页面。',
  'source.unknownForm': '的响应格式不为此门户所了解（{{path}}，位于 {{at}}）。',
  'source.tracingPage':
    '响应的是网页而不是 JSON（{{status}}）。请检查 tracing.url：可能缺少 /api/traces 之前的路径，例如 /jaeger。',
  'source.noTracing':
    '那里没有这样的 API（{{status}}）。请检查 tracing.url 是否指向 Jaeger 的查询服务或 Tempo 的 API，以及所设的 tracing.type 是否正确。',
  'source.notJaegerV1':
    '响应的 JSON 不符合 Jaeger 的格式（位于 {{at}}）。请检查 tracing.url 是否指向 Jaeger 的查询 API；Tempo 自己的 API 是另一种：tracing.type: tempo。',
  'source.notJaeger':
    '响应的 JSON 不符合 Jaeger 的格式（位于 {{at}}）。请检查 tracing.url 和 tracing.type。',
  'source.notTempo':
    '响应的 JSON 不符合 Tempo 的格式（位于 {{at}}）。请检查 tracing.url 和 tracing.type。',
  'source.neither':
    '看来既不是 Jaeger 也不是 Tempo：没有服务列表，也没有 echo。请设置 tracing.type。',
  'source.series': '个序列',
  'source.points': '个时间点',
  'source.tooMuch':
    '集群“{{cluster}}”的 Prometheus 响应了 {{count}} {{what}}，而一个视图最多读取 {{most}}。其数值未知，因为部分数值会是错误的。',
  'source.noneConfigured':
    '集群“{{cluster}}”没有配置 Prometheus：请设置 aiMesh.clusters[].prometheus.url。',
  'source.noCluster': '没有配置集群。',
  'source.catalogOwners': '目录没有说明哪些实体拥有这些服务：「{{text}}」',
  'system.denied':
    '该系统有 {{count}} 个组件未被查看：您无权查看它们的网格（权限 ai-mesh.read）。',
  'system.tooMany': '该系统在网格中有 {{count}} 个组件，只查看前 {{most}} 个。',
  'system.unread': '未查看 {{entity}}：{{text}}',
  'source.models': '无法查找模型：「{{text}}」',
  'source.largeTable':
    '“{{cluster}}”整个网格的流量有 {{series, number}} 个序列，最多保留 {{most, number}} 个（aiMesh.fleet.mostSeries）：谁调用谁只在每个实体自己的页面上可见。每个服务收到的流量另行查询，频率较低。',
  'source.largeLatencies':
    '“{{cluster}}”整个网格的延迟有 {{series, number}} 个序列，而其流量最多保留 {{most, number}} 个序列（aiMesh.fleet.mostSeries）：每个服务的延迟另行查询，频率较低，且不与平常水平比较。每个实体自己的页面会比较。',
  'source.lackLabel':
    '{{namespaces}} 的 Istio 序列缺少标签 {{labels}}：要由它区分的内容无法找到。是否有 Telemetry 通过 tagOverrides 去掉了它？',
  'source.lackLabels':
    '{{namespaces}} 的 Istio 序列缺少标签 {{labels}}：要由它们区分的内容无法找到。是否有 Telemetry 通过 tagOverrides 去掉了它们？',
  'source.untoldCallers':
    '序列缺少标签 {{label}}：无法区分两个代理对同一调用方请求的上报与两个调用方的请求。是否有 Telemetry 通过 tagOverrides 去掉了它？',
  'source.versionNames':
    '有 {{all}} 个版本在 Istio 序列中的名称与其工作负载不同，其中 {{most}} 个以自己的名称列出：其余版本的数值列在 Istio 的名称之下。',
  'source.strangers':
    '“{{cluster}}”的 Prometheus 有 {{strangers}} 的上报，它们都不是已配置的集群；全部计为“{{cluster}}”。请在 aiMesh.clusters[].istioCluster 中说明 Istio 如何称呼各集群。',
  'source.shared':
    '“{{cluster}}”和 {{others}} 读取同一个 Prometheus，而其序列没有指明集群（source_cluster、destination_cluster）：计入一个集群的可能属于另一个。请给每个集群设置可区分其序列的 extraLabels。',

  'silence.whole':
    'Prometheus 在 {{at, moment}} 没有该实体的服务的任何数据，此后也没有。',
  'silence.until':
    'Prometheus 在 {{at, moment}} 没有该实体的服务的任何数据；自 {{since, moment}} 起有数据。',

  'kube.notServed': '集群“{{cluster}}”不提供 {{kind}}。',
  'kube.notYet': '集群“{{cluster}}”尚未就 {{kind}} 作出响应。',
  'kube.unconfigured':
    '指标中出现集群“{{cluster}}”，但它没有配置：请把它加入 aiMesh.clusters，或在 aiMesh.clusters[].istioCluster 中说明是哪个集群。',
  'kube.silent': '太久没有集群“{{cluster}}”的消息。',
  'kube.mayNotListMany':
    '门户无权列出集群“{{cluster}}”上的 {{resources}}。请给它的账号一个 ClusterRole，允许对它们执行 list 和 watch。',
  'kube.mayNotBeListed': '无权列出 {{kind}}。',
  'kube.notListed': '尚未列出 {{kind}}。',
  'kube.mayNotList': '门户无权列出集群“{{cluster}}”上的 {{resource}}。',
  'kube.clusterRole':
    '请给它的账号一个 ClusterRole，允许对 API 组“{{group}}”的资源“{{name}}”执行 list 和 watch（{{reason}}）。',
  'kube.rootRole':
    '请给它的账号一个 Istio 根命名空间中的 Role，允许对 API 组“{{group}}”的资源“{{name}}”执行 list 和 watch（{{reason}}）。',
  'kube.unauthorized':
    '集群“{{cluster}}”不允许门户访问：{{reason}}。请检查 aiMesh.clusters 下此集群的 kubernetes。',
  'kube.tooLarge': '没有读取集群“{{cluster}}”的 {{resource}}：{{reason}}。',
  'kube.noAnswer':
    '集群“{{cluster}}”没有响应：{{reason}}。请检查 aiMesh.clusters 下此集群的 kubernetes，以及通往它的网络。',
  'kube.fails': '集群“{{cluster}}”未能列出 {{resource}}：{{reason}}。',
  'kube.unusable': '其 API 服务器无法使用：{{why}}',
  'kube.unusableAt': '位于 {{server}} 的 API 服务器无法使用：{{why}}',
  'kube.noPod':
    '门户不在 pod 中运行（没有设置 KUBERNETES_SERVICE_HOST），因此 inCluster 不起作用；请设置 kubernetes.url 或 kubernetes.kubeconfig',
  'kube.noPodOfPlugin':
    'Kubernetes 插件的集群“{{name}}”没有 serviceAccountToken，即表示使用门户自己的 pod 的账号，而门户不在 pod 中运行（没有设置 KUBERNETES_SERVICE_HOST）；请在那里（kubernetes.clusterLocatorMethods）设置 serviceAccountToken，或在此处用 kubernetes.url 或 kubernetes.kubeconfig 代替 fromKubernetesPlugin',
  'kube.noContext':
    'kubeconfig 中没有带集群的上下文“{{context}}”；其中有 {{contexts}}',
  'kube.noContexts': 'kubeconfig 中没有带集群的上下文“{{context}}”，也没有别的',
  'kube.unusableProvider':
    'kubeconfig 的用户“{{user}}”通过 auth-provider“{{provider}}”登录，AI Mesh 无法使用它；请给它一个 token、tokenFile、客户端证书或 exec 命令',
  'kube.noClientKey':
    'kubeconfig 的用户“{{user}}”有客户端证书，但没有客户端密钥',
  'kube.commandFailed':
    'kubeconfig 的用户“{{user}}”通过命令“{{command}}”登录，该命令失败：「{{text}}」',
  'kube.late': '在 {{seconds}} 秒内没有响应',
  'kube.answered': 'API 服务器返回了 {{status}}',
  'kube.answeredSaying': 'API 服务器返回了 {{status}}：「{{said}}」',
  'kube.answeredPage':
    'API 服务器返回了 {{status}}：是一个网页，那里运行的不是 API 服务器',
  'kube.signedIn': '{{answer}}；凭据可能已过期，或属于另一个集群',
  'kube.notSignedIn': '{{answer}}；没有为它配置凭据（serviceAccountToken）',
  'kube.unread': '无法读取其响应（「{{error}}」）',
  'kube.noApi': '那里的响应不像 Kubernetes API 服务器；请检查地址',
  'kube.noList': 'API 服务器对 {{path}} 的响应不是列表',
  'kube.moreObjects': '数量超过 {{most}}，这是读取的上限',
  'kube.anEvent': '{{path}} 的一个事件',
  'kube.theAnswer': '对 {{path}} 的响应',
  'kube.largerThan': '{{what}}超过 {{megabytes}} MB，这是一次读取的上限',
  'kube.deeper': '其 API 服务器的一个响应嵌套超过 {{most}} 层',
  'kube.noVersion':
    '集群“{{cluster}}”没有以 AI Mesh 可读取的版本（{{versions}}）提供 {{resource}}。',
  'kube.morePorts':
    'Service {{service}} 有 {{all}} 个端口，只查看前 {{most}} 个。',
  'kube.moreParts':
    '在集群“{{cluster}}”上，路由把该实体各 Service 的请求分给另外 {{all}} 个 Service，只查看其中 {{most}} 个（aiMesh.ownership.mostServices）。',
  'kube.passing':
    '在再次查询期间显示最后看到的内容：刚启动的集群会短暂地这样响应。',
};
