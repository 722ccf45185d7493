// Words of the placement test of stage 1.
export const placement = {
  title: 'Placement test for stage 1',
  intro:
    'Eight questions. With {pass} right answers stage 1 counts as known, and you start with 2.1. Five of them come from a random simulated cluster, which works out the answers; another try gets another cluster. There is no clock, you may repeat it, and no lesson is ever locked.',
  begin: 'Begin the test',
  again: 'Try again with another cluster',
  drawing: 'Drawing questions: a simulated cluster is starting …',
  failed: 'There are no questions: the simulated cluster could not start.',
  number: 'Question {n} of {of}',
  computed: 'answer worked out by the simulated cluster',
  cluster: 'Cluster number {seed}',
  lesson: 'Taught in lesson {id}',
  answer: 'Hand in all answers',
  unanswered: '{n, plural, one {# question is} other {# questions are}} not answered yet.',
  right: 'Right.',
  wrong: 'Not right. The answer: {answer}',
  score: '{right} of {of} right.',
  passed: 'Stage 1 is marked as known. That is kept apart from “done”; the lessons stay open to you.',
  missed:
    'It takes {pass} to mark the stage as known. Read the explanations below and start with the lessons you missed.',
  goOn: 'Start with {id}',
  goOnMap: 'To the course map',
  notKept: 'The browser did not keep this result: its storage is full or closed.',
  endpoints:
    'These are the Pods, and the selector of Service {service}. How many ready endpoints does {service} have now?',
  endpointsWhy:
    'The selector asks for both labels: {matching} Pods have app={service} and tier=web. One of them is not ready; it stays in the EndpointSlice with ready: false and gets no new connections. That leaves {ready}.',
  port: 'Pod client calls the clusterIP of Service {service} on port {port}. With which destination port does the packet reach the Pod?',
  portWhyName:
    'targetPort is the name http, and in the Pod that name stands for {right}. port {port} is what callers of the clusterIP use, nodePort {nodePort} what comes in by a node’s address.',
  portWhyNumber:
    'DNAT puts targetPort in its place, which is {right}. port {port} is what callers of the clusterIP use, nodePort {nodePort} what comes in by a node’s address.',
  call: 'The application listens on port 8080. With this Service and these Pods, what comes of the curl in Pod client?',
  answered: 'an answer from one of the Pods',
  unresolved: 'Could not resolve host',
  refused: 'Connection refused',
  silent: 'nothing, until it times out',
  'callWhy.none':
    'The selector matches the Pods, targetPort {target} is the port that the application listens on, and the name exists: the request reaches one of the Pods.',
  'callWhy.selector':
    'The selector asks for app={selector}, which no Pod has, so the Service has no endpoints. For such a Service kube-proxy writes a REJECT rule, and the client sees Connection refused at once.',
  'callWhy.targetPort':
    'The selector is right and the connection reaches a Pod, but nothing listens on the Pod’s port {target}: the Pod’s kernel refuses it.',
  'callWhy.name':
    'No Service is called {called}, so the cluster’s DNS server has no such name. curl has no address to connect to. The Service’s name is {service}.',
  reach:
    'A machine outside the cluster ({outside}) wants to reach Service {service}. Which address answers it?',
  noneOfThem: 'none of these three',
  reachWhyNodePort:
    'Its type is NodePort: port {nodePort} of every node leads to this Service. Port 80 belongs to the clusterIP, and outside the cluster there is no route to a clusterIP.',
  reachWhyClusterIP:
    'Its type is ClusterIP: the address is valid inside the cluster only, and no port is open for it on the nodes. Machines outside need a NodePort, a LoadBalancer or an Ingress.',
  name: 'Service {service} is in namespace {namespace}, Pod client in namespace default. Which of these names resolves in client?',
  nameWhy:
    '{right} resolves. The whole name is {service}.{namespace}.svc.cluster.local; the Pod’s resolver adds default.svc.cluster.local, svc.cluster.local or cluster.local. So from another namespace the name must go as far as the namespace, the Service first.',
  stays: 'A Pod of a Deployment is deleted and a new one takes its place. What stays as it was?',
  'stays.right': 'the Service’s name and clusterIP',
  'stays.wrong1': 'the Pod’s name',
  'stays.wrong2': 'the Pod’s IP',
  'stays.wrong3': 'the Service’s list of endpoints',
  staysWhy:
    'The new Pod has a new name and a new IP, and the list of endpoints changes with it. The Service’s name and clusterIP last as long as the Service: they are what callers should know.',
  notReady: 'A Pod is running, but its readiness probe fails. What happens to calls of the Service?',
  'notReady.right':
    'new connections no longer go to this Pod; it stays in the EndpointSlice with ready: false',
  'notReady.wrong1': 'a third of the new connections fails',
  'notReady.wrong2': 'the Pod is deleted and replaced',
  'notReady.wrong3': 'nothing: a Service only looks whether a Pod is Running',
  notReadyWhy:
    'Readiness decides whether a Pod gets new connections; restarts are the business of the liveness probe. kube-proxy writes no rules for endpoints that are not ready, and writes them when they are.',
  headless: 'A Service has clusterIP: None (headless). What does its name resolve to in the cluster’s DNS?',
  'headless.right': 'the IPs of its ready Pods',
  'headless.wrong1': 'one clusterIP',
  'headless.wrong2': 'the IPs of the nodes',
  'headless.wrong3': 'nothing: a headless Service has no DNS record',
  headlessWhy:
    'A headless Service has no clusterIP, and kube-proxy writes no rules for it. DNS gives the addresses of the ready Pods, and the client picks one.',
} as const;
