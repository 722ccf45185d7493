// What `kubectl explain` says of types and fields: one sentence each, our own words.

const TYPES: Readonly<Record<string, string>> = {
  'v1.Service':
    'Service is a stable name and address for a changing set of Pods. Each node forwards connections to its ports to one of the endpoints that its selector finds.',
  'v1.ServiceSpec': 'ServiceSpec says how a Service is reached and which Pods answer.',
  'v1.ServiceStatus': 'ServiceStatus is what the cluster has found out about a Service.',
  'v1.ServicePort': 'ServicePort is one port on which a Service is reached.',
  'v1.EndpointSlice':
    'EndpointSlice holds some of the endpoints of a Service: their addresses, ports and conditions. A Service may have several slices.',
  'v1.Endpoint': 'Endpoint is one backend of a Service.',
  'v1.EndpointConditions': 'EndpointConditions tell whether an endpoint takes connections.',
  'v1.Endpoints': 'Endpoints lists all endpoints of a Service in one object. EndpointSlice is its successor.',
  'v1.Pod': 'Pod is a group of containers that run on one node and share one network address.',
  'v1.PodSpec': 'PodSpec says what a Pod runs and where.',
  'v1.PodStatus': 'PodStatus is what the kubelet reports of a Pod.',
  'v1.Container': 'Container is one process of a Pod, run from an image.',
  'v1.Deployment':
    'Deployment keeps a number of equal Pods running and replaces them step by step when their template changes.',
  'v1.DeploymentSpec': 'DeploymentSpec says how many Pods of which template there should be.',
  'v1.ReplicaSet': 'ReplicaSet keeps a number of equal Pods running. Usually a Deployment makes it.',
  'v1.DaemonSet': 'DaemonSet runs one Pod on every matching node.',
  'v1.NetworkPolicy': 'NetworkPolicy says which connections the selected Pods may take and make.',
  'v1.NetworkPolicySpec': 'NetworkPolicySpec selects Pods and lists what is allowed to them.',
  'v1.Node': 'Node is a machine that runs Pods.',
  'v1.Namespace': 'Namespace is a scope for names.',
  'v1.ConfigMap': 'ConfigMap holds configuration for Pods.',
  'v1.Secret': 'Secret holds confidential data.',
  'v1.Event': 'Event reports something that happened to an object.',
  'v1.ObjectMeta':
    'ObjectMeta is what every object has: names, labels, owners and what the server keeps of it.',
  'v1.LabelSelector': 'LabelSelector selects objects by their labels. All its requirements must hold.',
};

const COMMON: Readonly<Record<string, string>> = {
  apiVersion: 'The version of the API in which this object is written.',
  kind: 'The type of this object.',
  metadata: 'Names, labels and what the server keeps of the object.',
  spec: 'What is wanted.',
  status: 'What is so, as the cluster last saw it. Only the system writes it.',
};

