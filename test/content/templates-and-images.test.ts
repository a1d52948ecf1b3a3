import { describe, expect, test } from "@jest/globals";
import { answer, queriesTo, refuse } from "../support/answers.js";
import { wire } from "../support/cancel.js";
import { ONE_ATTEMPT, startGateway, type TestGateway } from "../support/gateway.js";

const ENTITIES = `query ($all: [_Any!]!) { _entities(representations: $all) {
  ... on Template { id name } ... on Image { id name }
} }`;

function ids(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => `${prefix}${n}`);
}

function entities(gateway: TestGateway, __typename: "Template" | "Image", all: readonly string[]) {
  return gateway.query(ENTITIES, { all: all.map((id) => ({ __typename, id })) });
}

function template(id: string) {
  return { type: "template", id, attributes: { name: `Template ${id}` } };
}

function image(id: string) {
  return { type: "image", id, attributes: { name: `Image ${id}` } };
}

describe("templates by id", () => {
  test("are read ten a call", async () => {
    await using gateway = await startGateway();
    const all = ids("T", 20);
    answer(gateway, "/api/templates", { data: all.slice(0, 10).map(template) }, 1);
    answer(gateway, "/api/templates", { data: all.slice(10).map(template) }, 1);
    const { body } = await entities(gateway, "Template", all);
    expect(body.errors).toBeUndefined();
    expect(body.data._entities.map(({ id }: { id: string }) => id)).toEqual(all);
    expect(wire(gateway)).toEqual(["GET /api/templates", "GET /api/templates"]);
    const [first] = queriesTo(gateway, "/api/templates");
    expect(first).toContain(`filter=any(id,["T0","T1",`);
    expect(first).toContain("page[size]=10");
  });

  test("that the library does not list, as a message's copy may not be, are read one by one", async () => {
    await using gateway = await startGateway();
    answer(gateway, "/api/templates", { data: [template("T1")] });
    answer(gateway, "/api/templates/T0", { data: template("T0") });
    const { body } = await entities(gateway, "Template", ["T0", "T1", "gone"]);
    expect(body.errors).toBeUndefined();
    expect(body.data._entities).toEqual([{ id: "T0", name: "Template T0" }, { id: "T1", name: "Template T1" }, null]);
    expect(wire(gateway).toSorted()).toEqual([
      "GET /api/templates",
      "GET /api/templates/T0",
      "GET /api/templates/gone",
    ]);
  });

  test("are read one by one while they are few", async () => {
    await using gateway = await startGateway();
    for (const id of ["T0", "T1"]) answer(gateway, `/api/templates/${id}`, { data: template(id) });
    await entities(gateway, "Template", ["T0", "T1", "T0"]);
    expect(wire(gateway).toSorted()).toEqual(["GET /api/templates/T0", "GET /api/templates/T1"]);
  });

  test("of a list that failed are errors, not 'no such template', and cost no further calls", async () => {
    await using gateway = await startGateway({ env: ONE_ATTEMPT });
    refuse(gateway, "/api/templates", 503);
    const { body } = await entities(gateway, "Template", ids("T", 5));
    expect(body.data._entities).toEqual(Array(5).fill(null));
    expect(body.errors).toHaveLength(5);
    expect(body.errors[0].extensions.code).toBe("UPSTREAM_UNAVAILABLE");
    expect(wire(gateway)).toEqual(["GET /api/templates"]);
  });

  test("lose only what the failed list was asked for", async () => {
    await using gateway = await startGateway({ env: ONE_ATTEMPT });
    const all = ids("T", 20);
    gateway.simulator.addFault({ match: { path: "/api/templates" }, answer: { kind: "status", status: 503 } });
    answer(gateway, "/api/templates", { data: [...all].map(template) });
    const { body } = await entities(gateway, "Template", all);
    expect(body.errors).toHaveLength(10);
    expect(body.data._entities.filter(Boolean)).toHaveLength(10);
  });
});

