// Names of ports as /etc/services has them (Debian's netbase), for tools that print names unless told not to.
const NAMES: Readonly<Record<string, string>> = {
  '20/tcp': 'ftp-data',
  '21/tcp': 'ftp',
  '22/tcp': 'ssh',
  '23/tcp': 'telnet',
  '25/tcp': 'smtp',
  '53/tcp': 'domain',
  '53/udp': 'domain',
  '67/udp': 'bootps',
  '68/udp': 'bootpc',
  '80/tcp': 'http',
  '88/tcp': 'kerberos',
  '110/tcp': 'pop3',
  '123/udp': 'ntp',
  '143/tcp': 'imap2',
  '161/udp': 'snmp',
  '179/tcp': 'bgp',
  '389/tcp': 'ldap',
  '443/tcp': 'https',
  '443/udp': 'https',
  '445/tcp': 'microsoft-ds',
  '514/tcp': 'shell',
  '514/udp': 'syslog',
  '587/tcp': 'submission',
  '636/tcp': 'ldaps',
  '853/tcp': 'domain-s',
  '993/tcp': 'imaps',
  '995/tcp': 'pop3s',
  '1194/udp': 'openvpn',
  '1433/tcp': 'ms-sql-s',
  '2049/tcp': 'nfs',
  '2049/udp': 'nfs',
  '2379/tcp': 'etcd-client',
  '2380/tcp': 'etcd-server',
  '3128/tcp': 'squid',
  '3306/tcp': 'mysql',
  '3389/tcp': 'ms-wbt-server',
  '4500/udp': 'ipsec-nat-t',
  '5060/tcp': 'sip',
  '5060/udp': 'sip',
  '5353/udp': 'mdns',
  '5432/tcp': 'postgresql',
  '5672/tcp': 'amqp',
  '6379/tcp': 'redis',
  '8080/tcp': 'http-alt',
  '9418/tcp': 'git',
};
const PORTS = new Map(
  Object.entries(NAMES).map(([key, name]) => [`${name}/${key.split('/')[1]}`, key.split('/')[0]]),
);

/** The name of a port, else its number. */
export const portName = (port: string, protocol: string): string => NAMES[`${port}/${protocol}`] ?? port;

/** The number of a named port ("http"), or the text itself if it is a number; undefined if nobody knows it. */
export const portNumber = (text: string, protocol: string): string | undefined =>
  /^\d{1,5}$/.test(text) ? text : PORTS.get(`${text}/${protocol}`);
