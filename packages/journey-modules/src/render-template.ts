// One template and its variables to text. A variable that is not there is a refusal, never an empty gap in a message.
import type { RenderRefusal } from "./journey-module.js";
import { htmlEngine, maxRenderedLength, textEngine } from "./template-engine.js";
import { positionOf } from "./check-template.js";

export interface TemplateScope {
  readonly couple: { readonly names: string; readonly email: string };
  readonly vendor: { readonly name: string };
  readonly wedding: Readonly<Record<"date" | "dateLong" | "weekday" | "year", string>>;
  readonly variables: Readonly<Record<string, string | number | boolean>>;
}

export type RenderedText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly refusal: RenderRefusal };

/**
 * @param kind `html` escapes every value; `text` puts it in as it is.
 * @param path the template's place in the input, for the refusal.
 */
export function renderTemplate(
  kind: "text" | "html",
  template: string,
  scope: TemplateScope,
  path: string,
): RenderedText {
  const engine = kind === "html" ? htmlEngine : textEngine;
  try {
    const text = String(engine.parseAndRenderSync(template, scope));
    if (text.length <= maxRenderedLength) return { ok: true, text };
    const message = `The rendered text is longer than ${maxRenderedLength} characters; use shorter variables.`;
    return { ok: false, refusal: { code: "template_invalid", path, message } };
  } catch (error) {
    const { line, column } = positionOf(error);
    const where = line === undefined ? "" : ` at line ${line}, column ${column}`;
    const missing = error instanceof Error && error.name === "UndefinedVariableError";
    const message = missing
      ? `A variable${where} has no value; give it, or write a default for it.`
      : `Not a valid template${where}.`;
    return { ok: false, refusal: { code: missing ? "variable_missing" : "template_invalid", path, message } };
  }
}
