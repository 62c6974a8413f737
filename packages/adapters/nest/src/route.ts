// Binds controllers to endpoints: the only place where Nest learns of a route.
import type { Endpoint } from "@wedsync/adapter-http";
import { applyDecorators, HttpCode, RequestMapping, RequestMethod } from "@nestjs/common";

const methods = {
  GET: RequestMethod.GET,
  PUT: RequestMethod.PUT,
  POST: RequestMethod.POST,
  DELETE: RequestMethod.DELETE,
} as const;

/** Binds a controller method to its endpoint. */
export function Route(endpoint: Endpoint): MethodDecorator {
  return applyDecorators(
    RequestMapping({ path: endpoint.path, method: methods[endpoint.method] }),
    HttpCode(endpoint.status),
  );
}
