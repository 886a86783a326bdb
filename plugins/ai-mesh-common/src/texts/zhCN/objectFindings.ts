import type { FindingText } from '../../review/message';
import type { objectMessages } from '../../review/objectMessages';

/** The words of what istioctl and Kiali find too, in Simplified Chinese. */
export const zhCNObjects: Readonly<
  Record<keyof typeof objectMessages, FindingText>
> = {
  'AIM308.missing': {
    title: '不存在的网关',
    message: '{{place}} 指定了网关 {{gateway}}，而它不存在。',
    why: '来自网格外部的请求都无法通过这条路由到达模型。',
  },
  'AIM308.internal': {
    title: 'Istio 内部生成的网关',
    message:
      '{{place}} 指定了 {{gateway}}，它由 Istio 根据 Gateway API 的监听器生成。',
    why: '这个名字属于 Istio 内部，会随版本变化：届时路由会在您没有任何改动的情况下失效。',
  },
  'AIM308.host': {
    title: '网关不提供的主机',
    message:
      '{{place}} 的主机（{{hosts}}）没有一个由网关 {{gateway}} 为其命名空间提供。',
    why: '这条路由永远不会被用到：发往这些主机的请求得到 404。',
  },
  'AIM308.parent': {
    title: '没有网关的路由',
    message: '{{place}} 挂接到 Gateway {{gateway}}，但它 {{because}}。',
    why: '来自网格外部的请求都无法通过这条路由到达模型。',
  },
  AIM309: {
    title: '网关绕过了流量拆分',
    message:
      '{{place}} 不带子集地发往 {{host}}，因此经 {{gateways}} 进来的请求不会按 {{other}} 拆分。',
    why: '网关不会查询其他 VirtualService：其中的金丝雀比例、超时或请求头规则对它无效。',
  },
  AIM310: {
    title: '按无人校验的声明路由',
    message:
      '{{place}} 按 {{claim}} 路由，但 {{gateway}}（{{pods}}）上没有 RequestAuthentication 校验令牌。',
    why: '没有经过校验的令牌就没有声明：该规则永远不会匹配，所有人都落到下面的规则。',
  },
  'AIM311.conflict': {
    title: '同一主机有两个 DestinationRule',
    message: '{{place}} 与 {{other}} 针对同一主机，都涉及 {{subset}}。',
    why: 'Istio 保留先读到的：只在另一个里设置的熔断或版本不起作用。',
  },
  'AIM311.mtls': {
    title: '更宽规则的双向 TLS 丢失',
    message: '{{place}} 没有涉及 TLS，却取代了要求双向 TLS 的 {{other}}。',
    why: '不同范围的规则不会合并：没有自动 mTLS 时调用方会退回明文。',
  },
  'AIM311.noLabels': {
    title: '没有标签的子集',
    message: '{{place}} 的子集 {{subset}} 没有选择任何标签，因此包含所有端点。',
    why: '它看起来是模型的一个版本，其实是全部版本。',
  },
  AIM312: {
    title: '同一目的地出现多次',
    message: '{{place}} 向 {{target}} 发送 {{times}} 次。',
    why: '这些份额会相加，而修改其中一个的人看不出来。',
  },
  AIM313: {
    title: '授权给未知的命名空间',
    message: '{{place}} 允许命名空间 {{namespace}} 的路由，而它不存在。',
    why: '很可能本意是另一个命名空间，而它的路由被拒绝。',
  },
  AIM314: {
    title: '导出到未知的命名空间',
    message: '{{place}} 导出到命名空间 {{namespace}}，而它不存在。',
    why: '真正应当看到它的命名空间里的调用方看不到它，也得不到其中的超时、版本或熔断设置。',
  },
  AIM315: {
    title: 'Istio 未接受该对象',
    message:
      '{{place}} 未按所写生效：{{type}} 为 {{status}}（{{reason}}）：{{message}}',
    why: '这是网格自己的报告：对象要求的内容没有执行，或没有全部执行。',
  },
  'AIM316.protocol': {
    title: '同一外部端口有两种协议',
    message:
      '{{place}} 与 {{others}} 给 {{host}} 的端口 {{port}} 指定了不同的协议：{{protocols}}。',
    why: '哪一个生效全凭偶然：对提供商的调用能否成功、是否按 HTTP 处理，会随重启而变化。',
  },
  'AIM316.twice': {
    title: '外部主机被定义两次',
    message: '{{place}} 与 {{others}} 都定义了 {{host}} 的端口 {{port}}。',
    why: '只有一个生效；修改另一个的人什么也没有改变。',
  },
  'AIM316.addresses': {
    title: '没有地址的 TCP 主机',
    message: '{{place}} 有 TCP 端口 {{port}}，却没有地址。',
    why: '连接本身没有主机名：没有自己的地址，就只能按端口区分，并会截走其他主机的连接。',
  },
  AIM317: {
    title: 'Sidecar 放行未知主机',
    message: '{{place}} 放行 {{host}}，而它不是已知主机。',
    why: '很可能本意是另一个主机，而这些工作负载并不认识它。',
  },
  AIM412: {
    title: '未选中任何工作负载',
    message: '{{place}} 选择 {{labels}}，而其范围内没有这样的工作负载。',
    why: '它看起来是一项保护或设置，实际上什么也不做。',
  },
  'AIM413.workload': {
    title: '同一工作负载有多个对象',
    message: '{{objects}} 选择了相同的 Pod（其中有 {{pod}}）。',
    why: '只有一个生效，通常是最早的那个：另一个什么也不做。',
  },
  'AIM413.selectorless': {
    title: '同一命名空间有多个对象',
    message: '{{objects}} 都针对整个命名空间。',
    why: '只有一个生效，通常是最早的那个：另一个什么也不做。',
  },
  'AIM414.namespace': {
    title: '策略引用未知的命名空间',
    message: '{{place}} 指定了命名空间 {{namespace}}，而它不存在。',
    why: '真正所指命名空间的调用方被当作陌生人对待。',
  },
  'AIM414.method': {
    title: '策略引用未知的方法',
    message: '{{place}} 指定了方法 {{method}}，而 HTTP 没有它。',
    why: '该规则永远不会匹配：ALLOW 不会放行任何人，DENY 不会阻挡任何人。',
  },
  'AIM414.host': {
    title: '策略引用未知的主机',
    message:
      '{{place}} 指定了主机 {{host}}，而没有 Service、ServiceEntry 或 VirtualService 拥有它。',
    why: '该规则永远不会匹配：ALLOW 不会放行任何人，DENY 不会阻挡任何人。',
  },
  'AIM414.principal': {
    title: '策略引用未知的身份',
    message: '{{place}} 指定了 {{principal}}，而没有工作负载使用该服务账号。',
    why: '该规则永远不会匹配：ALLOW 不会放行任何人，DENY 不会阻挡任何人。',
  },
  'AIM414.remote': {
    title: '其他集群的身份',
    message:
      '{{place}} 指定了 {{principal}}，其服务账号在 {{cluster}} 中运行，不在本集群。',
    why: '只有两个集群同属一个网格并信任同一根证书时，该规则才会匹配。',
  },
  'AIM414.foreign': {
    title: '其他信任域的身份',
    message: '{{place}} 指定了 {{principal}}，它属于另一个信任域。',
    why: '是否有人拥有该身份，从这里无法看到。',
  },
  'AIM415.noWaypoint': {
    title: '没有 waypoint 的 HTTP 设置',
    message: '{{place}} 需要 waypoint，而命名空间 {{namespace}} 没有使用。',
    why: '在 ambient 模式下，ztunnel 只看到连接而不是请求：关于 HTTP 的设置不会执行。',
  },
  'AIM415.selector': {
    title: '未绑定 waypoint 的 HTTP 设置',
    message: '{{place}} 涉及 HTTP，却没有 targetRefs。',
    why: 'waypoint 只采用挂接到它自身、其 Service 或其类别上的设置；按选择器选 Pod 的设置会被忽略。',
  },
  'AIM415.notCaptured': {
    title: '没有 waypoint 的服务的路由',
    message:
      '{{place}} 针对 {{service}}，它处于 ambient 模式而没有使用 waypoint。',
    why: '途中没有人看到请求：版本、超时和熔断都不会执行。',
  },
  'AIM415.waypointMissing': {
    title: '服务的 waypoint 不存在，路由无效',
    message:
      '{{place}} 针对 {{service}}，它处于 ambient 模式，所要求的 waypoint {{waypoint}} 并不存在。',
    why: '途中没有人看到请求：版本、超时和熔断都不会执行。',
  },
  'AIM415.otherNamespace': {
    title: '不在其服务命名空间内的路由',
    message:
      '{{place}} 针对 {{service}}，而它的 waypoint 只读取自己的命名空间。',
    why: '在 ambient 模式下由被调用方路由：放在调用方命名空间里的设置不会执行。',
  },
  'AIM415.workload': {
    title: '有请求级策略而没有 waypoint',
    message:
      '{{workload}} 处于 ambient 模式且没有 waypoint，而 {{policies}} 要求只有 waypoint 才能看到的内容。',
    why: 'ztunnel 会略去它无法判断的部分：DENY 不起作用，ALLOW 不放行任何人。',
  },
  'AIM801.missingProxy': {
    title: '没有代理的 Pod',
    message: '{{pods}} 按命名空间的要求应当有代理，却没有。',
    why: '它们在网格之外：没有双向 TLS、策略和指标，而且会被 STRICT 的一方拒绝。',
  },
  'AIM801.notInjected': {
    title: '网格之外的命名空间',
    message: '命名空间 {{namespace}} 没有把它纳入网格的标签。',
    why: '新的 Pod 没有代理，除非它们自己的标签另有说明。',
  },
  'AIM801.byDefault': {
    title: '默认在网格之内',
    message: '命名空间 {{namespace}} 没有说明，而网格默认注入。',
    why: '一旦网格的默认值改变，这些 Pod 就会离开网格。',
  },
  'AIM801.labels': {
    title: '互相矛盾的注入标签',
    message: '命名空间 {{namespace}} 带有 {{labels}}，它们互相矛盾。',
    why: '只有一个生效，而且往往不是人们以为的那个。',
  },
  'AIM802.labels': {
    title: '同时要求 sidecar 与 ambient',
    message: '{{workload}} 被要求既有 sidecar 又处于 ambient 模式。',
    why: '有 sidecar 时它不在 ambient 中：waypoint 及其决定对它无效。',
  },
  'AIM802.waypointOutside': {
    title: '不在 ambient 中却使用 waypoint',
    message: '{{workload}} 要使用 waypoint，却不在 ambient 模式。',
    why: '没有 ambient，就没有什么会把它的调用引向 waypoint。',
  },
  'AIM802.waypointMissing': {
    title: '不存在的 waypoint',
    message: '{{workload}} 要使用 waypoint {{waypoint}}，而它不存在。',
    why: 'waypoint 应做的事都没有做：路由、策略、请求指标。',
  },
  'AIM802.redirected': {
    title: '要求 sidecar 却处于 ambient',
    message: '{{workload}} 被要求有 sidecar，而其 Pod 处于 ambient 模式。',
    why: '对 sidecar 有效的设置（例如路由的超时与重试）在这里无效。',
  },
  'AIM802.sidecar': {
    title: 'ambient 中的 sidecar',
    message: '{{workload}} 带有 sidecar，却应处于 ambient 模式。',
    why: '带 sidecar 的 Pod 不在 ambient 中：不会经过它的 waypoint。',
  },
  'AIM803.name': {
    title: '需要猜测协议的端口',
    message: '{{service}} 的端口 {{port}} 的名称（{{name}}）没有说明协议。',
    why: '代理只能根据最初的字节猜测：先发言的服务器会被拖住，HTTP 可能被当作 TCP，于是没有请求级的重试、超时和指标。',
  },
  'AIM803.appProtocol': {
    title: '未知的 appProtocol',
    message:
      '{{service}} 的端口 {{port}} 的 appProtocol 是 {{name}}，Istio 不认识它。',
    why: '代理只能根据最初的字节猜测：先发言的服务器会被拖住，HTTP 可能被当作 TCP，于是没有请求级的重试、超时和指标。',
  },
  AIM804: {
    title: '没有容器声明的端口',
    message:
      '{{service}} 的端口 {{port}} 指向 {{target}}，而其 Pod 的容器都没有声明它。',
    why: '如果那里没有监听，发往该端口的请求都会失败；未声明的命名端口则根本没有端点。',
  },
  'AIM805.protocols': {
    title: '同一端口有两种协议',
    message:
      '{{services}} 都指向 {{workload}}，却给端口 {{port}} 指定了不同的协议。',
    why: '代理对一个端口只认一种协议：其中一个服务不会按所写工作。',
  },
  'AIM805.ports': {
    title: '多个端口指向同一个',
    message:
      '{{services}} 通过不同端口（{{ports}}）指向 {{workload}} 的 {{target}}。',
    why: '对其中一个端口的设置，例如双向 TLS 或熔断，只对该端口的调用方有效。',
  },
  AIM806: {
    title: '在另一个集群中不同',
    message: '{{service}} 在集群 {{clusters}} 中不一致：{{differences}}。',
    why: '跨多个集群的网格把它们当作同一个服务：调用成败取决于到达哪个集群。',
  },
  AIM807: {
    title: '服务器只监听自己',
    message:
      '{{service}} 的端口 {{port}} 指向 {{target}}，而容器 {{container}} 被设置为 {{told}}。',
    why: '代理通过 Pod 的地址调用应用，而应用不在那里监听：每次调用都以 503 失败。',
  },
};
