// 术语表页与课文里的术语解释。
export const glossary = {
  title: '术语表',
  intro: '课程里一个东西只用一个词。课文里带点线的词，解释就是这里的；别的说法写在“不用”后面。',
  field: '查找术语',
  count: '{shown, plural, other {# 个术语}}',
  empty: '没有含有“{query}”的术语。换一个词试试，中文英文都可以。',
  also: '也写作',
  avoid: '不用',
  lesson: '第 {id} 课：{title}',
  toCome: '第 {id} 课，尚未开放',
  link: '术语表',
  more: '在术语表中查看',
  none: '术语表里还没有术语。',
} as const;