describe("images by id", () => {
  test("are read a hundred a call, since Klaviyo's page of 20 would cut them off", async () => {
    await using gateway = await startGateway();
    const all = ids("", 150);
    answer(gateway, "/api/images", { data: all.slice(0, 100).map(image) }, 1);
    answer(gateway, "/api/images", { data: all.slice(100).map(image) }, 1);
    const { body } = await entities(gateway, "Image", all);
    expect(body.errors).toBeUndefined();
    expect(body.data._entities.map(({ id }: { id: string }) => id)).toEqual(all);
    expect(wire(gateway)).toEqual(["GET /api/images", "GET /api/images"]);
    expect(queriesTo(gateway, "/api/images")[0]).toContain("page[size]=100");
  });

  test("that are not listed are looked for once more before they are called missing", async () => {
    await using gateway = await startGateway();
    answer(gateway, "/api/images", { data: [image("1")] });
    answer(gateway, "/api/images/2", { data: image("2") });
    const { body } = await entities(gateway, "Image", ["1", "2"]);
    expect(body.data._entities).toEqual([
      { id: "1", name: "Image 1" },
      { id: "2", name: "Image 2" },
    ]);
  });
});

describe("template", () => {
  const FIELDS = `{ template(id: "T") { name editorType editorTypeText html text amp createdAt updatedAt } }`;

  async function read(attributes: object) {
    await using gateway = await startGateway();
    answer(gateway, "/api/templates/T", { data: { type: "template", id: "T", attributes } });
    return { ...(await gateway.query(FIELDS)), queries: queriesTo(gateway, "/api/templates/T") };
  }

  test("has every field of the schema, from one call that asks for just these", async () => {
    const { body, queries } = await read({
      name: "Sale",
      editor_type: "CODE",
      html: "<p>50 %</p>",
      text: "50 %",
      amp: null,
      created: "2026-11-01T10:00:00+00:00",
      updated: "2026-11-02T10:00:00.123456+00:00",
    });
    expect(body).toEqual({
      data: {
        template: {
          name: "Sale",
          editorType: "CODE",
          editorTypeText: "CODE",
          html: "<p>50 %</p>",
          text: "50 %",
          amp: null,
          createdAt: "2026-11-01T10:00:00.000Z",
          updatedAt: "2026-11-02T10:00:00.123Z",
        },
      },
    });
    expect(queries).toEqual(["fields[template]=amp,created,editor_type,html,name,text,updated"]);
  });

  test.each(["HOLOGRAM", "UNRECOGNIZED", "code", "toString", ""])(
    "made with the editor %j of tomorrow says so",
    async (editor_type) => {
      const { body } = await read({ name: "N", editor_type, html: "" });
      expect(body.errors).toBeUndefined();
      expect(body.data.template).toMatchObject({ editorType: "UNRECOGNIZED", editorTypeText: editor_type });
      expect(body.data.template).toMatchObject({ text: null, createdAt: null, updatedAt: null });
    },
  );

  test("without the HTML that was asked for is an invalid response, not an empty page", async () => {
    const { body } = await read({ name: "N", editor_type: "CODE" });
    expect(body.data).toEqual({ template: null });
    expect(body.errors[0]).toMatchObject({
      path: ["template", "html"],
      extensions: { code: "UPSTREAM_INVALID_RESPONSE" },
    });
  });

  test("that is another one than asked for is an invalid response", async () => {
    await using gateway = await startGateway();
    answer(gateway, "/api/templates/T", { data: template("other") });
    const { body } = await gateway.query(`{ template(id: "T") { name } }`);
    expect(body.data).toEqual({ template: null });
    expect(body.errors[0].extensions.code).toBe("UPSTREAM_INVALID_RESPONSE");
  });
});

test("image has every field of the schema, from one call that asks for just these", async () => {
  await using gateway = await startGateway();
  const attributes = {
    name: "Logo",
    image_url: "https://images.example.com/7.png",
    format: "png",
    size: 1234,
    hidden: true,
    updated_at: "2026-11-01T10:00:00+00:00",
  };
  answer(gateway, "/api/images/7", { data: { type: "image", id: "7", attributes } });
  const { body } = await gateway.query(`{ image(id: "7") { id name url format sizeBytes hidden updatedAt } }`);
  expect(body).toEqual({
    data: {
      image: {
        id: "7",
        name: "Logo",
        url: "https://images.example.com/7.png",
        format: "png",
        sizeBytes: 1234,
        hidden: true,
        updatedAt: "2026-11-01T10:00:00.000Z",
      },
    },
  });
  expect(queriesTo(gateway, "/api/images/7")).toEqual(["fields[image]=format,hidden,image_url,name,size,updated_at"]);
});

test.each(["template", "image", "campaignMessage"])(
  "%s refuses an id that cannot be one, before any call",
  async (field) => {
    await using gateway = await startGateway();
    const { body } = await gateway.query(`{ ${field}(id: "../campaigns") { id } }`);
    expect(body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field: "id" }] });
    expect(wire(gateway)).toEqual([]);
  },
);
