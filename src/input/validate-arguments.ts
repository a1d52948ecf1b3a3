import { type ValidationError, Validator } from "./class-validator.js";
import { InvalidInputError, type InputFault } from "./invalid-input-error.js";
import { isSurelyValid } from "./quick-check.js";
import { SUPPORTED_REVISION_CONSTRAINT } from "./is-revision.js";

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
  const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, `${field}.`))];
}
