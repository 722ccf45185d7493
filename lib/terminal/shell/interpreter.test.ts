// The shell language: what bash prints for a script, this shell prints. Each script is also run by the machine's bash, where there
// is one, so that the expectations are bash's and not ours.
import { describe, expect, test } from 'vitest';
import { testSession } from '../testing';
import { BASH_5, realBash } from '../testing-bash';

const FILES: Readonly<Record<string, string>> = {
  'a.yaml': 'kind: A\n',
  'b.yaml': 'kind: B\nx: 1\n',
  'n.txt': '3\n1\n2\n',
};

const SCRIPTS: readonly string[] = [
  // words and quotes
  `echo one   'two  three' "four  five" six\\ seven`,
  `echo "a\\$b" '$HOME' "it's" $'tab\\there'`,
  `echo a#b # a comment`,
  `echo "" x ''`,
  `printf '[%s]' a "" "b c"; echo`,
  // variables
  `x=1; echo $x "\${x}2" '$x'`,
  `x="a  b"; echo $x; echo "$x"`,
  `unset x; echo "[$x]" \${x:-none} \${x-none}; x=; echo "\${x:-empty}" "\${x-set}" "\${x:+yes}"`,
  `echo \${y:=made} $y`,
  `f=dir/name.tar.gz; echo \${f##*/} \${f%.gz} \${f%%.*} \${f#*/} \${#f} \${f/tar/zip} \${f//a/A}`,
  `s=hello; echo \${s:1:3} \${s: -2} \${s^} \${s^^} \${s:2}`,
  `a=1 b=2; echo $((a+b*3)) $(( (a+b)*3 )) $((7/2)) $((7%3)) $((2**10)) $((a<b)) $((a++)) $a`,
  `i=5; ((i+=2)); echo $i; ((i==7)) && echo seven; ((i==8)) || echo not`,
  `x=1; (x=2; echo $x); echo $x; { x=3; }; echo $x`,
  `false; echo $?; true; echo $?; (exit 7); echo $?`,
  `set -- a "b c" d; echo $# "$2"; for i in "$@"; do echo "<$i>"; done; shift; echo $1`,
  `x=5; x+=6; echo $x`,
  // substitution
  'echo $(echo a; echo b) "$(printf "1\\n2\\n\\n")" `echo c`',
  `echo $(echo $(echo deep)) $(( $(echo 3) + 4 ))`,
  `x=$(false); echo $?; x=$(exit 3) ; echo $?`,
  // lists and pipes
  `true && echo yes || echo no; false && echo yes || echo no; ! true; echo $?`,
  `echo a | cat | cat; printf '3\\n1\\n2\\n' | sort | head -1`,
  `x=1; echo 2 | read x; echo $x`,
  `printf 'a 1\\nb 2\\n' | while read n v; do echo "$v-$n"; done`,
  `while read -r line; do echo "[$line]"; done < n.txt`,
  `printf 'a:b:c\\n' | { IFS=: read x y; echo "$x|$y"; }`,
  // redirections
  `echo hi > out; cat out; echo more >> out; wc -l < out; cat nothere 2>/dev/null; echo $?`,
  `{ echo out; echo err >&2; } 2>&1 | sort`,
  `ls nothere > both 2>&1; test -s both && echo caught`,
  `cat <<EOF\nx=$((1+1)) $(echo sub) \\$no\nEOF`,
  `cat <<'EOF'\n$x $(no)\nEOF`,
  `cat <<-EOF\n\t\ttabs\n\tEOF`,
  `cat <<< "here string"; x=z; cat <<<$x`,
  `cat <<A; cat <<B\n1\nA\n2\nB`,
  // compound commands
  `for i in 1 2 3; do echo $i; done | wc -l`,
  `for i in {1..3} {a,b}x {01..03}; do printf '%s ' $i; done; echo`,
  `for ((i=0; i<3; i++)); do echo -n $i; done; echo`,
  `i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo $i; done`,
  `i=0; until [ $i -ge 2 ]; do echo $i; i=$((i+1)); done; for i in 1 2 3; do [ $i = 2 ] && break; done; echo $i`,
  `for i in 1 2; do for j in a b c; do [ $j = b ] && continue 2; echo $i$j; done; done`,
  `if [ 1 -gt 2 ]; then echo a; elif [ x = x ]; then echo b; else echo c; fi`,
  `case foo.yaml in *.txt) echo t;; *.yaml|*.yml) echo y;; esac; case x in [a-c]) echo abc;; *) echo other;; esac`,
  `f() { echo "$1-$#"; return 3; }; f a b; echo $?; echo $1`,
  `[[ abc == a* && ! -z x ]] && echo match; [[ v1.32 =~ ^v1\\.[0-9]+$ ]] && echo re; [[ a < b ]] && echo less; [[ "a*" == "a*" ]] && echo same`,
  `[ -f a.yaml ] && echo file; [ -d . ] && echo dir; [ ! -e nothere ] && echo none; [ a = a -a b != c ] && echo both`,
  // paths
  `echo *.yaml; echo *.nothing; echo '*.yaml'; for f in *.yaml; do echo \${f%.yaml}; done; echo [ab].yaml ?.yaml`,
  `cd /tmp && cd - > /dev/null; echo *`,
  // others
  `eval 'echo $((1+1))'; x=echo; $x dynamic`,
  `printf '%05d|%-5s|%5s|%x|%.2f|%%\\n' 42 ab cd 255 3.14159; printf '%s,' 1 2 3; echo`,
  `echo -e 'a\\tb'; echo -n x; echo; echo -n`,
  `type cd | head -1; command -v echo`,
];

