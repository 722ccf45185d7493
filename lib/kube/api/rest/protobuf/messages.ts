// Field numbers of the messages that clients send: facts of generated.proto in k8s.io/api and k8s.io/apimachinery, which never change.
// One line a message: "number name type", `[]` for repeated, `{}` for map<string, …>, `+` for fields that JSON has inline.

export interface Field {
  readonly name: string;
  readonly type: string;
  readonly repeated: boolean;
  readonly map: boolean;
  readonly inline: boolean;
}

const TEXT = `
Unknown: 1 typeMeta TypeMeta; 2 raw bytes; 3 contentEncoding string; 4 contentType string
TypeMeta: 1 apiVersion string; 2 kind string
ObjectMeta: 1 name string; 2 generateName string; 3 namespace string; 4 selfLink string; 5 uid string; 6 resourceVersion string; 7 generation int64; 8 creationTimestamp Time; 9 deletionTimestamp Time; 10 deletionGracePeriodSeconds int64; 11 labels {}string; 12 annotations {}string; 13 ownerReferences []OwnerReference; 14 finalizers []string
OwnerReference: 5 apiVersion string; 1 kind string; 3 name string; 4 uid string; 6 controller bool; 7 blockOwnerDeletion bool
LabelSelector: 1 matchLabels {}string; 2 matchExpressions []LabelSelectorRequirement
LabelSelectorRequirement: 1 key string; 2 operator string; 3 values []string
Time: 1 seconds int64; 2 nanos int32
MicroTime: 1 seconds int64; 2 nanos int32
IntOrString: 1 type int64; 2 intVal int32; 3 strVal string
Quantity: 1 string string
DeleteOptions: 1 gracePeriodSeconds int64; 2 preconditions Preconditions; 3 orphanDependents bool; 4 propagationPolicy string; 5 dryRun []string
Preconditions: 1 uid string; 2 resourceVersion string
ObjectReference: 1 kind string; 2 namespace string; 3 name string; 4 uid string; 5 apiVersion string; 6 resourceVersion string; 7 fieldPath string
LocalObjectReference: 1 name string
Service: 1 metadata ObjectMeta; 2 spec ServiceSpec; 3 status ServiceStatus
ServiceSpec: 1 ports []ServicePort; 2 selector {}string; 3 clusterIP string; 18 clusterIPs []string; 4 type string; 5 externalIPs []string; 7 sessionAffinity string; 8 loadBalancerIP string; 9 loadBalancerSourceRanges []string; 10 externalName string; 11 externalTrafficPolicy string; 12 healthCheckNodePort int32; 13 publishNotReadyAddresses bool; 14 sessionAffinityConfig SessionAffinityConfig; 19 ipFamilies []string; 17 ipFamilyPolicy string; 20 allocateLoadBalancerNodePorts bool; 21 loadBalancerClass string; 22 internalTrafficPolicy string; 23 trafficDistribution string
ServicePort: 1 name string; 2 protocol string; 6 appProtocol string; 3 port int32; 4 targetPort IntOrString; 5 nodePort int32
SessionAffinityConfig: 1 clientIP ClientIPConfig
ClientIPConfig: 1 timeoutSeconds int32
ServiceStatus: 1 loadBalancer LoadBalancerStatus
LoadBalancerStatus: 1 ingress []LoadBalancerIngress
LoadBalancerIngress: 1 ip string; 2 hostname string; 3 ipMode string
Namespace: 1 metadata ObjectMeta; 2 spec NamespaceSpec; 3 status NamespaceStatus
NamespaceSpec: 1 finalizers []string
NamespaceStatus: 1 phase string
ConfigMap: 1 metadata ObjectMeta; 4 immutable bool; 2 data {}string; 3 binaryData {}bytes
Secret: 1 metadata ObjectMeta; 5 immutable bool; 2 data {}bytes; 4 stringData {}string; 3 type string
ServiceAccount: 1 metadata ObjectMeta; 2 secrets []ObjectReference; 3 imagePullSecrets []LocalObjectReference; 4 automountServiceAccountToken bool
Pod: 1 metadata ObjectMeta; 2 spec PodSpec
PodTemplateSpec: 1 metadata ObjectMeta; 2 spec PodSpec
PodSpec: 2 containers []Container; 3 restartPolicy string; 4 terminationGracePeriodSeconds int64; 5 activeDeadlineSeconds int64; 6 dnsPolicy string; 7 nodeSelector {}string; 8 serviceAccountName string; 9 serviceAccount string; 21 automountServiceAccountToken bool; 10 nodeName string; 11 hostNetwork bool; 12 hostPID bool; 13 hostIPC bool; 27 shareProcessNamespace bool; 14 securityContext PodSecurityContext; 15 imagePullSecrets []LocalObjectReference; 16 hostname string; 17 subdomain string; 19 schedulerName string; 20 initContainers []Container; 22 tolerations []Toleration; 24 priorityClassName string; 25 priority int32; 28 readinessGates []PodReadinessGate; 29 runtimeClassName string; 30 enableServiceLinks bool; 31 preemptionPolicy string
PodSecurityContext: 2 runAsUser int64; 3 runAsNonRoot bool; 5 fsGroup int64; 6 runAsGroup int64
PodReadinessGate: 1 conditionType string
Toleration: 1 key string; 2 operator string; 3 value string; 4 effect string; 5 tolerationSeconds int64
Container: 1 name string; 2 image string; 3 command []string; 4 args []string; 5 workingDir string; 6 ports []ContainerPort; 7 env []EnvVar; 8 resources ResourceRequirements; 9 volumeMounts []VolumeMount; 13 terminationMessagePath string; 20 terminationMessagePolicy string; 14 imagePullPolicy string; 16 stdin bool; 17 stdinOnce bool; 18 tty bool; 24 restartPolicy string
ContainerPort: 1 name string; 2 hostPort int32; 3 containerPort int32; 4 protocol string; 5 hostIP string
EnvVar: 1 name string; 2 value string
VolumeMount: 1 name string; 2 readOnly bool; 3 mountPath string; 4 subPath string
ResourceRequirements: 1 limits {}Quantity; 2 requests {}Quantity
ResourceQuota: 1 metadata ObjectMeta; 2 spec ResourceQuotaSpec
ResourceQuotaSpec: 1 hard {}Quantity; 2 scopes []string
Binding: 1 metadata ObjectMeta; 2 target ObjectReference
Event: 1 metadata ObjectMeta; 2 involvedObject ObjectReference; 3 reason string; 4 message string; 5 source EventSource; 6 firstTimestamp Time; 7 lastTimestamp Time; 8 count int32; 9 type string; 10 eventTime MicroTime; 12 action string; 13 related ObjectReference; 14 reportingComponent string; 15 reportingInstance string
EventSource: 1 component string; 2 host string
Deployment: 1 metadata ObjectMeta; 2 spec DeploymentSpec; 3 status DeploymentStatus
DeploymentSpec: 1 replicas int32; 2 selector LabelSelector; 3 template PodTemplateSpec; 4 strategy DeploymentStrategy; 5 minReadySeconds int32; 6 revisionHistoryLimit int32; 7 paused bool; 9 progressDeadlineSeconds int32
DeploymentStrategy: 1 type string; 2 rollingUpdate RollingUpdateDeployment
RollingUpdateDeployment: 1 maxUnavailable IntOrString; 2 maxSurge IntOrString
DeploymentStatus: 1 observedGeneration int64; 2 replicas int32; 3 updatedReplicas int32; 7 readyReplicas int32; 4 availableReplicas int32; 5 unavailableReplicas int32; 8 collisionCount int32
Job: 1 metadata ObjectMeta; 2 spec JobSpec; 3 status JobStatus
JobSpec: 1 parallelism int32; 2 completions int32; 3 activeDeadlineSeconds int64; 4 selector LabelSelector; 5 manualSelector bool; 6 template PodTemplateSpec; 7 backoffLimit int32; 8 ttlSecondsAfterFinished int32; 9 completionMode string; 10 suspend bool
JobStatus: 2 startTime Time
CronJob: 1 metadata ObjectMeta; 2 spec CronJobSpec; 3 status CronJobStatus
CronJobSpec: 1 schedule string; 2 startingDeadlineSeconds int64; 3 concurrencyPolicy string; 4 suspend bool; 5 jobTemplate JobTemplateSpec; 6 successfulJobsHistoryLimit int32; 7 failedJobsHistoryLimit int32; 8 timeZone string
CronJobStatus: 4 lastScheduleTime Time
JobTemplateSpec: 1 metadata ObjectMeta; 2 spec JobSpec
Ingress: 1 metadata ObjectMeta; 2 spec IngressSpec
IngressSpec: 1 defaultBackend IngressBackend; 2 tls []IngressTLS; 3 rules []IngressRule; 4 ingressClassName string
IngressBackend: 3 resource TypedLocalObjectReference; 4 service IngressServiceBackend
TypedLocalObjectReference: 1 apiGroup string; 2 kind string; 3 name string
IngressServiceBackend: 1 name string; 2 port ServiceBackendPort
ServiceBackendPort: 1 name string; 2 number int32
IngressTLS: 1 hosts []string; 2 secretName string
IngressRule: 1 host string; 2 ingressRuleValue +IngressRuleValue
IngressRuleValue: 1 http HTTPIngressRuleValue
HTTPIngressRuleValue: 1 paths []HTTPIngressPath
HTTPIngressPath: 1 path string; 2 backend IngressBackend; 3 pathType string
PodDisruptionBudget: 1 metadata ObjectMeta; 2 spec PodDisruptionBudgetSpec
PodDisruptionBudgetSpec: 1 minAvailable IntOrString; 2 selector LabelSelector; 3 maxUnavailable IntOrString
Eviction: 1 metadata ObjectMeta; 2 deleteOptions DeleteOptions
SelfSubjectAccessReview: 1 metadata ObjectMeta; 2 spec SelfSubjectAccessReviewSpec
SubjectAccessReview: 1 metadata ObjectMeta; 2 spec SubjectAccessReviewSpec
LocalSubjectAccessReview: 1 metadata ObjectMeta; 2 spec SubjectAccessReviewSpec
SelfSubjectAccessReviewSpec: 1 resourceAttributes ResourceAttributes; 2 nonResourceAttributes NonResourceAttributes
SubjectAccessReviewSpec: 1 resourceAttributes ResourceAttributes; 2 nonResourceAttributes NonResourceAttributes; 3 user string; 4 groups []string; 6 uid string
ResourceAttributes: 1 namespace string; 2 verb string; 3 group string; 4 version string; 5 resource string; 6 subresource string; 7 name string
NonResourceAttributes: 1 path string; 2 verb string
SelfSubjectRulesReview: 1 metadata ObjectMeta; 2 spec SelfSubjectRulesReviewSpec
SelfSubjectRulesReviewSpec: 1 namespace string
SelfSubjectReview: 1 metadata ObjectMeta
TokenReview: 1 metadata ObjectMeta; 2 spec TokenReviewSpec
TokenReviewSpec: 1 token string; 2 audiences []string
TokenRequest: 1 metadata ObjectMeta; 2 spec TokenRequestSpec
TokenRequestSpec: 1 audiences []string; 4 expirationSeconds int64
Lease: 1 metadata ObjectMeta; 2 spec LeaseSpec
LeaseSpec: 1 holderIdentity string; 2 leaseDurationSeconds int32; 3 acquireTime MicroTime; 4 renewTime MicroTime; 5 leaseTransitions int32
CrossVersionObjectReference: 1 kind string; 2 name string; 3 apiVersion string
Scale: 1 metadata ObjectMeta; 2 spec ScaleSpec; 3 status ScaleStatus
ScaleSpec: 1 replicas int32
ScaleStatus: 1 replicas int32; 2 selector string
HorizontalPodAutoscaler: 1 metadata ObjectMeta; 2 spec HorizontalPodAutoscalerSpec
autoscaling/v1 HorizontalPodAutoscalerSpec: 1 scaleTargetRef CrossVersionObjectReference; 2 minReplicas int32; 3 maxReplicas int32; 4 targetCPUUtilizationPercentage int32
autoscaling/v2 HorizontalPodAutoscalerSpec: 1 scaleTargetRef CrossVersionObjectReference; 2 minReplicas int32; 3 maxReplicas int32; 4 metrics []MetricSpec
MetricSpec: 1 type string; 4 resource ResourceMetricSource
ResourceMetricSource: 1 name string; 2 target MetricTarget
MetricTarget: 1 type string; 2 value Quantity; 3 averageValue Quantity; 4 averageUtilization int32
EndpointSlice: 1 metadata ObjectMeta; 4 addressType string; 2 endpoints []Endpoint; 3 ports []EndpointPort
Endpoint: 1 addresses []string; 2 conditions EndpointConditions; 3 hostname string; 4 targetRef ObjectReference; 6 nodeName string; 7 zone string
EndpointConditions: 1 ready bool; 2 serving bool; 3 terminating bool
EndpointPort: 1 name string; 2 protocol string; 3 port int32; 4 appProtocol string
NetworkPolicy: 1 metadata ObjectMeta; 2 spec NetworkPolicySpec
NetworkPolicySpec: 1 podSelector LabelSelector; 2 ingress []NetworkPolicyIngressRule; 3 egress []NetworkPolicyEgressRule; 4 policyTypes []string
NetworkPolicyIngressRule: 1 ports []NetworkPolicyPort; 2 from []NetworkPolicyPeer
NetworkPolicyEgressRule: 1 ports []NetworkPolicyPort; 2 to []NetworkPolicyPeer
NetworkPolicyPort: 1 protocol string; 2 port IntOrString; 3 endPort int32
NetworkPolicyPeer: 1 podSelector LabelSelector; 2 namespaceSelector LabelSelector; 3 ipBlock IPBlock
IPBlock: 1 cidr string; 2 except []string
`;

type Message = ReadonlyMap<number, Field>;
let messages: ReadonlyMap<string, Message> | undefined;

/** The fields of a message by number; some names mean different messages in different API versions. */
export function messageNamed(name: string, apiVersion: string): Message | undefined {
  messages ??= parsed(TEXT);
  return messages.get(`${apiVersion} ${name}`) ?? messages.get(name);
}

function parsed(text: string): Map<string, Message> {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line): [string, Message] => {
      const at = line.indexOf(': ');
      const fields = line.slice(at + 2).split('; ');
      return [line.slice(0, at), new Map(fields.map(fieldOf))];
    }),
  );
}

function fieldOf(text: string): [number, Field] {
  const [number = '', name = '', type = ''] = text.split(' ');
  const field: Field = {
    name,
    type: type.replace(/^(\[\]|\{\}|\+)/, ''),
    repeated: type.startsWith('[]'),
    map: type.startsWith('{}'),
    inline: type.startsWith('+'),
  };
  return [Number(number), field];
}
