// The glossary's page, and the explanations of terms in lessons.
export const glossary = {
  title: 'Glossary',
  intro:
    'The course has one word for one thing. Words with a dotted line in the lessons are explained by what stands here; what others call them stands behind “not”.',
  field: 'Find a term',
  count: '{shown, plural, one {# term} other {# terms}}',
  empty: 'No term holds “{query}”. Try another word; Chinese ones are found too.',
  also: 'also',
  avoid: 'not',
  lesson: 'Lesson {id}: {title}',
  toCome: 'Lesson {id}, to come',
  link: 'Glossary',
  more: 'In the glossary',
  none: 'The glossary has no terms yet.',
} as const;
