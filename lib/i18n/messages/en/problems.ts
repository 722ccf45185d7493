// Our own complaints about learner input: one sentence a code. The API server's own texts are not here; they stay as they are.
export const problems = {
  'problem.yaml.tooBig':
    'This text is larger than 1 MiB, which an API server does not take; split it into smaller files.',
  'problem.yaml.tooDeep': 'This is nested more than {limit} levels deep; no manifest needs that.',
  'problem.yaml.tooManyDocuments': 'This file has more than {limit} documents; split it.',
  'problem.yaml.aliases':
    'The aliases expand to more than {limit, number} values; write the values out instead.',
  'problem.yaml.aliasUnknown': 'The alias *{name} has no anchor &{name} before it.',
  'problem.yaml.aliasCycle':
    'The alias *{name} stands inside its own anchor &{name}; a value cannot contain itself.',
  'problem.yaml.tab': 'YAML does not allow tabs as indentation; use spaces.',
  'problem.yaml.indent':
    'This line is indented differently from the lines it belongs to; align it with its neighbours.',
  'problem.yaml.colon': 'After a field name comes a colon and a space: "{text}" has none.',
  'problem.yaml.wideColon': 'This is a full-width colon; YAML needs the ASCII colon ":" and a space.',
  'problem.yaml.wideBlank': 'This is a full-width or no-break space; YAML needs ordinary spaces.',
  'problem.yaml.nested': 'This line has two "field: value" pairs; put each on its own line.',
  'problem.yaml.quote': 'The quotation mark {char} that opens here is never closed.',
  'problem.yaml.bracket': 'A closing "{char}" is missing before this place.',
  'problem.yaml.reserved': 'A value cannot begin with "{char}"; put it in quotation marks.',
  'problem.yaml.duplicateKey': 'The field "{key}" stands here twice; only one can count, so remove one.',
  'problem.yaml.key': 'A field name must be a single word, not a list or a mapping.',
  'problem.yaml.template':
    'This is a template (Helm and others); an API server takes what it is rendered to, so write the value.',
  'problem.yaml.merge': 'Behind "<<:" only an alias of a mapping can stand.',
  'problem.yaml.control': 'There is an invisible control character here; delete it.',
  'problem.yaml.syntax':
    'This is not valid YAML here; compare the indentation, quotes and brackets with the lines around it.',
  'problem.manifest.notMapping':
    'A manifest is made of "field: value" lines, starting with apiVersion and kind.',
  'problem.manifest.noKind':
    'The field kind is missing; it says what this object is, for example kind: Service.',
  'problem.manifest.noApiVersion':
    'The field apiVersion is missing; for a Service it is v1, for a Deployment apps/v1.',
  'problem.manifest.noName': 'The field metadata.name is missing; every object needs a name.',
  'problem.manifest.notText': '{field} must be text, and {value} is not; put it in quotation marks.',
  'problem.manifest.incomplete': '{field} has no value yet; nothing is applied until it has one.',
} as const;
