import { getMetadataStorage } from "type-graphql";

type ClassMetadata = ReturnType<typeof getMetadataStorage>["argumentTypes"][number];
type Values = Readonly<Record<string, unknown>>;

interface Property {
  readonly name: string;
  readonly convert: (value: unknown) => unknown;
}

/** Makes of arguments that GraphQL has coerced an object of their `@ArgsType` class. What was not given is not there. */
export function argumentsObjectOf(type: Function): (args: Values) => object {
  return objectOf(type, propertiesOf(type, getMetadataStorage().argumentTypes));
}

function objectOf(type: Function, properties: readonly Property[]): (values: Values) => object {
  return (values) => {
    const object: object = Reflect.construct(type, []);
    for (const { name, convert } of properties) {
      const value = values[name];
      if (value !== undefined) Reflect.set(object, name, convert(value));
    }
    return object;
  };
}

/** With those of the classes that it extends. */
function propertiesOf(type: Function, classes: readonly ClassMetadata[]): readonly Property[] {
  const properties = new Map<string, Property>();
  for (let at: unknown = type; typeof at === "function"; at = Object.getPrototypeOf(at))
    for (const { name, getType } of classes.find(({ target }) => target === at)?.fields ?? [])
      if (!properties.has(name)) properties.set(name, { name, convert: converterOf(getType) });
  return [...properties.values()];
}

/** What is of an `@InputType` class becomes its object, in lists as well. It is looked up when it is met: inputs may hold each other. */
function converterOf(getType: () => unknown): Property["convert"] {
  let make: ((values: Values) => object) | null | undefined;
  const convert = (value: unknown): unknown => {
    if (make === undefined) make = inputObjectOf(getType());
    if (make === null || value === null) return value;
    return Array.isArray(value) ? value.map(convert) : make(value as Values);
  };
  return convert;
}

const INPUTS = new Map<Function, (values: Values) => object>();

function inputObjectOf(type: unknown): ((values: Values) => object) | null {
  const { inputTypes } = getMetadataStorage();
  if (typeof type !== "function" || !inputTypes.some(({ target }) => target === type)) return null;
  const known = INPUTS.get(type) ?? objectOf(type, propertiesOf(type, inputTypes));
  INPUTS.set(type, known);
  return known;
}