const FIELDS: Readonly<Record<string, string>> = {
  'v1.ServiceSpec.type':
    'How the Service is exposed: ClusterIP gives it an address inside the cluster, NodePort also a port on every node, LoadBalancer also an address outside; ExternalName makes it an alias in DNS.',
  'v1.ServiceSpec.selector':
    'Labels that a Pod must have to become an endpoint. Without a selector the endpoints are written by hand or by somebody else.',
  'v1.ServiceSpec.ports': 'The ports on which the Service is reached.',
  'v1.ServiceSpec.clusterIP':
    'The address of the Service inside the cluster. The server gives one if it is empty; None makes the Service headless. It cannot be changed.',
  'v1.ServiceSpec.clusterIPs':
    'The addresses of the Service, one for each IP family; the first is clusterIP.',
  'v1.ServiceSpec.externalIPs':
    'Addresses at which nodes also take connections for the Service. Kubernetes does not bring the traffic there.',
  'v1.ServiceSpec.sessionAffinity':
    'ClientIP keeps the connections of one client address at one endpoint; None spreads them.',
  'v1.ServiceSpec.sessionAffinityConfig': 'How long a client stays with its endpoint.',
  'v1.ServiceSpec.externalName': 'The DNS name for which a Service of type ExternalName is an alias.',
  'v1.ServiceSpec.externalTrafficPolicy':
    'Which endpoints take connections from outside: Cluster all of them; Local only those on the node where the connection arrives, and the client address stays visible.',
  'v1.ServiceSpec.internalTrafficPolicy':
    'Which endpoints take connections from inside: Cluster all of them; Local only those on the node of the client.',
  'v1.ServiceSpec.healthCheckNodePort':
    'The node port at which a load balancer asks whether a node has endpoints, where externalTrafficPolicy is Local.',
  'v1.ServiceSpec.ipFamilies': 'The IP families of the Service, the main one first.',
  'v1.ServiceSpec.ipFamilyPolicy':
    'Whether the Service has one IP family, two if the cluster has them, or must have two.',
  'v1.ServiceSpec.loadBalancerIP': 'A wish for the address of the load balancer. Not all providers heed it.',
  'v1.ServiceSpec.loadBalancerClass': 'Which implementation of load balancers is responsible.',
  'v1.ServiceSpec.loadBalancerSourceRanges': 'Client networks from which the load balancer may be used.',
  'v1.ServiceSpec.allocateLoadBalancerNodePorts': 'Whether a LoadBalancer Service gets node ports.',
  'v1.ServiceSpec.publishNotReadyAddresses': 'Whether endpoints count as ready although their Pods are not.',
  'v1.ServiceSpec.trafficDistribution':
    'How endpoints are preferred: PreferClose chooses endpoints in the zone of the client if there are any.',
  'v1.ServicePort.name': 'The name of the port. Needed if there are several.',
  'v1.ServicePort.protocol': 'TCP, UDP or SCTP. TCP if nothing is said.',
  'v1.ServicePort.appProtocol': 'What is spoken on the port, as a hint.',
  'v1.ServicePort.port': 'The port at the address of the Service.',
  'v1.ServicePort.targetPort':
    'The port of the Pods, by number or by the name of a container port. The same as port if nothing is said.',
  'v1.ServicePort.nodePort': 'The port on every node. The server gives one if it is needed and empty.',
  'v1.EndpointSlice.addressType': 'What the addresses are: IPv4, IPv6 or names. It cannot be changed.',
  'v1.EndpointSlice.endpoints': 'The endpoints of the slice, at most 1000.',
  'v1.EndpointSlice.ports': 'The ports at which every endpoint of the slice answers.',
  'v1.Endpoint.addresses': 'The addresses of the endpoint. Only the first is used.',
  'v1.Endpoint.conditions': 'Whether the endpoint takes connections.',
  'v1.Endpoint.hints': 'Which zones or nodes should use the endpoint.',
  'v1.Endpoint.nodeName': 'The node on which the endpoint runs.',
  'v1.Endpoint.targetRef': 'The object behind the endpoint, usually a Pod.',
  'v1.Endpoint.zone': 'The zone in which the endpoint runs.',
  'v1.EndpointConditions.ready':
    'Whether new connections may be sent there. Never true while the endpoint terminates.',
  'v1.EndpointConditions.serving': 'Whether the Pod is ready, even if it terminates.',
  'v1.EndpointConditions.terminating': 'Whether the Pod is being deleted.',
  'v1.DeploymentSpec.replicas': 'How many Pods there should be. 1 if nothing is said.',
  'v1.DeploymentSpec.selector': 'The labels of the Pods. It must match the template and cannot be changed.',
  'v1.DeploymentSpec.template': 'What the Pods are made from.',
  'v1.DeploymentSpec.strategy': 'How Pods of an old template are replaced.',
  'v1.DeploymentSpec.minReadySeconds': 'How long a Pod must be ready before it counts as available.',
  'v1.DeploymentSpec.paused': 'Whether changes of the template wait.',
  'v1.DeploymentSpec.progressDeadlineSeconds':
    'After how many seconds without progress a rollout counts as failed.',
  'v1.DeploymentSpec.revisionHistoryLimit': 'How many old ReplicaSets are kept for a rollback.',
  'v1.Container.image': 'The image to run.',
  'v1.Container.name': 'The name of the container, unique in its Pod.',
  'v1.Container.ports': 'Ports at which the container listens. They inform, and give names to ports.',
  'v1.Container.readinessProbe': 'How the kubelet finds out whether the container takes connections.',
  'v1.Container.livenessProbe': 'How the kubelet finds out whether the container must be restarted.',
  'v1.Container.resources': 'What the container may use of the node.',
  'v1.PodSpec.containers': 'The containers of the Pod.',
  'v1.PodSpec.nodeName': 'The node on which the Pod runs. The scheduler writes it.',
  'v1.PodSpec.hostNetwork': 'Whether the Pod uses the network of its node.',
  'v1.PodSpec.terminationGracePeriodSeconds': 'How many seconds the containers get to stop.',
  'v1.PodSpec.readinessGates': 'Conditions that must be true beside the probes for the Pod to be ready.',
  'v1.NetworkPolicySpec.podSelector':
    'The Pods of the namespace to which the policy applies. An empty selector means all.',
  'v1.NetworkPolicySpec.policyTypes': 'The directions that the policy restricts: Ingress, Egress or both.',
  'v1.NetworkPolicySpec.ingress': 'Which incoming connections are allowed.',
  'v1.NetworkPolicySpec.egress': 'Which outgoing connections are allowed.',
  'v1.ObjectMeta.name': 'The name of the object, unique for its kind in its namespace.',
  'v1.ObjectMeta.namespace': 'The namespace of the object.',
  'v1.ObjectMeta.labels': 'Keys and values by which objects are selected.',
  'v1.ObjectMeta.annotations': 'Keys and values that tools keep with the object.',
  'v1.ObjectMeta.uid': 'The identity of the object: another object of the same name has another.',
  'v1.ObjectMeta.resourceVersion': 'The version of the object, for finding out whether it has changed.',
  'v1.ObjectMeta.generation': 'Counts the changes of what is wanted.',
  'v1.ObjectMeta.creationTimestamp': 'When the object was created.',
  'v1.ObjectMeta.deletionTimestamp': 'When the object will be gone, if it is being deleted.',
  'v1.ObjectMeta.finalizers': 'What has to be done before the object may go.',
  'v1.ObjectMeta.ownerReferences': 'The objects to which this one belongs: it goes when they have gone.',
  'v1.LabelSelector.matchLabels': 'Labels that must be there with these values.',
  'v1.LabelSelector.matchExpressions': 'Requirements of labels.',
};

/** The sentence about a type. */
export const describeType = (go: string): string => TYPES[go] ?? `${plain(go)} of the Kubernetes API.`;

/** The sentence about a field of a type. */
export function describeField(go: string, name: string): string {
  const own = FIELDS[`${go}.${name}`];
  if (own !== undefined) return own;
  return COMMON[name] ?? `The ${words(name)} of the ${words(plain(go))}.`;
}

const plain = (go: string): string => go.slice(go.lastIndexOf('.') + 1);

/** nodeSelectorTerms → node selector terms. */
const words = (name: string): string =>
  name.replaceAll(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
