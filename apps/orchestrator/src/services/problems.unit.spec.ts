// Where in a request a refusal of the domain points.
import { checkEmailContent } from "@wedsync/journey-modules";
import { appendProblem, requestProblem, refusalProblem } from "./problems.js";

const issue = { path: "/payload/subject", rule: "required", valueType: "missing" };

describe("problems of refused requests", () => {
  it.each([
    ["a payload", { code: "request_invalid", issues: [issue] }, undefined, "/body/payload/subject"],
    [
      "a step's configuration",
      { code: "request_invalid", issues: [issue] },
      "/body/steps/0",
      "/body/steps/0/payload/subject",
    ],
    [
      "a definition",
      { code: "definition_invalid", issues: [{ ...issue, path: "/title" }] },
      "/body/definition",
      "/body/definition/title",
    ],
    [
      "a definition as a whole",
      { code: "definition_invalid", issues: [{ ...issue, path: "" }] },
      "/body/definition",
      "/body/definition",
    ],
    [
      "a definition's handler",
      { code: "handler_missing", path: "/handler" },
      "/body/definition",
      "/body/definition/handler",
    ],
    ["a version", { code: "version_unknown", path: "/version" }, "/params", "/params/version"],
    ["a type nobody knows", { code: "module_unknown" }, undefined, "/body/moduleType"],
    ["a step's type", { code: "handler_missing" }, "/body/steps/2", "/body/steps/2/moduleType"],
    ["a wedding of the address", { code: "wedding_unknown" }, "/params", "/params/weddingId"],
    ["a time too far away", { code: "due_too_far" }, undefined, "/body/when"],
    ["a state and no part", { code: "already_final" }, undefined, undefined],
  ])("SEC-2 API-1: a refusal of %s points into the request", (_what, refusal, at, path) => {
    const { problem } = refusalProblem(refusal, at);
    expect(problem.path).toBe(path);
    const issues = problem.context?.["issues"] as readonly { path: string }[] | undefined;
    if (issues !== undefined) expect(issues.map((found) => found.path)).toStrictEqual([path]);
  });

  it.each<readonly [string, { readonly config?: object; readonly payload?: object }, string]>([
    ["the payload", { payload: { subject: "x", text: "{{ couple." } }, "/body/payload/text"],
    [
      "the payload before the configuration",
      { config: { text: "a" }, payload: { subject: "x", text: "{{" } },
      "/body/payload/text",
    ],
    ["the configuration", { config: { text: "{{" }, payload: { subject: "x" } }, "/body/config/text"],
    ["a configuration alone", { config: { subject: "x", text: "{{" } }, "/body/config/text"],
    ["a part that is nowhere", { config: {}, payload: { subject: "x" } }, "/body/payload/text"],
    ["a part that is nowhere, without a payload", { config: { subject: "x" } }, "/body/config/text"],
  ])("REG-2: content that cannot be rendered points into %s", (_what, given, path) => {
    const [refusal] = checkEmailContent({ ...given.config, ...given.payload });
    if (refusal === undefined) throw new Error("it was accepted");
    expect(requestProblem(refusal, given).problem).toMatchObject({ status: 422, path });
  });

  it("REG-2: what the registry refuses in the completed payload points to where the part stood", () => {
    const refusal = { code: "request_invalid", issues: [issue, { ...issue, path: "/config/text" }] };
    for (const [given, path] of [
      [{ payload: { subject: 1 } }, "/body/steps/3/payload/subject"],
      [{ config: { subject: 1 }, payload: {} }, "/body/steps/3/config/subject"],
      [{ config: {} }, "/body/steps/3/config/subject"],
      [{}, "/body/steps/3/payload/subject"],
    ] as const) {
      const { problem } = requestProblem(refusal, given, "/body/steps/3");
      expect(problem).toMatchObject({ path, context: { issues: [{ path }, { path: "/body/steps/3/config/text" }] } });
    }
    expect(requestProblem({ code: "module_unknown" }, {}, "/body/steps/3").problem.path).toBe(
      "/body/steps/3/moduleType",
    );
  });

  it("SEC-2: what the log did not take names no part of the request: the caller never saw the append", () => {
    const { problem } = appendProblem({
      ok: false,
      code: "append_invalid",
      reason: "bad_text",
      message: "Text holds a NUL.",
      path: "meta/actor",
    });
    expect(problem).toStrictEqual({ status: 422, code: "bad_text", detail: "Text holds a NUL." });
  });
});
