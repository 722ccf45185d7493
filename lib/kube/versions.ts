// The version table: every difference between Kubernetes versions that the simulated cluster models, each with its source. Nothing but
// this file and version.ts, whose exports it passes on, compares versions.
import { minorOf, type K8sVersion } from './version';

export * from './version';

/** What is known of the release of a minor version. */
export interface Release {
  readonly patch: number;
  readonly go: string;
  /** The commit it was built from. */
  readonly commit: string;
}
/** The patch release of each minor that the simulated servers, nodes and clients state. */
export const RELEASES: Readonly<Record<K8sVersion, Release>> = {
  '1.28': { patch: 15, go: 'go1.22.8', commit: '841856557ef0f6a399096c42635d114d6f2cf7f4' },
  '1.29': { patch: 14, go: 'go1.22.12', commit: '4f359b2e16764ab5e175195ee6992dfb53b36acf' },
  '1.30': { patch: 13, go: 'go1.23.8', commit: '50af91c466658b6a33d123fae8a487db1630971c' },
  '1.31': { patch: 9, go: 'go1.23.8', commit: '8f3800390d488f54f74111f22973059e133f9cba' },
  '1.32': { patch: 5, go: 'go1.23.8', commit: '9894294ef13a5b32803e3ca2c0d620a088cc84d1' },
  '1.33': { patch: 1, go: 'go1.24.2', commit: '8adc0f041b8e7ad1d30e29cc59c6ae7a15e19828' },
  // The terminal has no kubectl of 1.34: nobody sees its commit.
  '1.34': { patch: 0, go: 'go1.24.6', commit: '0000000000000000000000000000000000000000' },
};
/** "v1.32.5" for 1.32, as `kubectl version` and `kubectl get nodes` print it. */
export const releaseOf = (version: K8sVersion): string => `v${version}.${RELEASES[version].patch}`;

const from = (minor: number) => (version: K8sVersion) => minorOf(version) >= minor;

/** Differences that are no feature gate. */
export const differences = {
  /** -m nfacct on the INVALID drop and the localhost node-port rule: CHANGELOG-1.31, pull requests 122812 and 125015. */
  nfacctCounters: from(31),
  /** The INVALID drop is left out if nf_conntrack_tcp_be_liberal is set: pull request 120412. */
  liberalConntrackSkipsInvalidDrop: from(29),
  /** Full iptables sync once an hour: pull request 129329. */
  hourlyFullSync: from(33),
  /** UDP conntrack entries are compared with the Services by netlink after each sync; before: event by event: pull request 127318. */
  udpConntrackReconciler: from(32),
  /** `primary` as a value of nodePortAddresses: CHANGELOG-1.30. */
  nodePortAddressesPrimary: from(30),
  /** kube-proxy in nftables mode: base chains before and after DNAT, cluster-ips; before that, form 1a: pull requests 122614, 122296, 122663, 122724, 123105. */
  nftablesClusterIPsCheck: from(30),
  /** filter-* at priority 0, source ranges checked in *-pre-dnat: pull requests 132456, 131492. */
  nftablesPreDnatChains: from(34),
  /** Only the chains of changed Services are written: CHANGELOG-1.33. */
  nftablesPartialSync: from(33),
  /** iifname instead of iif for detectLocalMode by interface: pull request 134024, cherry-picked to 1.32–1.34 (134117, 134099, 134118). */
  nftablesInterfaceNames: from(32),
  /** Endpoints carry endpoints.kubernetes.io/managed-by: endpoint-controller: CHANGELOG-1.33. */
  endpointsManagedByLabel: from(33),
  /** pods/resize is a subresource: KEP-1287. */
  podResizeSubresource: from(32),
  /** admissionregistration.k8s.io/v1 has ValidatingAdmissionPolicy: CHANGELOG-1.30. */
  validatingAdmissionPolicyV1: from(30),
  /** kubectl get jobs shows the status: pull request 123226. */
  jobStatusColumn: from(30),
  /** kubectl get cronjobs shows the time zone: pull request 122231. */
  cronJobTimezoneColumn: from(30),
  /** kubectl get hpa names the metric of a target: pull request 124150. */
  namedScalerTargets: from(31),
  /** kubectl get pv and pvc show the class of volume attributes: KEP-3751. */
  volumeAttributesColumn: from(29),
  /** A Pod's metadata.generation counts: KEP-5067. */
  podGeneration: from(33),
  /** Texts about addresses with leading zeros and the like: pull request 128786. */
  nonStandardAddressTexts: from(33),
  /** A warning about a second variable of the same name: pull request 113245. */
  duplicateEnvWarning: from(28),
  /** A warning about a second port of the same number: pull request 113245. */
  duplicatePortWarning: from(30),
  /** Every answer about v1 Endpoints warns of their end: CHANGELOG-1.33. */
  endpointsDeprecated: from(33),
  /** Discovery of all groups at once is apidiscovery.k8s.io/v2; v2beta1 before: KEP-3352. */
  aggregatedDiscoveryV2: from(30),
  /** ScalingReplicaSet says "from 1 to 2" rather than "to 2 from 1": pull request 125118, CHANGELOG-1.32. */
  scalingEventFromTo: from(32),
  /** "Created container: web" rather than "Created container web": pkg/kubelet/kuberuntime/kuberuntime_container.go. */
  createdContainerColon: from(32),
  /** Events of pulled images name the image's size: pull request 123602. */
  pulledImageSize: from(30),
  /** ImagePullBackOff says why the image could not be pulled: pull request 127918. */
  pullErrorInBackOff: from(32),
  /** --node-monitor-grace-period is 50 s rather than 40 s: pull request 126287. */
  longNodeGrace: from(32),
  // Fields of the API's types, by the version whose k8s.io/api has them (types.go).
  /** lifecycle.preStop.sleep: KEP-3960. */
  preStopSleepField: from(29),
  /** securityContext.appArmorProfile: KEP-24. */
  appArmorField: from(30),
  /** volumes[].image: KEP-4639. */
  imageVolumeField: from(31),
  /** volumes[].projected.sources[].clusterTrustBundle: KEP-3257. */
  clusterTrustBundleField: from(29),
  /** securityContext.supplementalGroupsPolicy: KEP-3619. */
  supplementalGroupsPolicyField: from(31),
  /** spec.resources of Pods: KEP-2837. */
  podResourcesField: from(32),
  /** spec.trafficDistribution: KEP-4444. */
  trafficDistributionField: from(30),
  /** status.loadBalancer.ingress[].ipMode: KEP-1860. */
  loadBalancerIPModeField: from(29),
  /** endpoints[].hints.forNodes: KEP-3015. */
  forNodesHints: from(33),
  /** Node status.runtimeHandlers: KEP-3857. */
  nodeRuntimeHandlersField: from(30),
  /** Node status.features: KEP-3619. */
  nodeFeaturesField: from(31),
  /** Each of loadBalancerSourceRanges gets a message of its own: pkg/apis/core/validation ValidateService. */
  sourceRangesOneByOne: from(30),
} as const;

