// The port of a module: pure, from what is known of an execution to what shall happen. It is rendered anew for each
// attempt and gives the same message each time.

/** What a module is rendered from. Personal data: lives in memory only, never in an event or a log line. */
export interface ModuleInput {
  readonly executionId: string;
  /** Payload with the configuration's defaults merged in, checked against the definition. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly vendor: { readonly name: string; readonly replyTo?: string };
  readonly couple: { readonly names: string; readonly email: string; readonly phone?: string };
  /** First day, `YYYY-MM-DD`, in the wedding's own IANA zone. */
  readonly wedding: { readonly date: string; readonly zone: string };
  /** Address that mail is sent from; its domain also names the message ids. */
  readonly from: Mailbox;
}

export interface Mailbox {
  readonly name?: string;
  readonly address: string;
}

/** What shall happen: `message` is for a provider of `channel`. */
export interface Effect<Message> {
  readonly channel: string;
  readonly message: Message;
}

/** Why nothing can be rendered. The same input will not do better, so it is not worth another try. */
export interface RenderRefusal {
  readonly code: "content_invalid" | "template_invalid" | "variable_missing" | "address_invalid" | "header_invalid";
  /** Where, as a JSON Pointer into the input, for example `/content/subject`. Never a value. */
  readonly path: string;
  readonly message: string;
}

export type Rendered<Message> =
  | { readonly ok: true; readonly effect: Effect<Message> }
  | { readonly ok: false; readonly refusal: RenderRefusal };

export interface JourneyModule<Message> {
  readonly type: string;
  /** Never throws on input. */
  render(input: ModuleInput): Rendered<Message>;
}
