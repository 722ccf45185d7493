// The text tools print what GNU's print, to the letter, errors included. Each line is run by the machine's own tools too.
import { describe, expect, test } from 'vitest';
import { testSession } from '../../testing';
import { DEBIAN_TOOLS, realBash } from '../../testing-bash';

const FILES: Readonly<Record<string, string>> = {
  'svc.txt':
    'NAME   TYPE        PORT\nweb    ClusterIP   80\ndb     ClusterIP   5432\nedge   NodePort    80\n',
  'n.txt': '10\n9\n2\n33\n2\n',
  'csv.txt': 'a,b,c\n1,2,3\n,x,\n',
  'long.txt': Array.from({ length: 30 }, (_, i) => `line ${i + 1} ${i % 3 === 0 ? 'fizz' : 'none'}\n`).join(
    '',
  ),
};

const LINES: readonly string[] = [
  "grep 80 svc.txt; grep -v Cluster svc.txt; grep -c 80 svc.txt; grep -n -i WEB svc.txt; grep -o '[0-9]\\+' svc.txt",
  "grep -E '^(web|db) ' svc.txt; grep -F 'a.b' csv.txt; echo $?; grep -w 80 svc.txt n.txt; grep -l web *.txt; grep -q web svc.txt && echo found",
  "printf '2\\n10\\n' > p; grep -f p n.txt; grep -vxFf p n.txt; grep -xf p n.txt; grep -c -F -f p long.txt; grep -oFf p n.txt; grep -f nothere n.txt; : > e; grep -f e n.txt; echo $?; grep -iFf p -e web svc.txt",
  'grep -A1 db svc.txt; grep -B1 db svc.txt; grep -C1 db svc.txt; grep -n -A1 fizz long.txt | head -8; grep -m2 fizz long.txt',
  "grep -r web . | sort; grep -h 2 n.txt csv.txt; grep -x 2 n.txt; grep '\\bdb\\b' svc.txt; grep -e web -e db svc.txt; grep -E 'o{2}|r{1,2}t' svc.txt",
  "cat svc.txt | grep -E 'P(ort|ORT)' | wc -l; echo abc | grep -o . ; echo 'a+b' | grep 'a+b'; echo aab | grep -E '(a)+b'",
  "sed 's/80/8080/' svc.txt; sed -n '2p' svc.txt; sed -n '2,3p' svc.txt; sed '1d' svc.txt; sed -n '/web/,/db/p' svc.txt; sed '$d' n.txt",
  "sed -E 's/([a-z]+) +([A-Z])/\\2:\\1/' svc.txt; sed 's/a/b/g; s/b/c/2' csv.txt; sed -n 's/web/WEB/p' svc.txt; sed 's#/#|#g' <<< a/b/c; sed 's/.*/[&]/' n.txt",
  "sed -e '1i top' -e '$a end' n.txt; sed '2q' n.txt; sed -n '$=' n.txt; sed '/^$/d;2!s/^/> /' n.txt; sed 'y/abc/xyz/' csv.txt; sed '0~2d' n.txt; sed '2,+1d' n.txt",
  "sed -i 's/web/site/' svc.txt; cat svc.txt; sed 's/x' n.txt; sed 'k' n.txt; sed p nothere",
  "awk '{print $1}' svc.txt; awk -F, '{print $2, NF}' csv.txt; awk 'NR>1 && $3==80 {print $1\":\"$3}' svc.txt; awk '/web|db/' svc.txt; awk 'END{print NR}' svc.txt",
  "awk '{s+=$1} END{print s, s/NR}' n.txt; awk 'BEGIN{x=3; while(x-->0) printf \"%d-\", x; print \"\"}'; awk '{c[$2]++} END{for(k in c) if (c[k]>1) print k, c[k]}' svc.txt",
  'awk \'BEGIN{for(i=1;i<=3;i++) print i^2, i%2 ? "odd":"even"}\'; awk \'{print length($0), toupper(substr($1,1,2)), index($0,"C")}\' svc.txt; awk -v n=2 \'NR==n\' svc.txt',
  "awk '{gsub(/[0-9]/,\"#\"); print}' svc.txt; awk '{n=split($0,a,\",\"); print n, a[1]}' csv.txt; awk 'BEGIN{OFS=\"-\"} {$1=$1; print}' svc.txt; awk '$3 ~ /^5/ {print $NF}' svc.txt",
  'awk \'NR==2,NR==3 {print NR": "$0}\' svc.txt; awk \'BEGIN{printf "%-5s|%5.2f|%x\\n", "ab", 3.14159, 255}\'; awk \'!seen[$1]++\' n.txt; awk \'BEGIN{print 1==1.0, "a"<"b", 10<9, "10"<"9"}\'',
  'awk \'BEGIN { if (!(3 in a)) print "no"; a[3]; if (3 in a) print "yes"; delete a[3]; print length(a) }\'; echo \'10 9\' | awk \'{print ($1>$2)}\'; awk \'BEGIN{print substr("hello",2,3) substr("hello",4)}\'',
  'sort n.txt; sort -n n.txt; sort -rn n.txt; sort -u n.txt; sort -nu n.txt; sort -k3,3n -k1,1 svc.txt; sort -t, -k2 csv.txt; printf "v1.10\\nv1.9\\n" | sort -V',
  'sort n.txt | uniq; sort n.txt | uniq -c; sort n.txt | uniq -d; sort n.txt | uniq -u; sort -n n.txt | uniq -c | sort -rn | head -1',
  "cut -d, -f2 csv.txt; cut -d, -f1,3 csv.txt; cut -c1-3 svc.txt; cut -d' ' -f1 svc.txt; cut -d, -f2- csv.txt; cut -f1 csv.txt; cut -d, -s -f1 n.txt",
  "tr a-z A-Z < svc.txt; tr -d '\\n' < n.txt; echo; tr -s ' ' < svc.txt; echo hello | tr el ip; echo 'a1b2' | tr -cd 0-9; echo; echo aabb | tr -s a; tr '[:lower:]' '[:upper:]' <<< abc",
  'wc svc.txt; wc -l < svc.txt; wc -lw n.txt csv.txt; wc -c n.txt; cat n.txt | wc; wc -m n.txt',
  'head -n 2 svc.txt; head -1 n.txt; head -n -3 n.txt; tail -n 1 n.txt; tail -2 n.txt; tail -n +4 n.txt; head -c 5 n.txt; head -1 n.txt csv.txt; seq 100 | head -3 | tail -1',
  'head nothere; tail nothere; cat nothere; wc nothere; sort nothere; cut -f1 nothere; grep x nothere; uniq nothere; cat .; ls nothere; rm nothere; mkdir a/b/c; cp nothere x; mv nothere x; head -n x n.txt',
  'mkdir d; cp n.txt d/; tar cf a.tar d svc.txt; tar tf a.tar; mkdir out; tar -xmf a.tar -C out; cat out/d/n.txt; tar cf - d | tar xvf - -C out; tar czf z.tgz n.txt csv.txt; tar tzf z.tgz csv.txt; rm n.txt; tar xf z.tgz && cat n.txt',
  'tar tf nothere; tar cf a.tar nothere; tar xf n.txt; tar cf a.tar; tar; tar xf svc.txt -C nowhere; tar cf a.tar n.txt; tar xf a.tar other; tar xf a.tar -C nowhere; tar c n.txt | head -c 5',
  'seq 3; seq 2 4; seq 1 2 7; seq 3 -1 1; seq -w 8 10; seq -s, 3; seq 0.5 0.5 1.5; seq x',
  "printf 'a b\\nc\\n' | xargs; printf 'a b\\nc\\n' | xargs -n1 echo got; printf 'x\\ny\\n' | xargs -I{} echo '<{}>'; echo | xargs -r echo no; printf 'a b' | xargs -n 1 sh -c 'echo $0'",
  'ls; ls *.txt | wc -l; mkdir d; touch d/x; ls d; ls -a d | tail -1; cp n.txt d; ls d; mv d/n.txt d/m.txt; ls d; rm -r d; ls d; find . -name "*.txt" -type f | sort; basename /a/b.txt .txt; dirname /a/b/c',
  'echo hello | base64; echo aGVsbG8K | base64 -d; echo -n abc | sha256sum; seq 30 | base64 | head -1; echo !!! | base64 -d; echo $?',
  'tee a b < n.txt | tail -1; cat a; echo more | tee -a a > /dev/null; tail -1 a; cat -n csv.txt; tac n.txt; rev <<< abc; nl=x; env | grep -c HOME; X=1 env | grep ^X=; sh -c \'echo $0 $1\' x y; sh -c "exit 3"; echo $?',
  'cut; tr a; sort -k0 n.txt; wc -z n.txt; sleep; sleep x; mkdir; rm; cp a',
];

