import { expect, test } from "@jest/globals";
import { ROUTES } from "../../src/simulator/routes.js";
import { createDemoCampaigns } from "../../src/simulator/seeds.js";
import {
  assignBody,
  cloneBody,
  createBody,
  estimationBody,
  imageOf,
  messageBody,
  messageData,
  reportBody,
  updateBody,
  withMessages,
} from "./campaign-bodies.js";
import { checkerFor } from "./openapi-checker-for.js";
import { describeIfDocument } from "./openapi-document.js";
import { type CallOptions, listPath, sendBody, start, type Started, stopBody } from "./start-simulator.js";

const SALE = "6e1c5d2a-7b0f-4c1e-9d52-3f4a8b6c7d01";
const DRAFT = "01JDEMODRAFT0000000000000A";
const TEXT_DRAFT = "01JDEMODRAFT0000000000000B";
const SENDING = "01JDEMOSENDING00000000000A";
const EMAILS = listPath("equals(messages.channel,'email')");

interface Example {
  /** The path in the place of `{id}`, and what of the query is worth a look. */
  readonly paths: readonly string[];
  readonly bodies?: readonly unknown[];
  readonly status: number;
}

const ids = (...all: readonly string[]) => all;
const including = (id: string, ...includes: readonly string[]) => [
  id,
  ...includes.map((name) => `${id}?include=${name}`),
];

/** What makes each operation succeed. The order matters: the writes stand after what they would spoil. */
const EXAMPLES: Readonly<Record<string, Example>> = {
  get_campaigns: {
    paths: [EMAILS.slice(EMAILS.indexOf("?")), `${EMAILS.slice(EMAILS.indexOf("?"))}&include=tags,campaign-messages`],
    status: 200,
  },
  get_campaign: { paths: createDemoCampaigns().map(({ id }) => `${id}?include=tags,campaign-messages`), status: 200 },
  get_campaign_message: {
    paths: [
      ...including(`${SENDING}-M1`, "campaign", "template", "campaign,image,template"),
      "01JDEMOSENDING00000000000B-M1?include=image",
    ],
    status: 200,
  },
  get_campaign_send_job: { paths: ids(SENDING), status: 200 },
  get_campaign_recipient_estimation: {
    paths: ids(SENDING, `${SENDING}?fields[campaign-recipient-estimation]=id`),
    status: 200,
  },
  get_campaign_for_campaign_message: { paths: ids(`${SENDING}-M1`), status: 200 },
  get_campaign_id_for_campaign_message: { paths: ids(`${SENDING}-M1`), status: 200 },
  get_template_for_campaign_message: { paths: ids(`${SENDING}-M1`, `${TEXT_DRAFT}-M1`), status: 200 },
  get_template_id_for_campaign_message: { paths: ids(`${SENDING}-M1`, `${TEXT_DRAFT}-M1`), status: 200 },
  get_image_for_campaign_message: { paths: ids("01JDEMOSENDING00000000000C-M1"), status: 200 },
  get_image_id_for_campaign_message: { paths: ids("01JDEMOSENDING00000000000C-M1", `${SENDING}-M1`), status: 200 },
  get_tags_for_campaign: { paths: ids(SENDING, DRAFT), status: 200 },
  get_tag_ids_for_campaign: { paths: ids(SENDING, DRAFT), status: 200 },
  get_messages_for_campaign: { paths: including(SENDING, "campaign", "template", "image"), status: 200 },
  get_message_ids_for_campaign: { paths: ids(SENDING), status: 200 },
  get_images: { paths: ids("", "?fields[image]=name&page[size]=1"), status: 200 },
  get_image: { paths: ids("7"), status: 200 },
  get_lists: { paths: including("", "tags", "flow-triggers,tags"), status: 200 },
  get_list: { paths: [...including("Y6nRLr", "tags"), "Y6nRLr?additional-fields[list]=profile_count"], status: 200 },
  get_metrics: { paths: including("", "flow-triggers"), status: 200 },
  get_metric: { paths: including("RESQ6t", "flow-triggers"), status: 200 },
  query_campaign_values: {
    paths: ids("", "?fields[campaign-values-report]=results"),
    bodies: [reportBody()],
    status: 200,
  },
  get_segments: { paths: including("", "tags"), status: 200 },
  get_segment: { paths: ids("VbM7aD", "VbM7aD?additional-fields[segment]=profile_count"), status: 200 },
  get_tags: { paths: including("", "tag-group"), status: 200 },
  get_tag: { paths: including(SALE, "tag-group"), status: 200 },
  get_tag_groups: { paths: ids(""), status: 200 },
  get_tag_group: { paths: ids("1b7c9a52-4f4d-4b1e-8f6a-2d8c5e7f9a01"), status: 200 },
  get_campaign_ids_for_tag: { paths: ids(SALE), status: 200 },
  get_tag_group_for_tag: { paths: ids(SALE), status: 200 },
  get_tag_group_id_for_tag: { paths: ids(SALE), status: 200 },
  get_templates: { paths: ids("", "?additional-fields[template]=definition"), status: 200 },
  get_template: { paths: ids("RipRmi"), status: 200 },
  create_campaign: {
    paths: ids("", "?fields[campaign]=name"),
    bodies: [
      createBody(),
      createBody({ send_strategy: { method: "smart_send_time", date: "2026-12-01" } }),
      withMessages(messageData({ channel: "sms", content: { body: "Hi" } }, imageOf("7"))),
      withMessages(
        messageData({ channel: "mobile_push", content: { body: "Hi" }, options: { badge: { display: false } } }),
      ),
      withMessages(messageData({ channel: "mobile_push", kv_pairs: { a: "b" } })),
    ],
    status: 201,
  },
  update_campaign: { paths: ids(DRAFT), bodies: [updateBody(DRAFT, { name: "New" })], status: 200 },
  update_campaign_message: {
    paths: ids(`${DRAFT}-M1`),
    bodies: [messageBody(`${DRAFT}-M1`, { channel: "email", content: { subject: "New" } })],
    status: 200,
  },
  assign_template_to_campaign_message: { paths: ids(""), bodies: [assignBody(`${DRAFT}-M1`)], status: 200 },
  update_image_for_campaign_message: {
    paths: ids(`${TEXT_DRAFT}-M1`),
    bodies: [{ data: { type: "image", id: "7" } }],
    status: 204,
  },
  create_campaign_clone: { paths: ids(""), bodies: [cloneBody(SENDING), cloneBody(TEXT_DRAFT)], status: 201 },
  refresh_campaign_recipient_estimation: { paths: ids(""), bodies: [estimationBody(SENDING)], status: 202 },
  get_campaign_recipient_estimation_job: { paths: ids(SENDING), status: 200 },
  send_campaign: { paths: ids(""), bodies: [sendBody(DRAFT)], status: 202 },
  cancel_campaign_send: { paths: ids(SENDING), bodies: [stopBody("cancel", SENDING)], status: 204 },
  delete_campaign: { paths: ids(TEXT_DRAFT), status: 204 },
};

