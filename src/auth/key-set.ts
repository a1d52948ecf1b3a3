import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import { AccessError } from "../access/access-error.js";
import type { Clock } from "../resilience/clock.js";

export interface KeySetOptions {
  /** Fetches the keys as they are now. */
  readonly load: () => Promise<JSONWebKeySet>;
  readonly clock: Clock;
  /** Keys that are older are fetched anew, in the background. */
  readonly maxAgeMs: number;
  /** The least time between two fetches, however many unknown keys are asked for. */
  readonly cooldownMs: number;
  readonly onFailure: (error: unknown) => void;
}

/**
 * The keys that tokens may be signed with. What has been fetched stays in use until something newer is there: an outage of the
 * issuer locks out nobody whose key is known. A token with an unknown key causes a fetch, since issuers rotate their keys.
 */
export class KeySet {
  private find: JWTVerifyGetKey | undefined;
  private loading: Promise<void> | undefined;
  private loadedAtMs = 0;
  private askedAtMs = Number.NEGATIVE_INFINITY;
  private hasFailed = false;
  /** Grows with every change of the keys. */
  version = 0;

  constructor(private readonly options: KeySetOptions) {}

  /** For jose. @throws AccessError AUTHENTICATION_UNAVAILABLE when whether there is such a key cannot be known */
  readonly getKey: JWTVerifyGetKey = async (header, token) => {
    if (!this.find) await this.refresh();
    this.refreshIfOld();
    try {
      return await this.keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.refresh();
      return this.keys(header, token);
    }
  };

  /** In the background: whoever comes now is told by what is known now. */
  refreshIfOld(): void {
    const { clock, maxAgeMs } = this.options;
    if (this.find && clock.now() - this.loadedAtMs > maxAgeMs) void this.refresh();
  }

  private async keys(...[header, token]: Parameters<JWTVerifyGetKey>): Promise<Awaited<ReturnType<JWTVerifyGetKey>>> {
    try {
      if (this.find) return await this.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !this.hasFailed) throw error;
    }
    throw new AccessError("AUTHENTICATION_UNAVAILABLE", "The keys that tokens are checked with cannot be read.");
  }

  /** One fetch at a time, and none during the cooldown. Does not throw. */
  private refresh(): Promise<void> {
    const { clock, cooldownMs } = this.options;
    if (this.loading) return this.loading;
    if (clock.now() - this.askedAtMs < cooldownMs) return Promise.resolve();
    this.askedAtMs = clock.now();
    this.loading = this.load().finally(() => (this.loading = undefined));
    return this.loading;
  }

  private async load(): Promise<void> {
    try {
      this.find = createLocalJWKSet(await this.options.load());
      this.loadedAtMs = this.options.clock.now();
      this.version += 1;
      this.hasFailed = false;
    } catch (error) {
      this.hasFailed = true;
      this.options.onFailure(error);
    }
  }
}
