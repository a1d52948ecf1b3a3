/**
 * What fails at a start says which settings led to it: the system's own words (`ENOENT: ... open '/var/log/audit'`) name none.
 * @throws Error that begins with their names
 */
export async function blame<T>(settings: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new Error(`${settings} cannot be used: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
