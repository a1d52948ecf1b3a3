import { expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  optionalDate,
  requiredBoolean,
  requiredInteger,
  requiredDate,
  requiredText,
} from "../../src/klaviyo/attributes.js";
import { and, any, equals } from "../../src/klaviyo/filter.js";
import {
  decodeFirstError,
  decodePage,
  decodeResource,
  InvalidDocumentError,
  type Resource,
} from "../../src/klaviyo/json-api.js";
import { linkedIds, relatedResources } from "../../src/klaviyo/related-resources.js";
import { ResourceIndex } from "../../src/klaviyo/resource-index.js";

const RESOURCE = { type: "campaign", id: "a", attributes: { name: "n" } };

test("a resource of the asked type and id is taken as it is", () => {
  expect(decodeResource({ data: RESOURCE, meta: { agent_hints: {} } }, "campaign", "a")).toMatchObject(RESOURCE);
});

test.each([
  ["another id", { data: { ...RESOURCE, id: "b" } }],
  ["an id in another case", { data: { ...RESOURCE, id: "A" } }],
  ["another type", { data: { ...RESOURCE, type: "flow" } }],
  ["no id", { data: { type: "campaign", attributes: {} } }],
  ["a number for an id", { data: { ...RESOURCE, id: 1 } }],
  ["a list", { data: [RESOURCE] }],
  ["null", { data: null }],
  ["no data", { errors: [] }],
  ["attributes that are none", { data: { ...RESOURCE, attributes: "x" } }],
  ["no document", "text"],
])("%s instead of the asked resource is an invalid document", (_name, document) => {
  expect(() => decodeResource(document, "campaign", "a")).toThrow(InvalidDocumentError);
});

const OTHERWISE = { ...RESOURCE, attributes: { name: "m" } };
const MORE = { ...RESOURCE, attributes: { name: "n", status: "Sending" } };

test.each([
  ["in a page", { data: [RESOURCE, OTHERWISE] }],
  ["that came along", { data: [], included: [RESOURCE, OTHERWISE] }],
  ["in a page and beside it", { data: [RESOURCE], included: [OTHERWISE] }],
  ["in something nested", { data: [nested("x"), nested("y")] }],
])("two resources of one id that contradict each other, %s, are an invalid document", (_name, document) => {
  expect(() => decodePage(document, "campaign")).toThrow("contradicts another of its id");
});

test.each([
  ["rising", ["1", "a", "a"]],
  ["falling", ["c", "a", "a"]],
  ["no", ["c", "a", "d", "a"]],
])("they are found in a page whose ids are in %s order", (_order, ids) => {
  const data = ids.map((id, index) => ({ ...RESOURCE, id, attributes: { name: `${index}` } }));
  expect(() => decodePage({ data }, "campaign")).toThrow(`data[${ids.length - 1}] contradicts another of its id`);
  expect(decodePage({ data: data.slice(0, -1) }, "campaign").resources).toHaveLength(ids.length - 1);
});

test("the asked resource is an invalid document as well where what came along contradicts it", () => {
  expect(() => decodeResource({ data: RESOURCE, included: [OTHERWISE] }, "campaign", "a")).toThrow(
    "contradicts another of its id",
  );
});

test.each([
  ["the same", [RESOURCE, RESOURCE]],
  ["more", [RESOURCE, MORE]],
  ["less", [MORE, RESOURCE]],
  ["the same of another type", [RESOURCE, { ...OTHERWISE, type: "flow" }]],
])("a resource that comes along twice and says %s is the first", (_name, included) => {
  const { resources } = decodePage({ data: [{ type: "tag", id: "t" }], included }, "tag");
  expect(resources[0]?.included.find("campaign", "a")).toMatchObject(included[0] ?? {});
});

function nested(url: string) {
  return { ...RESOURCE, attributes: { options: { links: [url] } } };
}

test("a page yields Klaviyo's cursor and never a URL", () => {
  const links = { self: "x", next: "https://evil.example/api?page%5Bcursor%5D=abc%3D&x=1", prev: "https://x.y/" };
  expect(decodePage({ data: [RESOURCE], links }, "campaign")).toMatchObject({
    resources: [RESOURCE],
    nextCursor: "abc=",
    hasPrevious: true,
  });
});

test.each([[{}], [{ links: { self: "x", next: null } }], [{ links: null }]])(
  "a last page has no cursor: %j",
  (rest) => {
    expect(decodePage({ data: [], ...rest }, "campaign")).toEqual({
      resources: [],
      nextCursor: undefined,
      hasPrevious: false,
    });
  },
);

test("a next link without a cursor is an invalid document, not the end of the list", () => {
  expect(() => decodePage({ data: [], links: { next: "https://a.klaviyo.com/api/campaigns" } }, "campaign")).toThrow(
    InvalidDocumentError,
  );
});

