import { expect, jest, test } from "@jest/globals";
import { AnswerPlace, AnswerShelf, type FoundAnswer } from "../../src/klaviyo/answer-store.js";
import { MemoryAnswers } from "../../src/klaviyo/memory-answers.js";
import { HeldClock } from "../support/held-clock.js";

const SHELF = new AnswerShelf("A", "campaigns");
const place = (key: string, shelf = SHELF) => new AnswerPlace(shelf, key);
const answer = (document: string, sizeBytes = 10) => ({
  document,
  bytes: Buffer.from(JSON.stringify(document).padEnd(sizeBytes)),
  ageMs: 0,
});
const read = ({ answer: found }: FoundAnswer) => found?.document.read((document) => document);

test("answers grow older with the clock, from the age that they came with", () => {
  const clock = new HeldClock(false);
  const answers = new MemoryAnswers(clock, 1_000);
  answers.keep(place("K"), 0, { ...answer("D"), ageMs: 300 });
  clock.advance(200);
  const found = answers.find(place("K"));
  expect(found).toMatchObject({ generation: 0, answer: { ageMs: 500 } });
  expect(read(found)).toBe("D");
});

test("what nobody has read for longest goes when there is too much, and what is too large never comes in", () => {
  const answers = new MemoryAnswers(new HeldClock(false), 25_000);
  answers.keep(place("A"), 0, answer("a", 10_000));
  answers.keep(place("B"), 0, answer("b", 10_000));
  read(answers.find(place("A")));
  answers.keep(place("C"), 0, answer("c", 10_000));
  answers.keep(place("D"), 0, answer("d", 25_001));
  const found = ["A", "B", "C", "D"].map((key) => read(answers.find(place(key))));
  expect(found).toEqual(["a", undefined, "c", undefined]);
});

test("what was found and not read may be written over, and is not found then", () => {
  const answers = new MemoryAnswers(new HeldClock(false), 25_000);
  answers.keep(place("A"), 0, answer("a", 10_000));
  answers.keep(place("B"), 0, answer("b", 10_000));
  answers.find(place("A"));
  answers.keep(place("C"), 0, answer("c", 10_000));
  expect(answers.find(place("A")).answer).toBeUndefined();
  expect(read(answers.find(place("C")))).toBe("c");
});

test.each([
  ["its key", "K".repeat(5_000), 20],
  ["what it takes besides", "K", 300],
])("an answer counts with %s", (_, key, most) => {
  const answers = new MemoryAnswers(new HeldClock(false), 100_000);
  const places = Array.from({ length: 1_000 }, (_, number) => place(`${key}${number}`));
  for (const one of places) answers.keep(one, 0, answer("d", 0));
  const found = places.filter((one) => answers.find(one).answer);
  expect(found.length).toBeGreaterThan(most / 2);
  expect(found.length).toBeLessThan(most);
});

test("what was forgotten does not come back, neither from before nor by those who asked before", () => {
  const answers = new MemoryAnswers(new HeldClock(false), 1_000);
  answers.keep(place("K"), 0, answer("old"));
  const { generation } = answers.find(place("K"));
  answers.forget(SHELF);
  answers.keep(place("K"), generation, answer("old"));
  expect(answers.find(place("K"))).toEqual({ generation: 1, answer: undefined });
});

test("what was refused to those who asked before does not cost those who asked afterwards their answer", () => {
  const answers = new MemoryAnswers(new HeldClock(false), 1_000);
  const { generation } = answers.find(place("K"));
  answers.forget(SHELF);
  answers.keep(place("K"), 1, answer("new"));
  answers.drop(place("K"), generation);
  expect(read(answers.find(place("K")))).toBe("new");
  answers.drop(place("K"), 1);
  expect(answers.find(place("K")).answer).toBeUndefined();
});

test("forgetting is about one subject of one account", () => {
  const answers = new MemoryAnswers(new HeldClock(false), 1_000);
  const others = place("K", new AnswerShelf("B", "campaigns"));
  const list = place("K", new AnswerShelf("A", "references"));
  answers.keep(others, 0, answer("another's"));
  answers.keep(list, 0, answer("a list"));
  answers.forget(SHELF);
  expect(read(answers.find(others))).toBe("another's");
  expect(read(answers.find(list))).toBe("a list");
});

test("a document is decoded when it is asked for, and once", () => {
  const answers = new MemoryAnswers(new HeldClock(false), 1_000);
  answers.keep(place("K"), 0, { ...answer("Düne 🏜"), document: "not what is kept" });
  const decode = jest.fn((document: unknown) => [document]);
  const [first, second] = [0, 1].map(() => answers.find(place("K")).answer?.document.read(decode));
  expect(first).toEqual(["Düne 🏜"]);
  expect(second).toBe(first);
  expect(decode).toHaveBeenCalledTimes(1);
});

test("a document that cannot be decoded is refused each time", () => {
  const answers = new MemoryAnswers(new HeldClock(false), 1_000);
  answers.keep(place("K"), 0, answer("D"));
  const refuse = () => {
    throw new Error("refused");
  };
  const found = answers.find(place("K")).answer?.document;
  for (let time = 0; time < 2; time++) expect(() => found?.read(refuse)).toThrow("refused");
});
