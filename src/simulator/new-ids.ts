const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ULID_TIME_LENGTH = 10;
const ULID_TAIL_LENGTH = 16;
const SHORT_LENGTH = 6;

/** Ids for what is created through the API: of Klaviyo's forms, but counted rather than drawn, so that tests repeat. */
export class NewIds {
  #count = 0;

  /** The form of campaigns and messages. Later ones sort after earlier ones. */
  ulid(nowMs: number): string {
    return base32(nowMs, ULID_TIME_LENGTH) + base32(this.#next(), ULID_TAIL_LENGTH);
  }

  /** The form of templates. */
  short(isTaken: (id: string) => boolean): string {
    const id = `N${base32(this.#next(), SHORT_LENGTH - 1)}`;
    return isTaken(id) ? this.short(isTaken) : id;
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }
}

function base32(value: number, length: number): string {
  const digits = Array.from({ length }, (_, place) => CROCKFORD[Math.floor(value / 32 ** (length - 1 - place)) % 32]);
  return digits.join("");
}
