// Turns a bearer credential into a caller. One verifier for each kind of credential; the algorithm is fixed, never taken
// from the token.
import { jwtVerify } from "jose";
import { z } from "zod";
import { callerRoles, type Caller } from "./caller.js";
import { problem, type ProblemError } from "./problem.js";
import { id } from "./shapes.js";

export interface ApiKeyVerifier {
  verify(
    secret: string,
  ): Promise<{ readonly keyId: string; readonly role: string; readonly vendor?: string } | undefined>;
}

const claims = z.object({
  // It names the actor in the log, which holds no control characters.
  sub: z.string().regex(/^[\u0021-\u007e]{1,128}$/),
  role: z.literal("authenticated"),
  app_metadata: z.object({
    wedsync: z.object({ role: z.enum(callerRoles), vendorId: id.exactOptional() }),
  }),
});

const role = z.enum(callerRoles);

const unauthenticated = (code: string, detail: string): ProblemError =>
  problem(401, code, detail, { headers: { "www-authenticate": "Bearer" } });

/** @throws ProblemError 401 with a code that says which part failed, never which key. */
export async function authenticate(
  header: string | undefined,
  keys: ApiKeyVerifier,
  jwtSecret: Uint8Array | undefined,
): Promise<Caller> {
  if (header === undefined) {
    throw unauthenticated("credential_missing", "Send `Authorization: Bearer <api key or token>`.");
  }
  const [, credential] = /^Bearer ([\x21-\x7e]{1,4096})$/i.exec(header) ?? [];
  if (credential === undefined)
    throw unauthenticated("credential_malformed", "The Authorization header must be `Bearer <credential>`.");
  return credential.split(".").length === 3 ? byToken(credential, jwtSecret) : byKey(credential, keys);
}

async function byKey(credential: string, keys: ApiKeyVerifier): Promise<Caller> {
  const found = await keys.verify(credential);
  const known = role.safeParse(found?.role);
  if (found === undefined || !known.success)
    throw unauthenticated("key_unknown", "The API key is unknown or was revoked.");
  return {
    role: known.data,
    actor: `key:${found.keyId}`,
    ...(found.vendor === undefined ? {} : { vendor: found.vendor }),
  };
}

async function byToken(credential: string, secret: Uint8Array | undefined): Promise<Caller> {
  if (secret === undefined) throw unauthenticated("tokens_disabled", "This deployment accepts API keys only.");
  const verified = await jwtVerify(credential, secret, { algorithms: ["HS256"], requiredClaims: ["exp"] }).catch(
    () => undefined,
  );
  if (verified === undefined) throw unauthenticated("token_invalid", "The token's signature or lifetime is not valid.");
  const parsed = claims.safeParse(verified.payload);
  if (!parsed.success)
    throw unauthenticated("token_claims", "The token lacks app_metadata.wedsync or the role `authenticated`.");
  const { role: granted, vendorId } = parsed.data.app_metadata.wedsync;
  if (granted === "vendor" && vendorId === undefined)
    throw unauthenticated("token_claims", "A vendor's token must name its vendorId.");
  return { role: granted, actor: `user:${parsed.data.sub}`, ...(vendorId === undefined ? {} : { vendor: vendorId }) };
}
