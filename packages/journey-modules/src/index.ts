// The public face of the journey modules. Everything not named here is internal.
export { checkTemplate, templateVariables, type TemplateCheck, type TemplateIssue } from "./check-template.js";
export { checkEmailContent, emailModule, type EmailMessage } from "./email-module.js";
export { httpModule, type HttpMessage, type HttpModuleDefinition } from "./http-module.js";
export {
  type Effect,
  type JourneyModule,
  type Mailbox,
  type ModuleInput,
  type Rendered,
  type RenderRefusal,
} from "./journey-module.js";
export { isEmailAddress, isHeaderText, parseMailbox } from "./mailbox.js";
export { framedProvider, type FramedProvider } from "./provider-frame.js";
export { mayTryAgain, type DeliverOptions, type DeliveryOutcome, type EffectClass, type Provider } from "./provider.js";