/** Differences between the kubectls: k8s.io/kubectl of the versions; measured with the released programs. */
export const kubectlDifferences = {
  /** describe service reads EndpointSlices, and prints the internal traffic policy. */
  describeServiceReadsSlices: from(31),
  /** describe prints node selectors and tolerations of a Pod template. */
  describeTemplatePlacement: from(30),
  /** describe tells whether the parts of projected volumes are optional. */
  describeProjectedOptional: from(33),
  /** describe configmap ends each value with an empty line. */
  describeConfigMapGap: from(31),
  /** describe daemonset prints the namespace. */
  describeDaemonSetNamespace: from(33),
  /** describe node leaves the kube-proxy version out. */
  describeNodeWithoutKubeProxy: from(33),
  /** A short name of several resources is warned of: client-go restmapper/shortcut.go. */
  warnsOfShortNames: from(29),
  /** logs of a Pod that is not there tells the namespace. */
  logsTellNamespace: from(30),
  /** scale tells which object was not found. */
  scaleTellsMissing: from(32),
  /** exec wants -- before the command. */
  execNeedsDashes: from(31),
  /** exec goes over WebSockets, and the server that hands them on calls an internal error so once more (KEP-4006). */
  execOverWebSockets: from(30),
  /** describe job tells suspension and backoff limit. */
  describeJobLimits: from(30),
  /** get leaves names of subresources to the server. */
  getAnySubresource: from(32),
  /** create with a stray word says what is unexpected, no longer that the command is unknown. */
  createUnexpectedArgs: from(31),
  /** wait --for=create. */
  waitForCreate: from(31),
  /** Discovery asks for v2 before v2beta1. */
  discoveryV2: from(30),
  /** explain prints the values of enumerations. */
  explainEnums: from(30),
  /** explain of a field ends FIELD: with one more empty line. */
  explainFieldGap: from(30),
  /** Errors that nobody handles are structured: apimachinery util/runtime. */
  klogUnhandledError: from(31),
  /** cluster-info is not coloured in a pipe. */
  plainClusterInfo: from(32),
  /** autoscale posts autoscaling/v2. */
  autoscaleV2: from(33),
} as const;
