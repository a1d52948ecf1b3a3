/** The most that an operation may have of each; docs/security.md says how the defaults were found. */
export interface OperationLimits {
  readonly tokens: number;
  readonly depth: number;
  readonly height: number;
  readonly rootFields: number;
  readonly aliases: number;
  readonly directives: number;
  /** Items of a list in arguments or variables, and what `first` may ask for. */
  readonly listSize: number;
  /** Entities that a router may ask for at once. */
  readonly representations: number;
  /** Klaviyo calls that an operation may cause, as estimated before it runs. */
  readonly cost: number;
}
