// Words of the table in which a learner foretells a connection's addresses. Hooks keep netfilter's names.
export const journey = {
  title: 'Predict the addresses',
  legend:
    'caller: the address of the caller’s own socket. Service: the clusterIP. Pod: the endpoint. node: the address that MASQUERADE puts in.',
  client: 'caller',
  service: 'Service',
  pod: 'Pod',
  node: 'node',
  way: '{from} → {to}',
  choose: 'source → destination …',
  translated: 'after nat {hook}',
  leaving: 'after nat POSTROUTING',
  arrived: 'as the Pod gets it',
  answer: 'the answer, as the Pod sends it',
  back: 'the answer, as the caller gets it',
  record: 'Record my prediction',
  missing: 'Choose a pair in every row first.',
  changed: 'Changed since it was recorded.',
  send: 'Recorded. Now make the connection: the real addresses appear here.',
  right: 'as predicted',
  wrong: 'not so',
  allRight: 'All five rows are as you predicted.',
  someWrong:
    '{n, plural, one {# row is} other {# rows are}} not as predicted. Walk the packet in the packet view, change {n, plural, one {the row} other {the rows}}, and record again.',
  real: 'last connection: {source} → {destination}',
} as const;