describe('prints what bash prints', () => {
  const real = realBash(SCRIPTS, FILES, BASH_5);
  test.each(SCRIPTS.map((script, i) => [script, i] as const))('%s', (script, i) => {
    const { stdout, stderr, exit } = testSession({ files: FILES }).run(script);
    expect(stderr).toBe('');
    if (real) expect(real[i]).toMatchObject({ stdout, exit });
  });
});

describe("errors in bash's own words", () => {
  test.each([
    ['nosuch', '-bash: nosuch: command not found\n', 127],
    ['| a', "-bash: syntax error near unexpected token `|'\n", 2],
    ['a && && b', "-bash: syntax error near unexpected token `&&'\n", 2],
    ['echo "open', '-bash: unexpected EOF while looking for matching `"\'\n', 2],
    ['for i in 1; do echo', '-bash: syntax error: unexpected end of file\n', 2],
    ['done', "-bash: syntax error near unexpected token `done'\n", 2],
    ['cat < nothere', '-bash: nothere: No such file or directory\n', 1],
    ['echo > /no/such/file', '-bash: /no/such/file: No such file or directory\n', 1],
    ['echo > /tmp', '-bash: /tmp: Is a directory\n', 1],
    ['cd nothere', '-bash: cd: nothere: No such file or directory\n', 1],
    ['echo $((1/0))', '-bash: 1/0: division by 0 (error token is "0")\n', 1],
    ['echo ${x:?is needed}', '-bash: x: is needed\n', 1],
    ['echo ${x!}', '-bash: ${x!}: bad substitution\n', 2],
    ['[ 1 -eq a ]', '-bash: [: a: integer expression expected\n', 2],
    ['export 1=2', "-bash: export: `1=2': not a valid identifier\n", 1],
  ])('%s', (line, stderr, exit) => {
    expect(testSession().run(line)).toMatchObject({ stdout: '', stderr, exit });
  });
});

describe('nothing hangs', () => {
  test.each([
    ['while :; do :; done', 'stopped after 20000 commands'],
    ['f() { f; }; f', 'deeper than 60 levels'],
    ['for ((;;)); do :; done', 'stopped after 20000 commands'],
    ['x=$(printf "%01000d" 0); while :; do echo $x$x$x$x$x$x$x$x$x$x; done', 'stopped'],
    ['('.repeat(5000), 'nested deeper than'],
    [`echo ${'$('.repeat(5000)}`, 'nested deeper than'],
    [`[[ ${'a'.repeat(40)}b =~ ^(a+)+$ ]]`, ''],
    ['echo {1..100000000}', ''],
    ['echo $((9**9**9))', ''],
    ['printf "%999999999d" 1', ''],
  ])('%.60s', (line, sentence) => {
    const { stderr } = testSession().run(line);
    expect(stderr).toContain(sentence);
    expect(stderr.split('\n').length).toBeLessThanOrEqual(2);
  });
});

test('a session remembers variables, folder, history and the last exit code, and resumes from plain data', () => {
  const first = testSession();
  first.run('x=kept; export y=seen; cd /tmp');
  first.run('false');
  const again = testSession();
  again.session.content = JSON.parse(JSON.stringify(first.session.content)) as typeof first.session.content;
  expect(again.run('echo $? $x $y $PWD; pwd; history').stdout).toBe(
    '1 kept seen\n/tmp\n    1  x=kept; export y=seen; cd /tmp\n    2  false\n    3  echo $? $x $y $PWD; pwd; history\n',
  );
});

test('a shell in a Pod is a console of its own until exit', () => {
  const { run } = testSession();
  run('kubectl run caller --image=busybox -- sleep infinity; kubectl wait --for=condition=Ready pod/caller');
  run('kubectl exec -it caller -- sh');
  expect(run('hostname').stdout).toBe('caller\n');
  run('exit');
  expect(run('hostname').stdout).toBe('control\n');
});
