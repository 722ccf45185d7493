// Ten lines of YAML that expand to 10^10 values.
const LETTERS = 'abcdefghij';

export const ALIAS_BOMB = [...LETTERS]
  .map((name, i) => {
    const value = i === 0 ? 'x' : `*${LETTERS[i - 1]}`;
    return `${name}: &${name} [${Array(10).fill(value).join(', ')}]`;
  })
  .join('\n');
