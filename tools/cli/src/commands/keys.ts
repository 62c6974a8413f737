// `keys`: the API keys there are.
import { Option } from "commander";
import { id as vendorId, keyId } from "../arguments.js";
import { clean, table } from "../output.js";
import type { Register } from "../register.js";
import { fail, ok } from "../result.js";

/** Adds `keys issue`, `keys list` and `keys revoke`. */
export const registerKeys: Register = (program, act) => {
  const keys = program.command("keys").description("API keys");
  const issue = keys
    .command("issue")
    .description("make a key; it is shown once")
    .addOption(
      new Option("--role <role>", "what it may do")
        .choices(["vendor", "ops", "service", "read-only"])
        .makeOptionMandatory(),
    )
    .option("--vendor <id>", "whose key it is, for the role vendor", vendorId);
  act<{ role: string; vendor?: string }>(issue, async ({ client, options, shell }) => {
    if ((options.role === "vendor") !== (options.vendor !== undefined)) {
      return fail("usage", "--vendor belongs to --role vendor, and only to it: whose key is it?");
    }
    const answer = await client.issueKey({ role: options.role, vendorId: options.vendor });
    if (!answer.ok) return answer;
    shell.stderr.write("keep this key: it is not stored and cannot be shown again\n");
    return ok({ json: answer.value, text: clean(answer.value["key"]) });
  });

  act(keys.command("list").description("the keys there are, without their secrets"), async ({ client }) => {
    const answer = await client.keys();
    if (!answer.ok) return answer;
    const columns = [...new Set(answer.value.items.flatMap((item) => Object.keys(item)))];
    const rows = answer.value.items.map((item) => columns.map((column) => item[column]));
    return ok({ json: answer.value, text: rows.length === 0 ? "none" : table(columns, rows) });
  });

  const revoke = keys
    .command("revoke")
    .description("end a key")
    .argument("<id>", "key id, as `keys list` names it", keyId);
  act(revoke, async ({ client, args: [id = ""] }) => {
    const answer = await client.revokeKey(id);
    return answer.ok ? ok({ json: { keyId: id, done: "revoked" }, text: `${clean(id)}: revoked` }) : answer;
  });
};
