// What all kinds share: metadata, selectors, references, conditions (k8s.io/apimachinery pkg/apis/meta/v1/types.go).
import { field, text, type FieldDoc, type TypeDocs } from './types';

/** Fields that every kind has, unless a kind says more. */
export const commonFields: Readonly<Record<string, FieldDoc>> = {
  apiVersion: field(
    'The API group and version in which the kind is defined.',
    '定义这个 kind 的 API 组和版本。',
  ),
  kind: field('What kind of object this is.', '对象的种类。'),
  metadata: field('Name, namespace, labels and annotations.', '名称、命名空间、标签和注解。'),
  spec: field('What the object is to be.', '对象应有的样子。'),
  status: field(
    'What the object is at present. Controllers write it; in a manifest it has no effect.',
    '对象现在的样子。由控制器写入；写在清单里不起作用。',
  ),
};

export const metaDocs: TypeDocs = {
  'v1.ObjectMeta': {
    about: text('Name, namespace, labels and annotations.', '名称、命名空间、标签和注解。'),
    fields: {
      name: field(
        'The object’s name, unique among its kind in its namespace. It cannot be changed.',
        '对象名称，同一命名空间的同一种类中唯一，不能修改。',
      ),
      generateName: field(
        'The beginning of the name; the server adds five characters. kubectl apply needs a full name.',
        '名称的开头，服务器再补五个字符。kubectl apply 需要完整名称。',
      ),
      namespace: field('The namespace that the object is in.', '对象所在的命名空间。', {
        default: 'default',
        defaultWhen: text('for kinds that live in a namespace', '对属于命名空间的种类'),
      }),
      labels: field(
        'Key and value pairs by which selectors find the object.',
        '键值对，选择器靠它们找到对象。',
        {
          rules: text(
            'On a Pod they decide of which Services it is an endpoint.',
            'Pod 上的标签决定它是哪些 Service 的端点。',
          ),
        },
      ),
      annotations: field(
        'Key and value pairs for tools and controllers; selectors do not see them.',
        '给工具和控制器用的键值对，选择器看不到。',
      ),
      ownerReferences: field(
        'The objects that this one belongs to. It is deleted when the last of them is.',
        '它所属的对象。最后一个属主被删除时，它也被删除。',
      ),
      finalizers: field(
        'Who must still finish something before the object can go.',
        '还有谁要先做完收尾，对象才能被删除。',
      ),
      uid: field('The object’s identity; the server gives it.', '对象的唯一标识，由服务器分配。'),
      resourceVersion: field(
        'The object’s version in the store; it changes with each write.',
        '对象在存储中的版本，每次写入都会变。',
      ),
      generation: field(
        'Counts the changes of what is wanted; the server writes it.',
        '期望状态的修改次数，由服务器写入。',
      ),
      creationTimestamp: field('When the object was created.', '创建时间。'),
      deletionTimestamp: field(
        'When the object is to go. Once it is set, the object is terminating.',
        '对象将被删除的时间。一旦写上，对象就处于终止中。',
        {
          rules: text('A Pod that has it is no ready endpoint any more.', '有了它，Pod 就不再是就绪端点。'),
        },
      ),
      deletionGracePeriodSeconds: field('How many seconds the object had to finish.', '留给对象收尾的秒数。'),
      managedFields: field('Which tool set which field.', '哪个工具设置了哪些字段。'),
      selfLink: field('No longer filled in.', '已不再填写。'),
    },
  },
  'v1.OwnerReference': {
    about: text('An object that this one belongs to.', '它所属的一个对象。'),
    fields: {
      apiVersion: field('The owner’s API group and version.', '属主的 API 组和版本。'),
      kind: field('The owner’s kind.', '属主的种类。'),
      name: field('The owner’s name.', '属主的名称。'),
      uid: field('The owner’s identity.', '属主的唯一标识。'),
      controller: field('Whether the owner manages this object.', '属主是否管理着这个对象。'),
      blockOwnerDeletion: field(
        'Whether the owner must wait for this object to go, in foreground deletion.',
        '前台删除时，属主是否要等它先被删除。',
      ),
    },
  },
  'v1.LabelSelector': {
    about: text(
      'Chooses objects by their labels; all conditions must hold. An empty one chooses all.',
      '按标签选择对象，所有条件都要满足。空选择器选中全部。',
    ),
    fields: {
      matchLabels: field(
        'Labels that must be there with exactly this value.',
        '必须存在且值完全相同的标签。',
      ),
      matchExpressions: field('Conditions on labels.', '对标签的条件。'),
    },
  },
  'v1.LabelSelectorRequirement': {
    about: text('A condition on one label.', '对一个标签的条件。'),
    fields: {
      key: field('The label.', '标签的键。'),
      operator: field(
        'In and NotIn compare with values; Exists and DoesNotExist look for the key alone.',
        'In、NotIn 与 values 比较；Exists、DoesNotExist 只看键在不在。',
      ),
      values: field(
        'The values for In and NotIn; empty for the others.',
        'In 和 NotIn 的取值；其他运算符留空。',
      ),
    },
  },
  'v1.ObjectReference': {
    about: text('Names another object.', '指向另一个对象。'),
    fields: {
      kind: field('The object’s kind.', '对象的种类。'),
      namespace: field('The object’s namespace.', '对象的命名空间。'),
      name: field('The object’s name.', '对象的名称。'),
      uid: field('The object’s identity.', '对象的唯一标识。'),
      apiVersion: field('The object’s API group and version.', '对象的 API 组和版本。'),
    },
  },
  'v1.LocalObjectReference': {
    about: text('Names an object of the same namespace.', '指向同一命名空间的对象。'),
    fields: { name: field('The object’s name.', '对象的名称。') },
  },
};
