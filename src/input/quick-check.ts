import { getMetadataStorage, ValidationTypes } from "./class-validator.js";

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>["getTargetValidationMetadatas"]>[number];
type Holds = (value: unknown, object: object) => boolean;

/** The rules of one property; it is valid without them where one of `conditions` does not hold. */
interface PropertyRules {
  readonly name: string;
  readonly conditions: readonly ((object: object, value: unknown) => boolean)[];
  readonly rules: readonly Holds[];
}

/**
 * Whether an object is valid by its class-validator decorators, which are looked up once for a class. It only ever says so when it is
 * sure: what is wrong, and what it does not know how to check, is for class-validator itself to tell.
 */
export function isSurelyValid(object: object): boolean {
  const properties = propertiesOf(object.constructor);
  return properties?.every((property) => holds(property, object)) ?? false;
}

function holds({ name, conditions, rules }: PropertyRules, object: object): boolean {
  const value: unknown = Reflect.get(object, name);
  return conditions.some((applies) => !applies(object, value)) || rules.every((rule) => rule(value, object));
}

const PROPERTIES = new WeakMap<Function, readonly PropertyRules[] | null>();

/** Null where a decorator is of a kind that is not known here. */
function propertiesOf(type: Function): readonly PropertyRules[] | null {
  const known = PROPERTIES.get(type);
  if (known !== undefined) return known;
  const all = getMetadataStorage().getTargetValidationMetadatas(type, "", false, false);
  const isKnown = all.every((metadata) => KNOWN_TYPES.has(metadata.type) && !metadata.validateIf);
  const properties = isKnown ? [...Map.groupBy(all, ({ propertyName }) => propertyName)].map(rulesOf) : null;
  PROPERTIES.set(type, properties);
  return properties;
}

const { CONDITIONAL_VALIDATION, CUSTOM_VALIDATION, NESTED_VALIDATION } = ValidationTypes;
const KNOWN_TYPES: ReadonlySet<string> = new Set([CONDITIONAL_VALIDATION, CUSTOM_VALIDATION, NESTED_VALIDATION]);

function rulesOf([name, metadatas]: readonly [string, readonly Metadata[]]): PropertyRules {
  const conditions = metadatas.filter(({ type }) => type === CONDITIONAL_VALIDATION);
  return {
    name,
    conditions: conditions.map(({ constraints }) => constraints[0]),
    rules: metadatas.flatMap((metadata) => {
      if (metadata.type === NESTED_VALIDATION) return [isNestedValid];
      return metadata.type === CUSTOM_VALIDATION ? customRules(metadata) : [];
    }),
  };
}

function isNestedValid(value: unknown): boolean {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.every(isNestedValid);
  return value instanceof Object && isSurelyValid(value);
}

function customRules({ constraintCls, constraints, propertyName: property, each }: Metadata): readonly Holds[] {
  return getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance }) => (value: unknown, object: object) => {
      const targetName = object.constructor.name;
      const isValid = (item: unknown) =>
        instance.validate(item, { targetName, property, object, value, constraints }) === true;
      return each && Array.isArray(value) ? value.every(isValid) : isValid(value);
    });
}
