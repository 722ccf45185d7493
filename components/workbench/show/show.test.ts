import { describe, expect, test } from 'vitest';
import { Pace } from './pace';
import { typeInto } from './typing';

function editor(text: string) {
  const seen: string[] = [];
  let now = text;
  return {
    seen,
    page: {
      text: () => now,
      edit: (_file: string, next: string) => {
        now = next;
        seen.push(next);
      },
      reveal: () => undefined,
    },
  };
}
const BEFORE = 'replicas: 3\nname: web\nport: 80\n';
const AFTER = 'replicas: 12\nname: web\nport: 8080\nextra: 1\n';

describe('a text that is typed', () => {
  test('at once: each place in one edit, the whole text at the end', async () => {
    const { page, seen } = editor(BEFORE);
    await typeInto(page, 'a.yaml', AFTER, new Pace(true));
    expect(seen).toEqual(['replicas: 12\nname: web\nport: 80\n', AFTER]);
  });

  test('in pieces: every text on the way keeps what is not concerned', async () => {
    const { page, seen } = editor('a: 1\nb: 2\n');
    await typeInto(page, 'a.yaml', 'a: 123\nb: 2\n', new Pace(false));
    expect(seen).toEqual(['a: 12\nb: 2\n', 'a: 123\nb: 2\n']);
  });

  test('stopped: what has been typed stays, nothing more comes', async () => {
    const { page, seen } = editor('');
    const pace = new Pace(false);
    const typing = typeInto(page, 'a.yaml', 'kind: Service\n', pace);
    await pace.until(() => seen.length > 1, 2_000);
    pace.stop();
    await typing;
    expect('kind: Service\n'.startsWith(page.text())).toBe(true);
    expect(page.text()).not.toBe('kind: Service\n');
    expect(page.text()).not.toBe('');
  });

  test('a line that goes is taken out', async () => {
    const { page } = editor('a: 1\nb: 2\nc: 3\n');
    await typeInto(page, 'a.yaml', 'a: 1\nc: 3\n', new Pace(true));
    expect(page.text()).toBe('a: 1\nc: 3\n');
  });
});

test('a show that is stopped waits for nothing any more', async () => {
  const pace = new Pace(false);
  const waiting = [pace.look(60_000), pace.until(() => false, 60_000)];
  pace.stop();
  expect(await Promise.all(waiting)).toEqual([undefined, false]);
});