test("of an error only short, plain ids and codes are taken", () => {
  const error = { id: "8c8f4aea", code: "throttled", detail: "d", source: { parameter: "revision" } };
  expect(decodeFirstError({ errors: [error] })).toEqual({
    id: "8c8f4aea",
    code: "throttled",
    detail: "d",
    source: "revision",
  });
  const hostile = { id: "<script>", code: "x".repeat(500), detail: 1, source: "x" };
  expect(decodeFirstError({ errors: [hostile] })).toEqual({
    id: undefined,
    code: undefined,
    detail: undefined,
    source: undefined,
  });
  expect(decodeFirstError({ errors: [] })).toBeUndefined();
});

test("whatever document comes, decoding ends with a value or an InvalidDocumentError", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (document) => {
      for (const decode of [() => decodeResource(document, "campaign", "a"), () => decodePage(document, "campaign")]) {
        try {
          decode();
        } catch (error) {
          if (!(error instanceof InvalidDocumentError)) throw error;
        }
      }
      decodeFirstError(document);
    }),
  );
});

test("attributes are checked when they are read: what is not there is not made up", () => {
  const resource = {
    ...RESOURCE,
    attributes: { text: "t", yes: true, at: "2022-11-08T00:00:00+00:00", nothing: null },
  };
  expect(requiredText(resource, "text")).toBe("t");
  expect(requiredBoolean(resource, "yes")).toBe(true);
  expect(requiredDate(resource, "at").toISOString()).toBe("2022-11-08T00:00:00.000Z");
  expect(optionalDate(resource, "nothing")).toBeNull();
  expect(optionalDate(resource, "missing")).toBeNull();
  expect(() => requiredText(resource, "yes")).toThrow("campaign.yes is not a string");
  expect(() => requiredBoolean(resource, "missing")).toThrow("campaign.missing is not a boolean");
  expect(() => requiredDate(resource, "nothing")).toThrow("campaign.nothing is not a date");
  expect(() => optionalDate(resource, "text")).toThrow("campaign.text is not an ISO 8601 date");
});

test.each(["2026-02-29", "2026-02-31", "2026-04-31", "2100-02-29"])(
  "%s is no day: no other one is made of it",
  (day) => {
    for (const time of ["T10:00:00Z", "T23:30:00.5+02:00"])
      expect(() => requiredDate({ ...RESOURCE, attributes: { at: day + time } }, "at")).toThrow(
        "is not an ISO 8601 date",
      );
  },
);

test("every day that there is, is read as it is written", () => {
  for (const day of ["2024-02-29", "2026-02-28", "2026-04-30", "2026-12-31", "2000-02-29", "2026-01-09", "2026-01-29"])
    expect(requiredDate({ ...RESOURCE, attributes: { at: `${day}T10:00:00Z` } }, "at").toISOString()).toBe(
      `${day}T10:00:00.000Z`,
    );
});

test("no string can end its own literal in a filter", () => {
  expect(and([equals("messages.channel", "sms"), any("id", ["a", "b"]), equals("archived", true)])).toBe(
    'and(equals(messages.channel,"sms"),any(id,["a","b"]),equals(archived,true))',
  );
  fc.assert(
    fc.property(fc.string(), (value) => {
      const literal = /^equals\(name,(.*)\)$/s.exec(equals("name", value))?.[1];
      expect(JSON.parse(literal ?? "")).toBe(value);
    }),
  );
});

test.each([1.5, 2 ** 31, -(2 ** 31), Number.MAX_SAFE_INTEGER, "7", Number.NaN])(
  "%p is no integer that GraphQL can carry",
  (size) => {
    expect(() => requiredInteger({ type: "image", attributes: { size } }, "size")).toThrow(
      "image.size is not a 32-bit",
    );
    expect(requiredInteger({ type: "image", attributes: { size: 231_077 } }, "size")).toBe(231_077);
  },
);

test.each(["../x", "", 7, null])("a link to the id %p is an invalid response: it may become part of a path", (id) => {
  const relationships = { image: { data: { type: "image", id } } };
  const resource = { ...RESOURCE, relationships, included: new ResourceIndex<Resource>() };
  expect(() => linkedIds(resource, "image", "image")).toThrow("campaign.image links to no image by its id");
});

test("a link to a resource of another type is an invalid response, even where its id would fit", () => {
  const relationships = { image: { data: { type: "template", id: "7" } } };
  const document = { data: { type: "campaign", id: "A", relationships }, included: [{ type: "image", id: "7" }] };
  const resource = decodeResource(document, "campaign", "A");
  expect(() => linkedIds(resource, "image", "image")).toThrow("campaign.image links to no image by its id");
  expect(() => relatedResources(resource, "image", "image")).toThrow("campaign.image links to no image by its id");
});
