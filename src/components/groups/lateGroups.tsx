import { late } from '../shared/late.tsx';

/** What only groups need. A chat of two carries none of it. */
const load = () => import('../ChatWindow/onDemand.ts');

export const LateCreateGroup = /* @__PURE__ */ late(async () => (await load()).CreateGroupForm);
export const LateGroupButton = /* @__PURE__ */ late(async () => (await load()).GroupButton, true);
export const LateGroupFacts = /* @__PURE__ */ late(async () => (await load()).GroupFacts, true);
export const LateGroupGate = /* @__PURE__ */ late(async () => (await load()).GroupGate);
export const LateGroupLine = /* @__PURE__ */ late(async () => (await load()).GroupLine, true);
export const LateGroupPanel = /* @__PURE__ */ late(async () => (await load()).GroupPanel);
export const LateGroupReading = /* @__PURE__ */ late(async () => (await load()).GroupReading, true);
export const LateGroupSender = /* @__PURE__ */ late(async () => (await load()).GroupSender, true);
export const LateGroupWriting = /* @__PURE__ */ late(async () => (await load()).GroupWriting, true);
export const LateInvitation = /* @__PURE__ */ late(async () => (await load()).Invitation, true);
export const LateMentions = /* @__PURE__ */ late(async () => (await load()).Mentions, true);
export const LateReadBy = /* @__PURE__ */ late(async () => (await load()).ReadBy, true);
export const LateReadersPanel = /* @__PURE__ */ late(async () => (await load()).ReadersPanel);
