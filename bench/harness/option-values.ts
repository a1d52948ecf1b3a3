/** @throws Error that says what is accepted */
export function whole(name: string, given: string, least: number): number {
  const value = Number(given);
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`${name} must be an integer from ${least}, not "${given}".`);
  return value;
}

/** Settings of the gateway, each given as NAME=VALUE. @throws Error that says what is accepted */
export function settingsOf(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(given.map(settingOf));
}

function settingOf(given: string): readonly [name: string, value: string] {
  const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(given) ?? [];
  if (name === undefined || value === undefined) throw new Error(`--env must be NAME=VALUE, not "${given}".`);
  return [name, value];
}
