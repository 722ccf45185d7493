// Words of the figure that counts the bytes of watches.
export const watch = {
  title: 'What watchers of {service} were sent',
  restart: 'Start a new count',
  watchers: 'How many watchers',
  watchersN: '{n, plural, one {# watcher} other {# watchers}}',
  waiting: 'The cluster is starting …',
  events: 'Events',
  each: 'To each',
  all: 'To {n, plural, one {# watcher} other {# watchers}}',
  none: 'Nothing has been sent since this count began. Change a Pod of the Service.',
  list: '{shown, plural, one {The last event} other {The last # events}} of {of}, in the order of sending:',
  addresses: '{n, plural, one {# address} other {# addresses}}',
  ADDED: 'ADDED',
  MODIFIED: 'MODIFIED',
  DELETED: 'DELETED',
  incomplete:
    'So much has been written that the oldest events are no longer kept: the sums are too low. Start a new count.',
  counted:
    'Counted: the simulated API server’s watch events as JSON, as kubectl get -w -o json receives them, without HTTP/2 and TLS. Components of Kubernetes ask for protobuf, which is shorter; the simulator does not measure that.',
};
