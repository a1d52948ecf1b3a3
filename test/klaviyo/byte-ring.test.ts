import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { ByteRing, type RingPiece } from "../../src/klaviyo/byte-ring.js";

test("what is too large has no place, and what fits has one, also when it takes all there is", () => {
  const ring = new ByteRing(4);
  expect(ring.put(Buffer.from("abcde"))).toBeUndefined();
  expect(ring.put(Buffer.from("abcd"))?.text).toBe("abcd");
  expect(ring.put(Buffer.alloc(0))?.text).toBe("");
});

test("the new takes the place of the oldest, and nobody reads the new for the old", () => {
  const ring = new ByteRing(6);
  const [first, second] = [ring.put(Buffer.from("aaa")), ring.put(Buffer.from("bbb"))];
  expect([first?.text, second?.text]).toEqual(["aaa", "bbb"]);
  const third = ring.put(Buffer.from("c"));
  expect([first?.isLost, second?.isLost, third?.text]).toEqual([true, false, "c"]);
  expect(() => first?.text).toThrow(RangeError);
});

test("a piece says what was put, or that it is lost; the newest that fit together are never lost", () => {
  const sizes = fc.array(fc.nat(40), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), sizes, (limit, lengths) => {
      const ring = new ByteRing(limit);
      const kept: { readonly piece: RingPiece; readonly text: string }[] = [];
      lengths.forEach((length, index) => {
        const text = String.fromCharCode(97 + (index % 26)).repeat(length);
        const piece = ring.put(Buffer.from(text));
        expect(piece === undefined).toBe(length > limit);
        if (piece) kept.push({ piece, text });
        for (const { piece, text } of kept) if (!piece.isLost) expect(piece.text).toBe(text);
        const [last, before] = kept.toReversed();
        expect(last?.piece.isLost).not.toBe(true);
        // A round may end with room that was too small: never as much as what did not fit into it.
        const room = (last?.text.length ?? 0) * 2 + (before?.text.length ?? 0);
        if (before && room <= limit) expect(before.piece.isLost).toBe(false);
      });
    }),
  );
});
