// What the apps use to serve HTTP; the framework is not among it.
export { guardRoutes, type AccessOptions, type RequestObserver } from "./access.js";
export { answerProblem, type ErrorLogger } from "./answer-problem.js";
export { authenticate, type ApiKeyVerifier } from "./authentication.js";
export { callerRoles, mayTouch, metadataOf, type Caller, type CallerRole, type RequestContext } from "./caller.js";
export { defaultBodyLimit, defineEndpoint, type Endpoint, type Endpoints } from "./endpoint.js";
export { httpApiPage, type ApiPage } from "./http-api-page.js";
export { issueProblem } from "./issues.js";
export { openApiDocument, type ApiDescription } from "./openapi.js";
export { bulkItem } from "./plain-json.js";
export { problem, problemBody, ProblemError, type Problem } from "./problem.js";
export { digits, executionId, id, isoDate, pageOf, problemShape, wholeNumber } from "./shapes.js";
export { standingEndpoints, type StandingTexts } from "./standing-endpoints.js";
export { unreadableAnswers } from "./unreadable.js";
export { checkInput, type Input, type InputOf } from "./validation.js";
