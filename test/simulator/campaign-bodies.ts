/** Bodies that are valid by default; a test spells out what it is about. */
export function createBody(attributes: object = {}): { readonly data: { readonly attributes: object } } {
  return {
    data: {
      type: "campaign",
      attributes: {
        name: "New",
        audiences: { included: ["Y6nRLr"] },
        "campaign-messages": { data: [messageData({ channel: "email", content: { subject: "Hello" } })] },
        ...attributes,
      },
    } as { readonly attributes: object },
  };
}

export function messageData(definition: object, more: object = {}): object {
  return { type: "campaign-message", attributes: { definition }, ...more };
}

export function withMessages(...messages: readonly object[]): object {
  return createBody({ "campaign-messages": { data: messages } });
}

export function updateBody(id: string, attributes: object, more: object = {}): object {
  return { data: { type: "campaign", id, attributes, ...more } };
}

export function messageBody(id: string, definition: object | null, more: object = {}): object {
  return { data: { type: "campaign-message", id, attributes: { definition }, ...more } };
}

export function imageOf(id: string): object {
  return { relationships: { image: { data: { type: "image", id } } } };
}

export function assignBody(id: string, templateId = "RipRmi"): object {
  return {
    data: { type: "campaign-message", id, relationships: { template: { data: { type: "template", id: templateId } } } },
  };
}

export function cloneBody(id: string, attributes: object = {}): object {
  return { data: { type: "campaign", id, attributes } };
}

export function estimationBody(id: string): object {
  return { data: { type: "campaign-recipient-estimation-job", id } };
}

export function reportBody(attributes: object = {}): object {
  return {
    data: {
      type: "campaign-values-report",
      attributes: {
        statistics: ["recipients", "open_rate"],
        timeframe: { key: "last_30_days" },
        conversion_metric_id: "RESQ6t",
        ...attributes,
      },
    },
  };
}

export const post = (body: unknown): { readonly method: string; readonly body: unknown } => ({ method: "POST", body });
export const patch = (body: unknown): { readonly method: string; readonly body: unknown } => ({
  method: "PATCH",
  body,
});
