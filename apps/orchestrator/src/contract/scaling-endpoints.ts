// Routes for autoscalers and the people who look after them.
import { defineEndpoint as define, id, type Endpoints } from "@wedsync/adapter-http";
import { z } from "zod";
import {
  kedaView,
  policyChangeView,
  policyView,
  profileBody,
  scalingView,
  windowsQuery,
  windowsView,
} from "./scaling-shapes.js";

const allow = ["ops", "service", "read-only"] as const;

export const scalingEndpoints = {
  scaling: define({
    operation: "scaling",
    method: "GET",
    path: "/v1/scaling",
    summary: "Planned and wanted worker slots, in all and by market, with reasons, forecasts and plan steps.",
    allow,
    status: 200,
    response: scalingView,
  }),
  scalingKeda: define({
    operation: "scalingKeda",
    method: "GET",
    path: "/v1/scaling/keda",
    summary: "Numbers for KEDA metrics-api triggers; `valueLocation` is `wantedSlots`, `plannedSlots` or `backlog`.",
    allow,
    status: 200,
    response: kedaView,
  }),
  scalingWindows: define({
    operation: "scalingWindows",
    method: "GET",
    path: "/v1/scaling/windows",
    summary: "The quietest windows for maintenance of `hours` (2), and the days on which modules must not change.",
    allow,
    query: windowsQuery,
    status: 200,
    response: windowsView,
  }),
  seasonPolicy: define({
    operation: "seasonPolicy",
    method: "GET",
    path: "/v1/season-policy",
    summary: "The season policy in force: what each market's demand follows from, as dates and multipliers.",
    allow,
    status: 200,
    response: policyView,
  }),
  putSeasonProfile: define({
    operation: "putSeasonProfile",
    method: "PUT",
    path: "/v1/season-policy/markets/:market",
    summary:
      "Put a season profile in force for a market: its holidays and feasts are resolved to dates, and the policy gets a new version. `dryRun` checks it and tells what would change.",
    allow: ["ops"],
    params: z.strictObject({ market: id }),
    query: z.strictObject({ dryRun: z.enum(["true", "false"]).exactOptional() }),
    body: profileBody,
    status: 200,
    response: policyChangeView,
    command: "put_season_profile",
  }),
} as const satisfies Endpoints;