describe('prints what the real tools print (skipped without the tools of Debian 12)', () => {
  const real = realBash(LINES, FILES, DEBIAN_TOOLS);
  test.skipIf(!real).each(LINES.map((line, i) => [line, i] as const))('%s', (line, i) => {
    const { stdout, stderr, exit } = testSession({ files: FILES }).run(line);
    expect({ stdout, stderr, exit }).toEqual(real?.[i]);
  });
});

test('a filter behind a program that goes on passes lines as they come, and head ends it', () => {
  const { run, cluster } = testSession();
  const before = cluster.now;
  expect(run('i=0; while true; do echo $((i++)); sleep 1; done | grep 5 | head -2').stdout).toBe('5\n15\n');
  expect(cluster.now - before).toBe(25_000);
});

test('watch repeats on virtual time until the cluster is quiet', () => {
  const { stdout, exit } = testSession().run('watch -n 2 echo hi');
  expect(stdout).toMatch(/^Every 2\.0s: echo hi {28}control: Thu Jan {2}1 00:00:01 2026\n\nhi\nEvery/);
  expect(exit).toBe(130);
});

describe('hostile input ends quickly, with at most a sentence', () => {
  test.each([
    ["printf '%030d' 0 | tr 0 a | grep -E '^(a+)+$' | wc -c", ''],
    ["printf 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | grep -cE '(a|aa)+$'", ''],
    ["echo x | grep -E '((x{1000}){1000}){1000}'", 'Regular expression too big'],
    ["awk 'BEGIN{while(1) x++}'", 'stopped after 5 million steps'],
    ["awk 'BEGIN{while(1) print}'", 'stopped'],
    ['yes=$(seq 1000000); echo ${#yes}', ''],
    ["sed ':a;ba'", 'unknown command'],
    ["grep '\\(a\\)\\1' n.txt", 'back-references'],
    ['head -c 100 /dev/zero', 'No such file'],
    ['echo ' + '\u0000\u0001\uFFFF'.repeat(50) + ' | cat | wc -l', ''],
  ])('%.70s', (line, sentence) => {
    const { stderr } = testSession({ files: FILES }).run(line);
    expect(stderr).toContain(sentence);
    expect(stderr.split('\n').length).toBeLessThanOrEqual(2);
  });
});
