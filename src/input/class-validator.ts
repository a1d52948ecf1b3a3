/**
 * class-validator, as far as it is used here. Its index loads 321 files, the telephone numbers of all countries among them, which
 * was a seventh of a start; these are 28. Their types are in another folder of the package: tsconfig.json says where.
 */
export { ArrayMaxSize } from "class-validator/cjs/decorator/array/ArrayMaxSize.js";
export { ArrayNotEmpty } from "class-validator/cjs/decorator/array/ArrayNotEmpty.js";
export { ArrayUnique } from "class-validator/cjs/decorator/array/ArrayUnique.js";
export { IsIn } from "class-validator/cjs/decorator/common/IsIn.js";
export { IsNotIn } from "class-validator/cjs/decorator/common/IsNotIn.js";
export { IsOptional } from "class-validator/cjs/decorator/common/IsOptional.js";
export { ValidateBy } from "class-validator/cjs/decorator/common/ValidateBy.js";
export { ValidateIf } from "class-validator/cjs/decorator/common/ValidateIf.js";
export { ValidateNested } from "class-validator/cjs/decorator/common/ValidateNested.js";
export { Max } from "class-validator/cjs/decorator/number/Max.js";
export { Min } from "class-validator/cjs/decorator/number/Min.js";
export { MaxLength } from "class-validator/cjs/decorator/string/MaxLength.js";
export { MinLength } from "class-validator/cjs/decorator/string/MinLength.js";
export type { ValidationOptions } from "class-validator/cjs/decorator/ValidationOptions.js";
export type { ValidationError } from "class-validator/cjs/validation/ValidationError.js";
export { Validator } from "class-validator/cjs/validation/Validator.js";
export { getMetadataStorage } from "class-validator/cjs/metadata/MetadataStorage.js";
export { ValidationTypes } from "class-validator/cjs/validation/ValidationTypes.js";
