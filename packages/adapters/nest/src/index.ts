// What both apps use to serve their routes with Nest.
export { openApplication, type ApplicationOptions, type OpenApplication } from "./open-application.js";
export { ProblemFilter } from "./problem.filter.js";
export { Route } from "./route.js";
export { STANDING, StandingController, type Standing } from "./standing.controller.js";
export { RequestInput, ValidationGuard } from "./validation.js";
