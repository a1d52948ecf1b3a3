import { isObject } from "../json.js";

/** Something wrong at a place of a body, which is named by a JSON pointer. */
export interface BodyFault {
  readonly pointer: string;
  readonly detail: string;
}

/** All that is wrong with a value; empty when nothing is. */
export type Check = (value: unknown, pointer: string) => readonly BodyFault[];

export interface Field {
  readonly check: Check;
  readonly isRequired: boolean;
}

export type Fields = Readonly<Record<string, Field>>;

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?$/;

export function must(check: Check): Field {
  return { check, isRequired: true };
}

export function may(check: Check): Field {
  return { check, isRequired: false };
}

export const text = simple("a string", (value) => typeof value === "string");
export const filledText = simple("a string that is not empty", (value) => typeof value === "string" && value !== "");
export const flag = simple("a boolean", (value) => typeof value === "boolean");
export const integer = simple("an integer", (value) => Number.isSafeInteger(value));
export const anyObject = simple("an object", isObject);
export const date = simple("a date, YYYY-MM-DD", (value) => isMoment(value, DATE));
export const dateTime = simple("a date and time in ISO 8601", (value) => isMoment(value, DATE_TIME));

export function textUpTo(length: number): Check {
  return simple(
    `a string of at most ${length} characters`,
    (value) => typeof value === "string" && value.length <= length,
  );
}

export function oneOf(values: readonly (string | number | boolean)[]): Check {
  return simple(`one of: ${values.join(", ")}`, (value) => values.some((legal) => legal === value));
}

export function nullable(check: Check): Check {
  return (value, pointer) => (value === null ? [] : check(value, pointer));
}

export function listOf(check: Check, least = 0, most = Infinity): Check {
  return (value, pointer) => {
    if (!Array.isArray(value)) return [{ pointer, detail: `'${nameOf(pointer)}' must be a list.` }];
    const items = value.flatMap((item, index) => check(item, `${pointer}/${index}`));
    if (value.length >= least && value.length <= most) return items;
    const wanted = value.length < least ? `at least ${least}` : `at most ${most}`;
    return [{ pointer, detail: `'${nameOf(pointer)}' must have ${wanted} item(s).` }, ...items];
  };
}

/** A33: a field that the schema does not know is refused. */
export function object(fields: Fields): Check {
  return (value, pointer) => {
    if (!isObject(value)) return [{ pointer, detail: `'${nameOf(pointer)}' must be an object.` }];
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(fields, name));
    return [
      ...unknown.map((name) => ({ pointer: at(pointer, name), detail: `'${name}' is not a valid field here.` })),
      ...Object.entries(fields).flatMap(([name, field]) => checkField(value[name], field, at(pointer, name))),
    ];
  };
}

/** One of several shapes, told apart by the value of one field. */
export function variant(tag: string, shapes: Readonly<Record<string, Fields>>): Check {
  return (value, pointer) => {
    if (!isObject(value)) return [{ pointer, detail: `'${nameOf(pointer)}' must be an object.` }];
    const fields = Object.entries(shapes).find(([name]) => name === String(value[tag]))?.[1];
    if (fields !== undefined) return object({ ...fields, [tag]: may(anything) })(value, pointer);
    return [{ pointer: at(pointer, tag), detail: `'${tag}' must be one of: ${Object.keys(shapes).join(", ")}.` }];
  };
}

/** Both checks; the second only on what passed the first. */
export function also(first: Check, second: Check): Check {
  return (value, pointer) => {
    const faults = first(value, pointer);
    return faults.length > 0 ? faults : second(value, pointer);
  };
}

function checkField(value: unknown, { check, isRequired }: Field, pointer: string): readonly BodyFault[] {
  if (value !== undefined) return check(value, pointer);
  return isRequired ? [{ pointer, detail: `'${nameOf(pointer)}' is a required field.` }] : [];
}

function anything(): readonly BodyFault[] {
  return [];
}

function simple(is: string, accepts: (value: unknown) => boolean): Check {
  return (value, pointer) => (accepts(value) ? [] : [{ pointer, detail: `'${nameOf(pointer)}' must be ${is}.` }]);
}

function isMoment(value: unknown, form: RegExp): boolean {
  return typeof value === "string" && form.test(value) && !Number.isNaN(Date.parse(value));
}

function at(pointer: string, name: string): string {
  return `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function nameOf(pointer: string): string {
  return pointer.split("/").at(-1) ?? pointer;
}
