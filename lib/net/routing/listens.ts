// Who answers: the ports on which a Pod, a node or a host outside has a process.
export type Transport = 'tcp' | 'udp' | 'sctp';
/** Whether something answers on a port. */
export type Listens = (protocol: Transport, port: number) => boolean;
