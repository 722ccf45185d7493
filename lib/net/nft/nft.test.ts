import { describe, expect, test } from 'vitest';
import { listRuleset, timeText } from './list';
import { printTransactions } from './operations';
import { carriedOut, parseRuleset } from './parse-list';
import { parseTransaction } from './parse-transaction';

/** As a real nft 1.0.6 printed it. */
const LISTED = `table ip t {
	comment "a comment"
	set s1 {
		type ipv4_addr
		elements = { 1.0.0.3, 2.0.0.1,
			     9.0.0.9, 10.0.0.1,
			     10.0.0.2 }
	}

	set s2 {
		type inet_service
		elements = { 80, 81, 82, 83, 84,
			     85, 86 }
	}

	set affinity-X/1 {
		type ipv4_addr
		size 65535
		flags dynamic,timeout
		timeout 1d1h1m1s
		elements = { 10.0.0.9 expires 2h59m12s345ms }
	}

	map m1 {
		type ipv4_addr . inet_proto . inet_service : verdict
		comment "a map"
		elements = { 1.2.3.4 . tcp . 80 comment "ns2/svc2:p80" : drop,
			     192.168.99.22 . tcp . 80 comment "ns2/svc2:p80" : drop,
			     172.30.0.46 . tcp . 80 : goto y }
	}

	chain x {
		type filter hook prerouting priority dstnat - 10; policy accept;
		ip saddr { 10.0.0.0/8, 192.168.0.0/16 } drop
		ip saddr != { 1.2.3.4, 10.0.0.0/8 } drop
		ip saddr { 9.0.0.0-10.255.255.255 } drop
		tcp dport { 80, 443 } accept
		counter packets 5 bytes 10 log prefix "x y"
		meta mark set 0x00004000
		meta mark 0x00004000 accept
		ct status dnat accept
		ct state established,new accept
		reject with tcp reset
		reject with icmp host-unreachable
		ip saddr 10.0.0.0-10.0.0.5 accept
		tcp dport 1000-2000 accept
		oifname "eth0" masquerade
		iif != "lo" accept
	}

	chain y {
		comment "of y"
		meta mark & 0x00004000 == 0x00000000 return
		meta mark 0x00000000/1 return
		meta mark set meta mark ^ 0x00004000
		fib daddr type local ip daddr != 127.0.0.0/8 ip daddr . meta l4proto . th dport vmap @m1
		numgen random mod 2 vmap { 0 : accept, 1 : drop }
		update @affinity-X/1 { ip saddr } comment "remember"
		meta l4proto tcp dnat to 10.0.0.1:80
		masquerade fully-random
	}
}
table ip6 u {
	chain z {
		type nat hook output priority -100; policy accept;
		meta l4proto sctp dnat to [fd00::1]:53
		ip6 saddr != { 2001:db8::/32, fd00::/8 } drop
	}
}
`;

function listed(text: string): string {
  const read = parseRuleset(text);
  return read.ok ? listRuleset(read.value) : `${read.error.line}:${read.error.column} ${read.error.message}`;
}

/** What a list looks like after `nft -f`. */
const added = (...lines: string[]): string[] =>
  listed(['add table ip t', 'add chain ip t c', ...lines].join('\n'))
    .split('\n')
    .filter((l) => l.startsWith('\t\t'))
    .map((l) => l.trim());

describe('nft list ruleset', () => {
  test('what is read is printed as it was', () => {
    expect(listed(LISTED)).toBe(LISTED);
  });

  test('anonymous sets are sorted, and merged where a prefix is among them', () => {
    expect(
      added(
        'add rule ip t c ip saddr { 10.0.0.0/8, 192.168.0.0/16 , 10.1.0.0/16 } drop',
        'add rule ip t c ip saddr != { 172.30.0.0/16 } drop',
        'add rule ip t c ip saddr != { 10.1.2.3/32 , 10.1.2.2 } accept',
        'add rule ip t c ip saddr != { 10.1.2.3/12 , 10.1.2.2/32, 128.0.0.0/1, 10.1.2.3/31, 11.0.0.0/9 } accept',
        'add rule ip t c ip saddr != { 0.0.0.0/0 , 10.0.0.0/8 } drop',
        'add rule ip t c ip saddr 10.1.2.3/8 ip daddr 10.1.2.3/32 accept',
      ),
    ).toEqual([
      'ip saddr { 10.0.0.0/8, 192.168.0.0/16 } drop',
      'ip saddr != 172.30.0.0/16 drop',
      'ip saddr != { 10.1.2.2/31 } accept',
      'ip saddr != { 10.0.0.0/12, 11.0.0.0/9, 128.0.0.0/1 } accept',
      'ip saddr != { 0.0.0.0/0 } drop',
      'ip saddr 10.0.0.0/8 ip daddr 10.1.2.3 accept',
    ]);
  });

  test('times', () => {
    expect([10_800_000, 90_061_000, 1, 0].map(timeText)).toEqual(['3h', '1d1h1m1s', '1ms', '0s']);
  });
});

describe('nft -f', () => {
  test('kube-proxy’s spelling is read and written back', () => {
    const text = [
      'add table ip t { comment "rules" ; }',
      'add chain ip t c { type filter hook input priority -110 ; }',
      'add set ip t a/b { type ipv4_addr ; flags dynamic,timeout ; timeout 10800s ; }',
      'add rule ip t c mark and 0x00004000 == 0 return',
      'add rule ip t c mark set mark xor 0x00004000 comment "x"',
      'add rule ip t c ip saddr != { 1.0.0.0/8 , 2.0.0.0/8 } drop',
      'flush chain ip t c',
      'delete chain ip t c',
      '',
    ].join('\n');
    const read = parseTransaction(text);
    expect(read.ok && printTransactions(read.value)).toBe(text);
  });

  test.each([
    ['add rule ip t nowhere accept', 'No such file or directory'],
    ['add rule ip t c jump nowhere', 'No such file or directory'],
    ['create chain ip t c', 'File exists'],
    ['add rule ip t c jump d\ndelete chain ip t d', 'Device or resource busy'],
    ['add element ip t m { 80 : accept }', 'File exists'],
  ])('the kernel refuses the whole: %s', (line, errno) => {
    const before = parseRuleset(
      'table ip t {\nchain c {\n}\nchain d {\n}\nmap m {\ntype inet_service : verdict\nelements = { 80 : drop }\n}\n}',
    );
    const read = parseTransaction(line);
    const after = before.ok && read.ok ? carriedOut(before.value, read.value) : undefined;
    expect(after && !after.ok && after.error.message).toContain(errno);
  });

  test.each([
    ['add rule ip t c comment "open', 1, 25],
    ['table ip t {\n\tchain c {\n\t\tip saddr\n', 3, 11],
    ['blah', 1, 1],
    ['add chain ip t c { type filter hook nowhere priority 0 ; }', 1, 45],
  ])('what is wrong is placed: %s', (text, line, column) => {
    const read = parseTransaction(text);
    expect(read.ok ? undefined : [read.error.line, read.error.column]).toEqual([line, column]);
  });
});
