import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits, minimalEdits } from './minimal-edits';

const service = 'kind: Service\nspec:\n  selector:\n    app: web\n  ports:\n    - port: 80\n';

describe('minimalEdits', () => {
  test('equal texts need no edit', () => {
    expect(minimalEdits(service, service)).toEqual([]);
  });

  test('a changed value is replaced alone', () => {
    const edits = minimalEdits(service, service.replace('port: 80', 'port: 81'));
    expect(edits).toEqual([{ start: service.indexOf('80') + 1, end: service.indexOf('80') + 2, text: '1' }]);
  });

  test('two places far apart are two edits, and the lines between them stay', () => {
    const edits = minimalEdits(
      service,
      service.replace('app: web', 'app: shop').replace('port: 80', 'port: 8080'),
    );
    expect(edits).toHaveLength(2);
    const between = service.indexOf('  ports:');
    expect(edits.every((edit) => edit.end <= between || edit.start > between)).toBe(true);
  });

  test('an inserted line touches no other', () => {
    const after = service.replace('  ports:\n', '  sessionAffinity: ClientIP\n  ports:\n');
    const edits = minimalEdits(service, after);
    expect(edits).toHaveLength(1);
    expect(edits[0]?.start).toBe(edits[0]?.end);
  });

  test('a surrogate pair is never cut', () => {
    const edits = minimalEdits('a: 😀\n', 'a: 😁\n');
    expect(edits).toEqual([{ start: 3, end: 5, text: '😁' }]);
  });

  test('from nothing and to nothing', () => {
    expect(applyEdits('', minimalEdits('', service))).toBe(service);
    expect(applyEdits(service, minimalEdits(service, ''))).toBe('');
  });

  test('any two texts: the edits lead from one to the other, in order and without overlap', () => {
    const text = fc
      .array(fc.constantFrom('a: 1', 'b: 2', 'c: 3', '', '  d: 😀', '- x'), { maxLength: 12 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const edits = minimalEdits(before, after);
        expect(applyEdits(before, edits)).toBe(after);
        edits.forEach((edit, i) => expect(edit.start).toBeGreaterThanOrEqual(edits[i - 1]?.end ?? 0));
      }),
    );
  });

  test('texts of thousands of different lines are compared in well under a second', () => {
    const many = (tag: string): string => Array.from({ length: 5_000 }, (_, i) => `${tag}${i}: x\n`).join('');
    expect(applyEdits(many('a'), minimalEdits(many('a'), many('b')))).toBe(many('b'));
  });
});
