// The seven module types that every installation knows (REG-1). Which of them this build can run is another question:
// see `handlers` of `createRegistry`.
import type { ModuleDefinition } from "@wedsync/contracts/registry";
import { email } from "./builtin/email.js";
import { form } from "./builtin/form.js";
import { info } from "./builtin/info.js";
import { meeting } from "./builtin/meeting.js";
import { referral } from "./builtin/referral.js";
import { review } from "./builtin/review.js";
import { sms } from "./builtin/sms.js";

export const builtinDefinitions: readonly ModuleDefinition[] = [email, sms, form, meeting, info, review, referral];
