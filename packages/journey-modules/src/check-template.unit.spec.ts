import { checkTemplate, templateVariables } from "./index.js";

describe("checkTemplate", () => {
  it("names the variables a template uses, also in branches", () => {
    expect(
      checkTemplate("{{ couple.names }}{% if variables.a %}{{ vendor.name }}{% else %}{{ couple.names }}{% endif %}"),
    ).toEqual({
      ok: true,
      variables: ["couple.names", "variables.a", "vendor.name"],
    });
  });

  it("knows every variable it names", () => {
    for (const name of templateVariables)
      expect(checkTemplate(`{{ ${name} }}`)).toEqual({ ok: true, variables: [name] });
  });

  it.each([
    "{{ couple }}",
    "{{ couple.phone }}",
    "{{ variables }}",
    "{{ variables.a.b }}",
    "{{ couple[variables.a] }}",
    "{{ x }}",
  ])("%s is no variable of ours", (text) => {
    expect(checkTemplate(text)).toMatchObject({ ok: false, issues: [{ rule: "variable_unknown", line: 1 }] });
  });

  it("holds to the given names when there are some", () => {
    expect(checkTemplate("{{ variables.a }}", { variables: ["a"] }).ok).toBe(true);
    expect(checkTemplate("{{ variables.b }}", { variables: ["a"] }).ok).toBe(false);
  });

  it.each([
    "{{ couple.names",
    "{% if %}",
    "{% if couple.names %}",
    "{% for a in b %}{% endfor %}",
    "{{ couple.names | shout }}",
  ])("%s is a mistake, said with its place", (text) => {
    expect(checkTemplate(text)).toMatchObject({ ok: false, issues: [{ rule: "syntax", line: 1 }] });
  });

  it("SEC-2: an issue repeats nothing of the template", () => {
    expect(
      JSON.stringify([
        checkTemplate("{{ AnnaCanary }}"),
        checkTemplate("{% AnnaCanary %}"),
        checkTemplate("{{ 'x' | AnnaCanary }}"),
      ]),
    ).not.toContain("Canary");
  });

  it("a template has a greatest length", () => {
    expect(checkTemplate("x".repeat(60_001))).toMatchObject({ issues: [{ rule: "too_large" }] });
  });
});