const startDemo = (): Promise<Started> => start({ campaigns: createDemoCampaigns(), limits: "off" });

function routeOf(operation: string) {
  const route = ROUTES.find((candidate) => candidate.operation === operation);
  if (route === undefined) throw new Error(`${operation} is not in the table`);
  return route;
}

/** The example may bring a query along, which stands after the path. */
function fill(template: string, example: string): string {
  const [id = "", query] = example.split(/(?=\?)/);
  if (!template.includes("{id}")) return template + example;
  return template.replace("{id}", encodeURIComponent(id)) + (query ?? "");
}

describeIfDocument("every operation against Klaviyo's OpenAPI document", () => {
  test("has an example: all 44 are covered", () => {
    expect(Object.keys(EXAMPLES)).toHaveLength(44);
    expect(Object.keys(EXAMPLES).toSorted()).toEqual(ROUTES.map(({ operation }) => operation).toSorted());
  });

  test("succeeds with a valid answer, one after the other in one account", async () => {
    const check = checkerFor(await startDemo());
    const seen = new Set<string>();
    for (const [operation, { paths, bodies = [undefined], status }] of Object.entries(EXAMPLES)) {
      const { method, path } = routeOf(operation);
      for (const example of paths) {
        for (const body of bodies) {
          const answered = await check(path, fill(path, example), { method, body });
          expect([operation, example, answered]).toEqual([operation, example, status]);
          seen.add(operation);
        }
      }
    }
    expect(seen.size).toBe(44);
  });

  test.each(ROUTES)(
    "$operation is refused with valid errors: no key, no scope, unknown parameter or body",
    async (route) => {
      const started = await start({
        campaigns: createDemoCampaigns(),
        apiKeys: { pk_test: route.scopes, pk_none: [] },
      });
      const check = checkerFor(started);
      const example = EXAMPLES[route.operation]?.paths[0] ?? "";
      const path = fill(route.path, example);
      const options = { method: route.method, body: EXAMPLES[route.operation]?.bodies?.[0] };
      const statuses = [
        await check(route.path, path, { ...options, headers: { authorization: undefined } }),
        await check(route.path, path, { ...options, headers: { authorization: "Klaviyo-API-Key pk_none" } }),
        await check(route.path, `${path}${path.includes("?") ? "&" : "?"}colour=red`, options),
        ...(options.body === undefined ? [] : [await checkBody(started, check, route.path, path, options)]),
      ];
      expect(statuses).toEqual([401, 403, 400, ...(options.body === undefined ? [] : [400])]);
    },
  );

  /** A moment later, for reports may be asked once a second only. */
  function checkBody(
    { clock }: Started,
    check: ReturnType<typeof checkerFor>,
    template: string,
    path: string,
    options: CallOptions,
  ): Promise<number> {
    clock.advance(1_000);
    return check(template, path, { ...options, body: { data: { type: "something-else" } } });
  }

  test.each(ROUTES.filter(({ path }) => path.includes("{id}")))(
    "$operation is a valid 404 for an unknown id",
    async (route) => {
      const check = checkerFor(await startDemo());
      const [body] = EXAMPLES[route.operation]?.bodies ?? [];
      // The id of the body must be that of the path, or else it is a conflict.
      const renamed = JSON.parse(
        JSON.stringify(body ?? null).replaceAll(/"id":"01J[^"]*"/g, '"id":"unknown"'),
      ) as unknown;
      const options = { method: route.method, body: renamed ?? undefined };
      expect(await check(route.path, fill(route.path, "unknown"), options)).toBe(404);
    },
  );
});
