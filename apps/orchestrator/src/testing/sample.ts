// Bodies that are accepted as they are.
import type { ApiClient } from "@wedsync/test";

const dayMs = 86_400_000;

/** A date so many days from today, UTC. */
export const dayFromNow = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

export const vendorBody = {
  name: "Lens & Light",
  replyTo: "studio@example.test",
  type: "photographer",
  market: "united-kingdom",
  timeZone: "Europe/London",
};

export const weddingBody = (date = dayFromNow(60)) => ({
  date,
  couple: { names: "Anna & Ben", email: "anna.ben@example.test" },
});

export const emailPayload = (subject = "Hello") => ({ subject, text: "Dear {{ couple.names }}, see you soon." });

/** A vendor with one wedding. */
export async function book(
  api: ApiClient,
  vendor: string,
  wedding: string,
  more: { readonly date?: string; readonly email?: string } = {},
): Promise<void> {
  const put = await api.call("PUT", `/v1/vendors/${vendor}`, vendorBody);
  if (put.status >= 300) throw new Error(put.text);
  const body = weddingBody(more.date);
  const booked = await api.call("PUT", `/v1/vendors/${vendor}/weddings/${wedding}`, {
    ...body,
    couple: { ...body.couple, ...(more.email === undefined ? {} : { email: more.email }) },
  });
  if (booked.status >= 300) throw new Error(booked.text);
}

/** Requests one e-mail. */
export async function requestEmail(
  api: ApiClient,
  vendor: string,
  wedding: string,
  key: string,
  more: Readonly<Record<string, unknown>> = {},
) {
  return await api.call<{ executionId: string; status: string; tier: string; dueAt: string; code?: string }>(
    "POST",
    `/v1/vendors/${vendor}/executions`,
    { weddingId: wedding, moduleType: "email", payload: emailPayload(), ...more },
    { "idempotency-key": key },
  );
}
