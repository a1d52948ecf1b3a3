import { registerEnumType } from "type-graphql";

export enum TemplateEditorType {
  SYSTEM_DRAGGABLE = "SYSTEM_DRAGGABLE",
  SIMPLE = "SIMPLE",
  CODE = "CODE",
  USER_DRAGGABLE = "USER_DRAGGABLE",
  UNRECOGNIZED = "UNRECOGNIZED",
}

registerEnumType(TemplateEditorType, {
  name: "TemplateEditorType",
  description:
    "With what a template was made. Klaviyo adds editors without notice: handle UNRECOGNIZED, and show `editorTypeText`.",
  valuesConfig: {
    SYSTEM_DRAGGABLE: { description: "The drag-and-drop editor." },
    SIMPLE: { description: "The rich text editor." },
    CODE: { description: "HTML of one's own." },
    USER_DRAGGABLE: { description: "HTML of one's own, with regions for the drag-and-drop editor." },
    UNRECOGNIZED: { description: "An editor that this gateway does not know yet." },
  },
});

/** @param wording as Klaviyo writes it, which is a free string; never an error */
export function templateEditorTypeOf(wording: string): TemplateEditorType {
  return Object.values(TemplateEditorType).find((known) => known === wording) ?? TemplateEditorType.UNRECOGNIZED;
}
