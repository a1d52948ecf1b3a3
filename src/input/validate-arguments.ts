import { type ValidationError, Validator } from "./class-validator.js";
import { InvalidInputError, type InputFault } from "./invalid-input-error.js";
import { isSurelyValid } from "./quick-check.js";
import { SUPPORTED_REVISION_CONSTRAINT } from "./is-revision.js";
import { NOT_NULL_CONSTRAINT } from "./not-null.js";

const validator = new Validator();

/**
 * Checks one arguments object by its class-validator decorators. Of class-validator's own errors only names and messages go on:
 * they hold the whole input object, which is nobody's business.
 * @throws InvalidInputError with every fault
 */
export function validateArguments(args: object): void {
  if (isSurelyValid(args)) return;
  const errors = validator.validateSync(args, { forbidUnknownValues: false });
  if (errors.length === 0) return;
  const constraints = errors.flatMap((error) => Object.keys(error.constraints ?? {}));
  const isOnlyUnsupportedRevision = constraints.every((name) => name === SUPPORTED_REVISION_CONSTRAINT);
  throw new InvalidInputError(
    errors.flatMap((error) => faultsOf(error, "")),
    isOnlyUnsupportedRevision && constraints.length > 0,
  );
}

function faultsOf(error: ValidationError, parentPath: string): InputFault[] {
  const field = `${parentPath}${error.property}`;
  const own = messagesOf(error).map((message) => ({ field, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, `${field}.`))];
}

/** What may not be null breaks the rules for what it should be as well, and class-validator has words of its own for that. */
function messagesOf({ constraints = {} }: ValidationError): readonly string[] {
  const isNull = constraints[NOT_NULL_CONSTRAINT];
  return isNull === undefined ? Object.values(constraints) : [isNull];
}
