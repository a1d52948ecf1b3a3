import { expect, test } from "@jest/globals";
import { MemoryAnswers } from "../../src/klaviyo/memory-answers.js";
import { HeldClock } from "../support/held-clock.js";

const place = (key: string, account = "A") => ({ account, subject: "campaigns", key }) as const;
const answer = (document: string, sizeBytes = 10) => ({ document, sizeBytes, ageMs: 0 });

test("answers grow older with the clock, from the age that they came with", () => {
  const clock = new HeldClock(false);
  const answers = new MemoryAnswers(clock, 100);
  answers.keep(place("K"), 0, { ...answer("D"), ageMs: 300 });
  clock.advance(200);
  expect(answers.find(place("K"))).toEqual({ generation: 0, answer: { document: "D", sizeBytes: 10, ageMs: 500 } });
});

test("what nobody has read for longest goes when there is too much, and what is too large never comes in", () => {
  const answers = new MemoryAnswers(new HeldClock(false), 25);
  answers.keep(place("A"), 0, answer("a"));
  answers.keep(place("B"), 0, answer("b"));
  answers.find(place("A"));
  answers.keep(place("C"), 0, answer("c"));
  answers.keep(place("D"), 0, answer("d", 26));
  const found = ["A", "B", "C", "D"].map((key) => answers.find(place(key)).answer?.document);
  expect(found).toEqual(["a", undefined, "c", undefined]);
});

test("what was forgotten does not come back, neither from before nor by those who asked before", () => {
  const answers = new MemoryAnswers(new HeldClock(false), 100);
  answers.keep(place("K"), 0, answer("old"));
  const { generation } = answers.find(place("K"));
  answers.forget("A", "campaigns");
  answers.keep(place("K"), generation, answer("old"));
  expect(answers.find(place("K"))).toEqual({ generation: 1, answer: undefined });
});

test("forgetting is about one subject of one account", () => {
  const answers = new MemoryAnswers(new HeldClock(false), 100);
  answers.keep(place("K", "B"), 0, answer("another's"));
  answers.keep({ ...place("K"), subject: "references" }, 0, answer("a list"));
  answers.forget("A", "campaigns");
  expect(answers.find(place("K", "B")).answer?.document).toBe("another's");
  expect(answers.find({ ...place("K"), subject: "references" }).answer?.document).toBe("a list");
});
