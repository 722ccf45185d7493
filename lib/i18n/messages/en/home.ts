// Words of the home page.
export const home = {
  title: 'See every rule behind a Kubernetes Service',
  sentence:
    'Edit a Service and watch its iptables chains change at once, on a simulated cluster that writes the rules kube-proxy writes.',
  startPromise: 'No account, nothing to install.',
  liveTitle: 'A Service, running in this page',
  liveText: 'Change the number of Pods and read what each rule becomes.',
  replicas: 'Replicas',
  fewer: 'One replica fewer',
  more: 'One replica more',
  liveResult:
    '{n, plural, =0 {No endpoint: new connections are refused.} one {1 endpoint takes every new connection.} other {# endpoints, each takes 1/# of the new connections.}}',
  liveFailed: 'The cluster stopped.',
  mapTitle: 'The course: five stages',
  mapText:
    'From the first Service to incident drills. {open, plural, one {# of {all} lessons is} other {# of {all} lessons are}} open; the others are being written.',
  lessons: '{n, plural, one {# lesson} other {# lessons}}',
  open: 'Open',
  toCome: 'to come',
  progress: '{done} of {total} tasks',
  finished: 'finished',
  toMap: 'To the whole course',
  courseTitle: 'The course',
  courseText:
    'Five stages, {all} lessons, from a first Service to incident drills. {open, plural, one {# lesson is} other {# lessons are}} open; the others are being written and marked so.',
  courseMenu: 'Course',
  courseMenuTitle: 'All stages and lessons',
  here: 'you are here',
  usesTitle: 'Three ways to use it',
  useSelf: 'On your own',
  useSelfText:
    'Lessons of five to ten minutes. Everything runs in the browser and is kept there: close the tab and go on tomorrow.',
  useWorkshop: 'In a workshop',
  useWorkshopText:
    'Everybody has the same cluster, which costs nothing and starts in a second. It can be broken on purpose and set back.',
  useAssessment: 'To assess',
  useAssessmentText:
    'Labs check outcomes in the cluster, never the text that was typed. The same steps always lead to the same result.',
} as const;
