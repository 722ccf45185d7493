// Who answers: the ports on which a Pod, a node or a host outside has a process.
export type Transport = 'tcp' | 'udp' | 'sctp';
/** Whether something answers on a port; `loopback`: asked at 127.0.0.1 or ::1, where sockets bound to it answer too. */
export type Listens = (protocol: Transport, port: number, loopback?: boolean) => boolean;
