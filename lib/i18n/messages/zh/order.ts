// 排序题的文字。
export const order = {
  title: '排个序',
  how: '用每一行的两个按钮上下移动，直到顺序正确。',
  up: '上移：{item}',
  down: '下移：{item}',
  moved: '{item}：现在是第 {place} 行，共 {of} 行。',
  atTop: '{item}：已经是第一行。',
  atBottom: '{item}：已经是最后一行。',
  check: '检查顺序',
  right: '{n} 行全部到位。',
  wrong: '{right, plural, =0 {第一行就不对。} other {前 # 行对了，再下一行不对。}}挪动之后再检查。',
  changed: '上次检查之后又动过。',
} as const;
